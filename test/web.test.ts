import assert from 'node:assert/strict'
import { brotliDecompressSync } from 'node:zlib'
import { test } from 'node:test'
import fc from 'fast-check'
import { collections, operations } from '#app'
import { writeDump } from '#features/dump/dump.ts'
import { join } from 'node:path'
import { testApp } from './app.ts'

const story = {
  title: { en: 'The Clever Little Bird', sw: 'Ndege mdogo mwerevu' },
  originalLanguage: 'en',
  type: 'story',
  languages: ['en'],
  licence: 'CC-BY-4.0',
  creators: [{ name: 'Liz Ralfe', role: 'author' }],
  url: 'https://example.org/bird',
  publishedOn: '2014-05-06',
  levels: ['1'],
  description: { en: 'A bird outwits an eagle.' },
}

async function appWithStory() {
  const app = await testApp()
  const { id } = await app.as('curator')('resources.share', story)
  return { ...app, id }
}

test('one address answers HTML, JSON, JSON-LD, BibTeX, RIS and CSL-JSON, by what is asked for or by ending', async () => {
  const { get, id } = await appWithStory()
  const request = async (accept: string) => (await get(`/records/${id}`, { accept })).headers['content-type']
  assert.match(String(await request('text/html,*/*;q=0.8')), /^text\/html/)
  assert.match(String(await request('application/json')), /^application\/json/)
  assert.match(String(await request('application/ld+json, text/html;q=0.5')), /^application\/ld\+json/)
  assert.match(String(await request('application/x-bibtex')), /bibtex/)
  assert.equal((await get(`/records/${id}`, { accept: 'image/png' })).statusCode, 406)
  const linked = (await get(`/records/${id}.jsonld`)).json()
  assert.equal(linked['@type'], 'LearningResource')
  assert.equal(linked.license, 'https://creativecommons.org/licenses/by/4.0/')
  assert.deepEqual(linked.creator, [{ '@type': 'Person', name: 'Liz Ralfe' }])
  assert.match((await get(`/records/${id}.bib`)).body, /@book\{qingdao-/)
  assert.match((await get(`/records/${id}.ris`)).body, /^TY {2}- BOOK\r\n/)
  assert.equal((await get(`/records/${id}.csl`)).json()[0].title, story.title.en)
  assert.equal((await get(`/records/${id}.exe`)).statusCode, 404)
})

test('a record page signs the way for programs: cite-as, type, describedby, item, license', async () => {
  const { get, id } = await appWithStory()
  const { link } = (await get(`/records/${id}`)).headers
  for (const rel of ['cite-as', 'type', 'describedby', 'item', 'license'])
    assert.match(String(link), new RegExp(`rel="${rel}"`))
})

test('the language is the address’s, else the browser’s; each page names its translations', async () => {
  const { get } = await appWithStory()
  assert.match((await get('/fr/')).body, /<html lang="fr" dir="ltr">/)
  assert.match((await get('/', { 'accept-language': 'ar-EG, en;q=0.5' })).body, /<html lang="ar" dir="rtl">/)
  assert.match((await get('/', { 'accept-language': 'xx, ;;;, zh-Hant' })).body, /<html lang="zh"/)
  const { body } = await get('/search?q=bird')
  assert.match((await get('/areas')).body, /hreflang="ru" href="http:\/\/[^"]+\/ru\/areas"/)
  assert.match(body, /href="\/es\/search\?q=bird"/)
})

test('a text keeps the tag of its own language', async () => {
  const { get, id } = await appWithStory()
  assert.match(
    (await get(`/ru/records/${id}`)).body,
    /<h1><span lang="en" dir="ltr">The Clever Little Bird<\/span><\/h1>/,
  )
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

test('search filters, counts, sorts and pages at addresses that can be shared', async () => {
  const { get, as } = await appWithStory()
  for (let i = 0; i < 25; i++)
    await as('curator')('resources.share', {
      ...story,
      title: { en: `Bird ${i}` },
      languages: [i % 2 ? 'fr' : 'sw'],
      licence: 'CC0-1.0',
    })
  const all = (await get('/api/search?q=bird')).json()
  assert.equal(all.total, 26)
  assert.deepEqual(
    all.facets.language.map(({ value, count }: any) => [value, count]),
    [
      ['sw', 13],
      ['fr', 12],
      ['en', 1],
    ],
  )
  const filtered = (await get('/api/search?q=bird&language=fr&language=en')).json()
  assert.equal(filtered.total, 13)
  assert.equal(filtered.facets.language.length, 3)
  const second = (await get(`/api/search?q=bird&after=${encodeURIComponent(all.next)}`)).json()
  assert.equal(new Set([...all.records, ...second.records].map(({ id }: any) => id)).size, 26)
  assert.equal((await get('/api/search?q=bird&after=nonsense')).statusCode, 400)
  assert.match((await get('/search?q=bird&language=fr')).body, /aria-current="true"[^>]*><span>French/)
})

test('a search without a result helps to the next step', async () => {
  const { get } = await appWithStory()
  const { body } = await get('/search?q=bird+zzzzqq&country=KE')
  assert.match(body, /Nothing was found/)
  assert.match(body, /without filters/)
  assert.match(body, /Search only for “bird”/)
})

test('all that was found can be taken as JSON, CSV, BibTeX, RIS and CSL-JSON', async () => {
  const { get, as } = await appWithStory()
  await as('curator')('resources.share', { ...story, title: { en: '=HYPERLINK("evil")' } })
  assert.equal((await get('/search.json?q=')).json().length, 2)
  const csv = (await get('/search.csv')).body
  assert.equal(csv.split('\r\n').length, 4)
  assert.match(csv, /"'=HYPERLINK\(""evil""\)"/)
  assert.equal((await get('/search.csl')).json().length, 2)
  assert.equal([...(await get('/search.ris')).body.matchAll(/^ER {2}- /gm)].length, 2)
  assert.equal([...(await get('/search.bib')).body.matchAll(/^@book/gm)].length, 2)
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

test('programs find health, sitemap, robots, the API and its description', async () => {
  const { get, id } = await appWithStory()
  assert.deepEqual((await get('/health')).json(), { ready: true, records: 1, journal: 1, search: 1 })
  assert.match((await get('/sitemap.xml')).body, /<loc>http:\/\/[^<]+\/sitemaps\/1\.xml<\/loc>/)
  assert.match((await get('/sitemaps/1.xml')).body, new RegExp(`/records/${id}</loc><lastmod>2026-01-02`))
  assert.match((await get('/robots.txt')).body, /Sitemap: http/)
  assert.equal((await get('/api/openapi.json')).json().openapi, '3.1.0')
  assert.equal((await get('/api/search')).headers['access-control-allow-origin'], '*')
  for (const { name } of operations) assert.equal((await get(`/api/reference/${name}`)).statusCode, 200, name)
})

test('everything can be downloaded, with checksums that are true', async () => {
  const { get, app, folder, id } = await appWithStory()
  assert.match((await get('/dump')).body, /first dump is being made/)
  await writeDump(app.database.read, join(folder, 'dump'), {
    created: '2026-01-02T00:00:00Z',
    journal: 1,
    collections: [...collections.values()],
    title: 'Qingdao',
  })
  const { resources } = (await get('/dump/datapackage.json')).json()
  const file = await get(`/dump/${resources[0].path}`)
  const { createHash } = await import('node:crypto')
  const { gunzipSync } = await import('node:zlib')
  assert.equal(`sha256:${createHash('sha256').update(file.rawPayload).digest('hex')}`, resources[0].hash)
  assert.equal(JSON.parse(gunzipSync(file.rawPayload).toString()).id, id)
})

test('a wrong method is told which are right, and a program on another site may ask first', async () => {
  const { web } = await appWithStory()
  const wrong = await web.fastify.inject({ method: 'DELETE', url: '/search' })
  assert.equal(wrong.statusCode, 405)
  assert.match(String(wrong.headers.allow), /GET/)
  const request = await web.fastify.inject({ method: 'OPTIONS', url: '/api/search' })
  assert.equal(request.statusCode, 204)
  assert.match(String(request.headers['access-control-allow-headers']), /if-none-match/)
})

test('signs that are no words find nothing, and C++ is not C', async () => {
  const { get, as } = await appWithStory()
  for (const title of ['Thinking in C++', 'Thinking in C', 'C# in depth'])
    await as('curator')('resources.share', { ...story, title: { en: title } })
  assert.equal((await get(`/api/search?q=${encodeURIComponent('😀')}`)).json().total, 0)
  const titles = async (q: string) =>
    (await get(`/api/search?q=${encodeURIComponent(q)}`)).json().records.map(({ body }: any) => body.title.en)
  assert.deepEqual(await titles('c++'), ['Thinking in C++'])
  assert.deepEqual(await titles('C#'), ['C# in depth'])
  assert.deepEqual(await titles('"thinking in c"'), ['Thinking in C'])
})

test('a record is found by what it is, in each language of the interface', async () => {
  const { get } = await appWithStory()
  for (const word of ['story', 'histoire', 'cuento', 'рассказы', '故事', 'قصة'])
    assert.equal((await get(`/api/search?q=${encodeURIComponent(word)}`)).json().total, 1, word)
})

test('a hostile body costs little, and nobody in particular is turned away before it is looked at', async () => {
  const { web, app } = await appWithStory()
  const organisations = Array.from({ length: 20_000 }, (_, i) => ({ a: i }))
  const body = { title: { en: 'x' }, originalLanguage: 'en', type: 'practice', organisations }
  assert.equal((await web.fastify.inject({ method: 'POST', url: '/api/practices', payload: body })).statusCode, 401)
  const begun = performance.now()
  const person = { kind: 'person', id: 'c', roles: ['curator'] } as const
  await assert.rejects(app.perform(app.operation('practices.share')!, person, body))
  // The square of twenty thousand took twelve seconds.
  assert.ok(performance.now() - begun < 3_000)
  assert.equal((await web.fastify.inject({ url: '/api/practices?after=9999999999' })).statusCode, 400)
})

test('a dump never replaces what is not one', async () => {
  const { app, folder } = await appWithStory()
  const { mkdirSync, writeFileSync, existsSync } = await import('node:fs')
  const mine = join(folder, 'mine')
  mkdirSync(mine)
  writeFileSync(join(mine, 'thesis.txt'), 'years of work')
  const writing = writeDump(app.database.read, mine, {
    created: '2026',
    journal: 1,
    collections: [],
    title: 'Qingdao',
  })
  await assert.rejects(writing, (error: any) => error.code === 'folderInUse')
  assert.ok(existsSync(join(mine, 'thesis.txt')))
})
