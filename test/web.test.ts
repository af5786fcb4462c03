import assert from 'node:assert/strict'
import { brotliDecompressSync } from 'node:zlib'
import { test } from 'node:test'
import fc from 'fast-check'
import { operations } from '#app'
import type { Problem } from '#kernel/problem.ts'
import { appWithStory, story } from './story.ts'

test('the language is the address’s, else the browser’s; each page names its translations', async () => {
  const { get } = await appWithStory()
  assert.match((await get('/fr/')).body, /<html lang="fr" dir="ltr">/)
  assert.match((await get('/', { 'accept-language': 'ar-EG, en;q=0.5' })).body, /<html lang="ar" dir="rtl">/)
  assert.match((await get('/', { 'accept-language': 'xx, ;;;, zh-Hant' })).body, /<html lang="zh"/)
  const { body } = await get('/search?q=bird')
  assert.match((await get('/areas')).body, /hreflang="ru" href="http:\/\/[^"]+\/ru\/areas"/)
  assert.match(body, /href="\/es\/search\?q=bird"/)
})

test('a page seen before is not sent again, and one that changed is', async () => {
  const { get, id, as } = await appWithStory()
  const first = await get(`/records/${id}`)
  const etag = String(first.headers.etag)
  const again = await get(`/records/${id}`, { 'if-none-match': etag })
  assert.equal(again.statusCode, 304)
  assert.equal(again.body, '')
  await as('curator')('resources.revise', { id, revision: 1, body: { ...story, title: { en: 'Renamed' } } })
  assert.equal((await get(`/records/${id}`, { 'if-none-match': etag })).statusCode, 200)
})

test('pages are sent compressed to those who can read it', async () => {
  const { get } = await appWithStory()
  const answer = await get('/', { 'accept-encoding': 'gzip, br' })
  assert.equal(answer.headers['content-encoding'], 'br')
  assert.match(brotliDecompressSync(answer.rawPayload).toString(), /<!doctype html>/)
  assert.equal((await get('/', { 'accept-encoding': 'identity' })).headers['content-encoding'], undefined)
})

test('what is written by others is text on every page, whatever it holds', async () => {
  const { get, as } = await appWithStory()
  const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}'
  const { id } = await as('curator')('resources.share', {
    ...story,
    title: { en: hostile },
    description: { en: `</script>${hostile}` },
    fullText: { ar: hostile },
  })
  for (const path of [`/records/${id}`, '/search?q=alert', `/search?q=${encodeURIComponent(hostile)}`, '/']) {
    const { body } = await get(path)
    assert.doesNotMatch(body, /<script>alert|<img src=x/, path)
  }
  assert.equal(
    await as('curator')('resources.share', { ...story, url: 'javascript:alert(1)' }).then(
      () => 'kept',
      (error) => error.code,
    ),
    'invalid',
  )
})

test('problems are pages for people and problem details for programs, in the asker’s language, without a word about our insides', async () => {
  const { get, web } = await appWithStory()
  const page = await get('/fr/records/0000000000000000')
  assert.equal(page.statusCode, 404)
  assert.match(page.body, /<html lang="fr"/)
  const details = await get('/api/records/0000000000000000')
  assert.match(String(details.headers['content-type']), /^application\/problem\+json/)
  assert.equal(details.json().code, 'recordNotFound')
  const post = await web.fastify.inject({
    method: 'POST',
    url: '/api/practices',
    payload: { title: { en: 'x' }, originalLanguage: 'en', type: 'practice' },
  })
  assert.equal(post.statusCode, 401)
  assert.equal(post.headers['www-authenticate'], 'Bearer')
})

test('malformed, deep, huge and mistyped requests get a fitting status and never a crash', async () => {
  const { web, get, reported } = await appWithStory()
  const post = (payload: string, type = 'application/json') =>
    web.fastify.inject({ method: 'POST', url: '/api/practices', payload, headers: { 'content-type': type } })
  assert.equal((await post('{"title":')).statusCode, 400)
  assert.equal((await post('['.repeat(200_000))).json().code, 'tooDeep')
  assert.equal((await post(`{"__proto__": {"admin": true}}`)).statusCode, 400)
  assert.equal((await post('a'.repeat(2_000_000))).statusCode, 413)
  assert.equal((await post('<x/>', 'application/xml')).statusCode, 415)
  assert.equal((await get('/%zz')).statusCode, 400)
  assert.equal((await get(`/search?q=${'a'.repeat(9_000)}`)).statusCode, 414)
  assert.equal((await get('/search?limit=99999')).statusCode, 400)
  assert.equal((await get('/search?sort=sideways')).statusCode, 400)
  assert.equal((await get('/records/..%2f..%2fetc%2fpasswd')).statusCode, 404)
  assert.equal((await get('/dump/..%2fqingdao.sqlite')).statusCode, 404)
  assert.equal((await get('/assets/..%2fstyle.css')).statusCode, 404)
  assert.deepEqual(reported, [])
})

test('any path, query and header is answered below 500', async () => {
  const { get, reported } = await appWithStory()
  const header = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''))
  const piece = fc.oneof(
    fc.constantFrom(
      'search',
      'records',
      'api',
      'fr',
      'ar',
      'countries',
      'KE',
      'subjects',
      'languages',
      'map',
      'vocabularies',
      'licences',
      'dump',
      '..',
      'sitemaps',
    ),
    fc.string({ maxLength: 12 }).map(encodeURIComponent),
  )
  const query = fc.array(
    fc.tuple(
      fc.constantFrom('q', 'kind', 'after', 'limit', 'from', 'sort', 'all', 'facets', 'linked', 'x'),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 4 },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 4 }),
      query,
      header,
      header,
      async (pieces, pairs, accept, language) => {
        const path = `/${pieces.join('/')}?${new URLSearchParams(pairs)}`
        const { statusCode } = await get(path, { accept, 'accept-language': language, cookie: accept })
        assert.ok(statusCode < 500, `${path} → ${statusCode}`)
      },
    ),
    { numRuns: 300 },
  )
  assert.deepEqual(reported, [])
})

test('a wrong method is told which are right, and a program on another site may ask first', async () => {
  const { web } = await appWithStory()
  const wrong = await web.fastify.inject({ method: 'DELETE', url: '/search' })
  assert.equal(wrong.statusCode, 405)
  assert.match(String(wrong.headers.allow), /GET, HEAD/)
  const request = await web.fastify.inject({ method: 'OPTIONS', url: '/api/search' })
  assert.equal(request.statusCode, 204)
  assert.match(String(request.headers['access-control-allow-headers']), /if-none-match/)
})

test('a hostile body costs little, and nobody in particular is turned away before it is looked at', async () => {
  const { web, app } = await appWithStory()
  const organisations = Array.from({ length: 20_000 }, (_, i) => ({ a: i }))
  const body = { title: { en: 'x' }, originalLanguage: 'en', type: 'practice', organisations }
  assert.equal((await web.fastify.inject({ method: 'POST', url: '/api/practices', payload: body })).statusCode, 401)
  const person = { kind: 'person', id: 'c', roles: ['curator'] } as const
  await assert.rejects(
    app.perform(app.operation('practices.share')!, person, body),
    (problem: Problem) => problem.code === 'invalid' && problem.violations.length === 50,
  )
  assert.equal((await web.fastify.inject({ url: '/api/practices?after=9999999999' })).statusCode, 400)
})

test('no operation compares all members of a list with one another: twenty thousand objects took twelve seconds', () => {
  const lists = operations.flatMap(({ name, input }) => uniqueLists(name, input))
  assert.ok(lists.length > 100)
  // Ajv looks up what is text or number, and compares each with each where members may be anything else.
  const isLookedUp = ({ items }: List) => ['string', 'integer', 'number', 'boolean'].includes(String(items?.type))
  assert.deepEqual(
    lists.filter((list) => !isLookedUp(list)).map(({ place }) => place),
    [],
  )
})

type List = { place: string; items?: { type?: unknown } }

function uniqueLists(place: string, schema: unknown): List[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'uniqueItems' in schema && schema.uniqueItems === true ? [{ ...schema, place }] : []
  return [...own, ...Object.entries(schema).flatMap(([name, inner]) => uniqueLists(`${place}.${name}`, inner))]
}
