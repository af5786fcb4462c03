import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from '#app'
import { appWithStory, story } from '../../test/story.ts'
import { listOf } from './lists.routes.ts'

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

test('a page shows ten results; who reads through many chooses more, and keeps the choice on the next page', async () => {
  const { get, as } = await appWithStory()
  for (let i = 0; i < 35; i++)
    await as('curator')('resources.share', { ...story, title: { en: `Bird ${i}` }, languages: [i % 2 ? 'fr' : 'sw'] })
  const cards = (page: string) => [...page.matchAll(/<li class="card/g)].length
  const links = (page: string) =>
    [...page.matchAll(/href="([^"]*)"[^>]*>(?:10|25|50)</g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

  const first = (await get('/en/search?q=bird')).body
  assert.equal(cards(first), 10)
  assert.match(first, /Results per page:\s*<strong aria-current="true">10<\/strong>/)
  assert.deepEqual(links(first), ['/en/search?q=bird&limit=25', '/en/search?q=bird&limit=50'])

  const more = (await get(links(first)[0]!)).body
  assert.equal(cards(more), 25)
  const [, next = ''] = /href="([^"]*)" rel="next/.exec(more) ?? []
  assert.match(next, /limit=25/)
  assert.equal(cards((await get(next.replaceAll('&amp;', '&'))).body), 11)
  assert.match(
    more,
    /href="[^"]*language=fr[^"]*limit=25[^"]*"|href="[^"]*limit=25[^"]*language=fr/,
    'a filter keeps it',
  )
  assert.equal((await get('/en/search?q=bird&limit=1000')).statusCode, 400)
})

test('the filters that most people use stand beside the results, and all of them are a step away', async () => {
  const { get, as } = await appWithStory()
  for (let i = 0; i < 4; i++)
    await as('curator')('resources.share', {
      ...story,
      title: { en: `Bird ${i}` },
      languages: [i % 2 ? 'fr' : 'sw'],
      audiences: [i % 2 ? 'teacher' : 'learner'],
    })
  const groups = (page: string) => [...page.matchAll(/<details id="f-(\w+)"/g)].map(([, name]) => name)
  const page = (await get('/en/search?q=bird')).body
  assert.ok(groups(page).includes('language'))
  assert.ok(!groups(page).includes('audience'))
  const [, all = ''] = /<a class="more" href="([^"]*)"[^>]*>All filters /.exec(page) ?? []
  assert.match(all, /all=filters#filters$/)
  const whole = (await get(all.replaceAll('&amp;', '&').replace(/#.*/, ''))).body
  assert.ok(groups(whole).includes('audience'))
  assert.doesNotMatch(whole, /All filters/, 'nothing is left to be shown')
  assert.ok(
    groups((await get('/en/search?q=bird&audience=teacher')).body).includes('audience'),
    'what is chosen is shown',
  )
})

test('a search without a result helps to the next step', async () => {
  const { get } = await appWithStory()
  const { body } = await get('/search?q=bird+zzzzqq&country=KE')
  assert.match(body, /No results found/)
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

test('a browser learns from any page how to search here, in the language of the page', async () => {
  const { get } = await appWithStory()
  const [, link] = /<link rel="search"[^>]* href="([^"]+)"/.exec((await get('/fr/areas')).body)!
  assert.equal(link, '/fr/opensearch.xml')
  const { body, headers } = await get(link!)
  assert.match(String(headers['content-type']), /^application\/opensearchdescription\+xml/)
  const [, template] = /<Url type="text\/html" template="http:\/\/[^/]+([^"]+)"/.exec(body)!
  const found = await get(template!.replace('{searchTerms}', 'bird'))
  assert.match(found.body, /The Clever Little Bird/)
})

test('an address that people guess leads to the list of a kind, unless it is a page of its own', async () => {
  const { get } = await appWithStory()
  const practices = await get('/fr/practices?country=KE&utm_source=letter')
  assert.equal(practices.statusCode, 302)
  assert.equal(practices.headers.location, '/fr/search?kind=practice&country=KE&utm_source=letter')
  for (const { name, plural } of [...kinds.values()].filter(({ isAid }) => !isAid)) {
    const { statusCode, headers, body } = await get(`/en/${plural}`)
    if (statusCode === 302) assert.match(String(headers.location), new RegExp(`^/en/search\\?kind=${name}(&|$)`))
    else assert.match(body, /<h1/, plural)
    if (statusCode === 302) assert.equal((await get(String(headers.location))).statusCode, 200, plural)
  }
  assert.equal((await get('/lessons')).statusCode, 200)
  assert.equal((await get('/practice')).statusCode, 404)
  assert.match(
    (await get('/')).body,
    new RegExp(`href="${listOf(kinds.get('practice')!).replace(/[?&]/g, (sign) => (sign === '&' ? '&amp;' : '\\?'))}"`),
  )
})
