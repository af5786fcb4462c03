/** What an address asks for and nothing knows is told: a file or a program is refused, a person reads it on the page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestOf } from '#kernel/nearest.ts'
import { addressesOf } from '../../test/addresses.ts'
import { appWithStory } from '../../test/story.ts'

const app = await appWithStory()
const get = (path: string, headers?: Record<string, string>) => app.get(path, headers)
const wordsOf = async (path: string, headers?: Record<string, string>) => {
  const answer = await get(path, headers)
  assert.equal(answer.statusCode, 400, path)
  const { violations } = answer.json()
  return violations.map(({ place, message }: Record<string, string>) => `${place} ${message}`).join('\n') as string
}

test('of names that differ by a slip the nearest is meant, and of others none', () => {
  const names = ['country', 'county', 'kind', 'from', 'to', 'wholeFacets']
  for (const [typed, meant] of [
    ['contry', 'country'],
    ['countries', 'country'],
    ['Country', 'country'],
    ['knid', 'kind'],
    ['whole-facets', 'wholeFacets'],
    ['fron', 'from'],
    ['t', undefined],
    ['banana', undefined],
    ['x'.repeat(10_000), undefined],
  ] as const)
    assert.equal(nearestOf(typed, names), meant, typed.slice(0, 20))
})

test('a program, a file and a feed with a mistyped filter are refused, and told which there are', async () => {
  for (const path of [
    '/api/search',
    ...['csv', 'xlsx', 'ris', 'bib', 'json', 'csl', 'atom'].map((one) => `/search.${one}`),
  ])
    assert.match(
      await wordsOf(`${path}?contry=KE`),
      /^contry is not known here\. Did you mean country\? Known are: q, kind, /,
      path,
    )
  assert.match(await wordsOf('/api/resources?contry=KE'), /^contry is not known here: .* Known are: after, limit$/)
  assert.match(await wordsOf('/approaches.csv?levle=1'), /Did you mean level\?/)
  assert.match(await wordsOf('/search.csv?limit=5'), /^limit is not known here/)
  assert.match(
    await wordsOf('/fr/search.csv?contry=KE'),
    /^contry n’est pas connu ici\. Vouliez-vous dire country\u202f\?/,
  )
  const sent = await app.web.fastify.inject({ method: 'POST', url: '/api/resources?dryRun=true', payload: {} })
  assert.equal(sent.json().violations[0].place, 'dryRun')
})

test('what mailings and social media add to links, and the language, are no mistake', async () => {
  const marks = 'utm_source=letter&utm_campaign=may&fbclid=1&gclid=2&mc_cid=3&_ga=4&lang=fr'
  for (const path of ['/api/search', '/search.csv', '/search.atom', '/approaches.csv'])
    assert.equal((await get(`${path}?${marks}`)).statusCode, 200, path)
  assert.doesNotMatch((await get(`/search?${marks}`)).body, /n’est pas connue de cette page/)
})

test('a value that no filter has is refused by programs and files, with the one that was meant', async () => {
  for (const [asked, words] of [
    ['country=XX', /^country(\.0)? has no value “XX” here: check the spelling or remove it$/],
    ['country=Kenya', /“Kenya” here\. Did you mean KE\?$/],
    ['kind=foo', /“foo”/],
    ['kind=practices', /Did you mean practice\?$/],
    ['outcome=nope', /“nope”/],
    ['language=xx', /“xx”/],
    ['collection=nobody', /“nobody”/],
    ['not=foo', /“foo”/],
    ['not=countri:KE', /Did you mean country:KE\?$/],
    ['not=country:XX', /“country:XX”/],
    ['linked=foo', /“foo”/],
    ['linked=studdy:0123456789abcdef', /Did you mean study:0123456789abcdef\?$/],
  ] as const)
    for (const path of ['/api/search', '/search.csv', '/search.atom'])
      assert.match(await wordsOf(`${path}?${asked}`), words)
  // Nothing here is of Antarctica, or links to this: that is an answer.
  for (const asked of ['country=AQ', 'language=tlh', 'year=1066', 'linked=study:0123456789abcdef', 'not=country:AQ'])
    assert.equal((await get(`/api/search?${asked}`)).statusCode, 200, asked)
  for (const path of [
    'evidence-map?technology=x',
    'policies/overview?area=x',
    'practices/match?level=x',
    'experts?skill=x',
  ])
    assert.match(await wordsOf(`/api/${path}`), /has no value “x” here/, path)
})

test('of hundreds of values that there are none of the first are looked for and told', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `collection=nobody${at}&type=nothing${at}`).join('&')
  for (const path of ['/api/search', '/search.csv'])
    assert.equal((await get(`${path}?${many}`)).json().violations.length, 10, path)
  assert.equal((await get(`/search?${many}`)).body.match(/<bdi>(?:collection|type)=/g)?.length, 10)
})

test('a page that does not know part of its address shows the rest, says what, and leads to what was meant', async () => {
  const { statusCode, body } = await get('/search?contry=KE&kind=resource&country=XX&q=bird')
  assert.equal(statusCode, 200)
  assert.match(body, /Part of the address is not known to this page and was ignored:/)
  assert.match(body, /<bdi>contry<\/bdi> · <a href="\/search\?country=KE&amp;kind=resource&amp;country=XX&amp;q=bird"/)
  assert.match(body, /<bdi>country=XX<\/bdi>/)
  assert.match(body, /The Clever Little Bird/)
  assert.match((await get('/policies?country=kenya')).body, /country=kenya<\/bdi> · <a href="\/policies\?country=KE"/)
  assert.match((await get('/practices?contry=KE')).headers.location as string, /contry=KE/)
  for (const path of [
    '/about?x=1',
    '/?x=1',
    '/lessons?phase=x',
    '/map?zoom=x',
    '/embed/search?x=1',
    '/funding?measure=x',
  ])
    assert.match((await get(path)).body, /was ignored:/, path)
  assert.doesNotMatch((await get('/search?q=bird&country=&level=')).body, /was ignored:/)
})

test('no page or file passes over what it does not know', async () => {
  const addresses = addressesOf(app, 'GET').filter((path) => !/[:*]/.test(path))
  assert.ok(addresses.length > 150)
  const silent: string[] = []
  for (const path of addresses) {
    const answer = await get(`${path}?nobodyKnowsThis=1`)
    const isTold = answer.statusCode >= 300 || answer.body.includes('nobodyKnowsThis</bdi>')
    if (!isTold && !judgesItself.has(path)) silent.push(path)
  }
  assert.deepEqual(silent, [])
})

/** OAI-PMH answers in its own way, with 200; the others say of the node what is true whatever is asked, to programs that may add marks of their own. */
const judgesItself = new Set([
  '/oai',
  '/health',
  '/ready',
  '/ob/v3p0/discovery',
  '/.well-known/resourcesync',
  '/.well-known/openid-credential-issuer',
  '/.well-known/oauth-authorization-server',
])
