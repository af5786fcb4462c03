import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaNames } from '#ui/layout.ts'
import { operations } from '#app'
import { testApp } from '../../../test/app.ts'
import { appWithStory, story } from '../../../test/story.ts'

test('one address answers HTML, JSON, JSON-LD, BibTeX, RIS and CSL-JSON, by what is asked for or by ending', async () => {
  const { get, id } = await appWithStory()
  const asked = async (accept: string) => (await get(`/records/${id}`, { accept })).headers['content-type']
  assert.match(String(await asked('text/html,*/*;q=0.8')), /^text\/html/)
  assert.match(String(await asked('application/json')), /^application\/json/)
  assert.match(String(await asked('application/ld+json, text/html;q=0.5')), /^application\/ld\+json/)
  assert.match(String(await asked('application/x-bibtex')), /bibtex/)
  assert.equal((await get(`/records/${id}`, { accept: 'image/png' })).statusCode, 406)
  const linked = (await get(`/records/${id}.jsonld`)).json()
  assert.equal(linked['@type'], 'LearningResource')
  assert.equal(linked.license, 'https://creativecommons.org/licenses/by/4.0/')
  assert.deepEqual(linked.creator, [{ '@type': 'Person', name: 'Liz Ralfe' }])
  const profiled = await get(`/records/${id}`, { accept: 'application/ld+json; profile="https://schema.org/"' })
  assert.equal(profiled.headers['content-type'], 'application/ld+json; profile="https://schema.org/"')
  assert.deepEqual(profiled.json(), linked)
  assert.match((await get(`/records/${id}.bib`)).body, /@book\{qingdao-/)
  assert.match((await get(`/records/${id}.ris`)).body, /^TY {2}- BOOK\r\n/)
  assert.equal((await get(`/records/${id}.csl`)).json()[0].title, story.title.en)
  assert.equal((await get(`/records/${id}.exe`)).statusCode, 404)
})

test('a record page signs the way for programs: cite-as, type, describedby, item, license', async () => {
  const { get, id } = await appWithStory()
  const { link } = (await get(`/records/${id}`)).headers
  for (const rel of ['cite-as', 'type', 'describedby', 'item', 'license', 'linkset'])
    assert.match(String(link), new RegExp(`rel="${rel}"`))
})

test('a harvester goes from a record to all its links, and from each of its forms back to its page (Signposting level 2)', async () => {
  const { get, as } = await appWithStory()
  const { id } = await as('curator')('studies.share', {
    title: { en: 'Tablets' },
    originalLanguage: 'en',
    authors: [{ name: 'Otieno', given: 'Amina', orcid: '0000-0002-1825-0097' }],
    url: 'https://example.org/tablets',
  })
  const { headers } = await get(`/records/${id}`)
  assert.match(String(headers.link), /<https:\/\/orcid\.org\/0000-0002-1825-0097>; rel="author"/)
  const [, address] = /<http:\/\/[^/]+([^>]+)>; rel="linkset"; type="application\/linkset\+json"/.exec(
    String(headers.link),
  )!
  const answer = await get(address!)
  assert.equal(answer.headers['content-type'], 'application/linkset+json')
  const { linkset } = answer.json()
  const [page, ...forms] = linkset
  assert.equal(page['cite-as'][0].href, page.anchor)
  assert.deepEqual(page.item, [{ href: 'https://example.org/tablets' }])
  assert.deepEqual(page.author, [{ href: 'https://orcid.org/0000-0002-1825-0097' }])
  assert.equal(page.describedby.length, 5)
  assert.equal(forms.length, 5)
  for (const { anchor, describes } of forms) {
    assert.equal(describes[0].href, page.anchor)
    const form = await get(new URL(anchor).pathname)
    assert.equal(form.statusCode, 200, anchor)
    assert.ok(String(form.headers.link).includes(`<${page.anchor}>; rel="describes"`), anchor)
  }
})

test('a text keeps the tag of its own language', async () => {
  const { get, id } = await appWithStory()
  assert.match(
    (await get(`/ru/records/${id}`)).body,
    /<h1><span lang="en" dir="ltr">The Clever Little Bird<\/span><\/h1>/,
  )
})

test('programs find health, sitemap, robots, the API and its description', async () => {
  const { get, id } = await appWithStory()
  assert.deepEqual((await get('/health')).json(), { alive: true, version: 'test' })
  const { node, ...ready } = (await get('/ready')).json()
  assert.match(node, /^[0-9a-z]+$/)
  assert.deepEqual(ready, {
    ready: true,
    database: { answers: true, writable: true },
    journal: 1,
    log: { signs: true },
    search: { complete: true, records: 1, expected: 1, behind: 0, rebuilding: null },
  })
  assert.match((await get('/sitemap.xml')).body, /<loc>http:\/\/[^<]+\/sitemaps\/1\.xml<\/loc>/)
  assert.match((await get('/sitemaps/1.xml')).body, new RegExp(`/records/${id}</loc><lastmod>2026-01-02`))
  assert.match((await get('/robots.txt')).body, /Sitemap: http/)
  assert.equal((await get('/api/openapi.json')).json().openapi, '3.1.0')
  assert.equal((await get('/api/search')).headers['access-control-allow-origin'], '*')
  for (const { name } of operations) assert.equal((await get(`/api/reference/${name}`)).statusCode, 200, name)
  const groups = new Set(operations.map(({ name }) => name.split('.')[0]!))
  const { body } = await get('/en/api')
  for (const group of groups) assert.match(body, new RegExp(`<a href="/en/api/reference/${group}">`), group)
  const list = (await get('/en/api/reference/practices')).body
  assert.match(list, /\/api\/practices\b.*<\/code>/)
  assert.match(list, /href="\/en\/api\/reference\/practices\.share"/)
  assert.equal((await get('/api/reference/nothing')).statusCode, 404)
})

test('charts of an area have every year, and say how many records state none and how many values they leave out', async () => {
  const { get, as } = await testApp()
  const share = (one: object) =>
    as('curator')('studies.share', { title: { en: 'Tablets' }, originalLanguage: 'en', areas: ['quality'], ...one })
  for (let year = 2000; year < 2016; year++) await share({ year })
  await share({})
  const [, chart = ''] = /id="by-year"([^]*?)<\/figure>/.exec((await get('/en/quality')).body)!
  assert.equal(chart.match(/<th scope="row">/g)!.length, 16)
  assert.match(chart, /Not stated: 1</)
})

test('languages and subjects that one name stands for are told apart', async () => {
  const { get, as } = await testApp()
  const languages = ['ak', 'tw', 'fat']
  await as('curator')('resources.share', { ...story, languages, subjects: ['011', '061'] })
  const namesOn = async (path: string) =>
    [
      ...(await get(path)).body.matchAll(
        /<li><a href="[^"]*\/(?:languages|subjects)\/[^"]+">([^<]+)<\/a> <span class="n">/g,
      ),
    ].map(([, name]) => name!)
  assert.deepEqual(await namesOn('/en/languages'), ['Akan', 'Fanti', 'Twi'])
  const subjects = await namesOn('/en/subjects')
  assert.ok(subjects.includes('Education (broad field)') && subjects.includes('Education'))
  assert.equal(new Set(subjects).size, subjects.length)
  assert.ok((await namesOn('/zh/subjects')).includes('教育（大类）'))
})

test('the sitemap does not date imported records with the day of their import, but with that of a change', async () => {
  const { get, as } = await appWithStory()
  const rows = (title: string) => [
    {
      place: 'list.csv:1',
      kind: 'practice',
      identifier: 'https://example.org/radio',
      body: { title: { en: title }, originalLanguage: 'en', type: 'practice' },
    },
  ]
  await as('operator')('sources.ingest', { name: 'ror', rows: rows('Radio') })
  const sitemap = async () => (await get('/sitemaps/1.xml')).body
  const [, id] = /records\/(\w+)<\/loc><\/url>/.exec(await sitemap()) ?? []
  assert.ok(id, await sitemap())
  await as('operator')('sources.ingest', { name: 'ror', rows: rows('Radio lessons') })
  assert.match(await sitemap(), new RegExp(`/records/${id}</loc><lastmod>2026-01-02<`))
})

test('records and lists say when they last changed; an empty feed is dated, and not 1970', async () => {
  const { get, id } = await appWithStory()
  const changed = 'Fri, 02 Jan 2026 03:04:05 GMT'
  const addresses = [`/records/${id}`, `/fr/records/${id}`, `/records/${id}.json`, `/records/${id}.jsonld`]
  for (const path of [...addresses, `/api/records/${id}`, '/api/search?q=bird', '/api/resources', '/search?q=bird'])
    assert.equal((await get(path)).headers['last-modified'], changed, path)
  const feed = await get('/search.atom?q=nothing+of+this+name')
  assert.match(feed.body, /<updated>2026-01-02T03:04:05\.000Z<\/updated>\n<author>/)
  assert.equal(feed.headers['last-modified'], changed)
  const asked = { 'if-modified-since': changed }
  for (const path of [`/fr/records/${id}`, `/api/records/${id}`, '/search.atom?q=nothing+of+this+name']) {
    assert.equal((await get(path, asked)).statusCode, 304, path)
    assert.equal((await get(path, { 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' })).statusCode, 200, path)
  }
})

test('Zotero, Google Scholar, messengers and social networks find a record described in its head', async () => {
  const { get, as } = await appWithStory()
  const { id } = await as('curator')('studies.share', {
    title: { en: 'Tablets & <learning>' },
    originalLanguage: 'en',
    publicationType: 'article',
    container: 'Journal of Schools',
    volume: '7',
    pages: '12–19',
    year: 2015,
    authors: [{ name: 'Otieno', given: 'Amina' }, { name: 'UNESCO' }],
    identifiers: ['https://doi.org/10.1000/182'],
    url: 'https://example.org/tablets',
  })
  const { body } = await get(`/en/records/${id}`)
  const metas = [...body.matchAll(/<meta (?:name|property)="((?:citation_|og:)\w+)" content="([^"]*)"/g)].map(
    ([, name, content]) => [name, content],
  )
  assert.deepEqual(
    metas.filter(([name]) => name!.startsWith('citation_')),
    [
      ['citation_title', 'Tablets &amp; &lt;learning&gt;'],
      ['citation_author', 'Otieno, Amina'],
      ['citation_author', 'UNESCO'],
      ['citation_publication_date', '2015'],
      ['citation_journal_title', 'Journal of Schools'],
      ['citation_volume', '7'],
      ['citation_firstpage', '12'],
      ['citation_lastpage', '19'],
      ['citation_doi', '10.1000/182'],
      ['citation_language', 'en'],
      ['citation_public_url', 'https://example.org/tablets'],
    ],
  )
  const preview = Object.fromEntries(metas)
  assert.equal(preview['og:title'], 'Tablets &amp; &lt;learning&gt;')
  assert.equal(preview['og:type'], 'article')
  assert.match(String(preview['og:url']), /^http:\/\/[^/]+\/en\/records\/\w+$/)
})

test('each address is canonical for itself, with a language and without: the latter is the default', async () => {
  const { get, id } = await appWithStory()
  const pathsIn = (body: string, pattern: RegExp) => pattern.exec(body)?.[1]
  for (const path of ['/areas', '/fr/areas', '/', '/ar', `/records/${id}`, `/zh/records/${id}`]) {
    const { body } = await get(path)
    assert.equal(pathsIn(body, /rel="canonical" href="http:\/\/[^/]+([^"]*)"/), path, path)
    assert.equal(
      pathsIn(body, /hreflang="x-default" href="http:\/\/[^/]+([^"]*)"/),
      path.replace(/^\/(?:fr|ar|zh)(?=\/|$)/, '') || '/',
    )
  }
})

test('each of the nine areas says at its top what one can do there, and each of these pages opens', async () => {
  const { get } = await appWithStory()
  assert.equal(areaNames.length, 9)
  for (const area of areaNames) {
    const { body } = await get(`/en/${area}`)
    const [, list = ''] = /<ul class="tasks">([\s\S]*?)<\/ul>/.exec(body) ?? []
    const ways = [...list.matchAll(/<h3><a href="([^"]+)">([^<]+)<\/a><\/h3><p class="small">([^<]+)<\/p>/g)]
    assert.ok(ways.length >= 2, area)
    assert.ok(body.indexOf(list) < body.indexOf('<ol class="cards">') || !body.includes('<ol class="cards">'), area)
    for (const [, href = ''] of ways) {
      const { statusCode } = await get(href.replaceAll('&amp;', '&'))
      assert.equal(statusCode, 200, href)
    }
  }
})
