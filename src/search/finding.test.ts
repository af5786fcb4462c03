/** Finding as people do it, in a whole node: what they type, what they get, and what they are told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

type Shared = { id: string }

test('filters typed among the words do what filters do, and the answer says how it understood them', async () => {
  const { practice, search, titles } = await library()
  await practice('Radio lessons', { countries: ['KE'], startedOn: '2016' })
  await practice('Radio schools', { countries: ['UG'], startedOn: '2019' })
  await practice('Radio plays', { countries: ['FR'], startedOn: '2021' })
  assert.deepEqual(await titles('radio country:KE'), ['Radio lessons'])
  assert.deepEqual((await titles('radio -country:France')).sort(), ['Radio lessons', 'Radio schools'])
  assert.deepEqual((await titles('radio year:2017..')).sort(), ['Radio plays', 'Radio schools'])
  assert.deepEqual((await titles('radio region:Africa')).sort(), ['Radio lessons', 'Radio schools'])
  const { understood } = await search('radio -country:France year:2017..')
  assert.deepEqual([understood.q, understood.not, understood.from], ['radio', ['country:FR'], 2017])
})

test('each filter in force says what there would be without it', async () => {
  const { practice, search } = await library()
  for (const [country, year] of [
    ['KE', '2016'],
    ['KE', '2019'],
    ['UG', '2016'],
  ])
    await practice('Radio', { countries: [country], startedOn: year })
  const found = await search('radio', { country: ['KE'], from: '2016', to: '2016' })
  assert.equal(found.total, 1)
  assert.deepEqual(found.totalWithout, { country: 2, year: 2 })
})

test('an identifier or an address leads straight to the record, and only in the page is the reader sent there', async () => {
  const { resource, get, search } = await library()
  const id = await resource('Open physics', {
    url: 'https://www.example.org/physics/',
    identifiers: ['978-0-306-40615-7', 'doi:10.1000/xyz.1'],
  })
  for (const typed of [
    '0-306-40615-2',
    'https://doi.org/10.1000/XYZ.1',
    'http://example.org/physics',
    id,
    `https://node.example/records/${id}`,
  ]) {
    const answer = await get(`/fr/search?q=${encodeURIComponent(typed)}`)
    assert.equal(answer.statusCode, 303, typed)
    assert.equal(answer.headers.location, `/fr/records/${id}`)
    assert.equal((await search(typed, { assist: 'true' })).assistance.named[0].id, id)
  }
  assert.equal((await get('/search?q=physics')).statusCode, 200)
})

test('who looks for an author types the given name, the surname or both, in either order', async () => {
  const { practice, titles } = await library()
  await practice('Radio lessons', { authors: [{ name: 'Ndiaye', given: 'Awa' }] })
  await practice('Solar lamps', { authors: [{ name: 'Ndiaye', given: 'Omar' }] })
  for (const typed of ['Awa Ndiaye', 'Ndiaye Awa', 'awa ndiaye', 'Awa'])
    assert.deepEqual(await titles(typed), ['Radio lessons'], typed)
  assert.deepEqual((await titles('Ndiaye')).sort(), ['Radio lessons', 'Solar lamps'])
})

test('a record that loses a name is no longer found by it, and one withdrawn by none', async () => {
  const { resource, as, get } = await library()
  const id = await resource('Open physics', { url: 'https://example.org/old' })
  const body = {
    title: { en: 'Open physics' },
    originalLanguage: 'en',
    type: 'book',
    languages: ['en'],
    url: 'https://example.org/new',
  }
  await as('curator')('resources.revise', { id, revision: 1, body })
  assert.equal((await get('/search?q=https://example.org/old')).statusCode, 200)
  assert.equal((await get('/search?q=https://example.org/new')).statusCode, 303)
  await as('curator')('records.withdraw', { id, revision: 2, reason: 'Taken down' })
  assert.equal((await get('/search?q=https://example.org/new')).statusCode, 200)
})

test('a curator’s best bet stands first for its question in any language and spelling, and is no result itself', async () => {
  const { resource, as, search, get } = await library()
  const id = await resource('A guide to teaching online')
  await resource('Start here, said the fox')
  const bet = { title: { en: 'Where do I start?', fr: 'Par où commencer ?' }, originalLanguage: 'en', recommends: [id] }
  await assert.rejects(as('contributor')('best-bets.share', bet), { code: 'forbidden' })
  const shared = await as('curator')<Shared>('best-bets.share', bet)
  for (const q of ['Where do I start?', 'where do i  START?', 'par ou commencer ?'])
    assert.deepEqual(
      (await search(q, { assist: 'true' })).assistance.best.map(({ id: one }: Shared) => one),
      [id],
      q,
    )
  assert.equal((await search('', { kind: ['best-bet'] })).total, 0)
  assert.match(
    (await get(`/search?q=${encodeURIComponent('where do I start?')}`)).body,
    /Recommended by curators[^]*A guide to teaching online/,
  )
  await as('curator')('records.withdraw', { id: shared.id, revision: 1, reason: 'No longer' })
  assert.deepEqual((await search('Where do I start?', { assist: 'true' })).assistance.best, [])
})

test('a vague question is answered by kind, each with its best; one list is a click away', async () => {
  const { resource, practice, share, search, get } = await library()
  for (let i = 0; i < 30; i++) {
    await resource(`Tablets book ${i}`)
    await practice(`Tablets in school ${i}`)
    await share('courses', { title: { en: `Tablets course ${i}` }, originalLanguage: 'en', languages: ['en'] })
  }
  const { groups } = (await search('tablets', { assist: 'true' })).assistance
  assert.deepEqual(groups.map(({ kind, total, records }: any) => [kind, total, records.length]).sort(), [
    ['course', 30, 3],
    ['practice', 30, 3],
    ['resource', 30, 3],
  ])
  const grouped = (await get('/search?q=tablets')).body
  assert.match(grouped, /Practices: show all 30/)
  // The API says in which order the page shows the kinds, and each is a part of the one list.
  const { groups: order } = (await get('/api/search?q=tablets')).json()
  assert.deepEqual(
    [...grouped.matchAll(/: show all (\d+)/g)].map(([, total]) => Number(total)),
    order.map(({ total }: any) => total),
  )
  const [first] = order
  const { records } = (await get(`/api/search?q=tablets&kind=${first.kind}&limit=1`)).json()
  assert.ok(grouped.indexOf(records[0].id) < grouped.indexOf('show all'), 'the first on the page')
  assert.match((await get('/search?q=tablets&flat=true')).body, /rel="next/)
})

test('without words practices come first, the newest of each kind, and not what was imported last', async () => {
  const { resource, practice, share, get } = await library()
  for (let i = 0; i < 20; i++) await practice(`Practice ${i}`, { languages: ['en'] })
  for (let i = 0; i < 30; i++) {
    await share('courses', { title: { en: `Course ${i}` }, originalLanguage: 'en', languages: ['en'] })
    await resource(`Book ${i}`, { languages: ['en'] })
  }
  await resource('Book 30', { languages: ['en'] })
  const headings = (page: string) => [...page.matchAll(/<section>\s*<h2>([^<]+)<\/h2>/g)].map(([, name]) => name)
  for (const query of ['', '?language=en']) {
    const { body } = await get(`/en/search${query}`)
    assert.deepEqual(headings(body), ['Practices', 'Open resources', 'Courses'], query)
    assert.match(body, /Practices: show all 20/)
    assert.match(body, /Sort by:?\s*<strong aria-current="true">most useful<\/strong>/)
    assert.doesNotMatch(body, /best match/, 'nothing was looked for that could match')
  }
  const kindsIn = (page: string) =>
    [.../<details id="f-kind"[^]*?<\/details>/.exec(page)![0].matchAll(/<span>([^<]+)<\/span>/g)].map(
      ([, name]) => name,
    )
  assert.deepEqual(kindsIn((await get('/en/search')).body), ['Practices', 'Open resources', 'Courses'])
  assert.deepEqual(kindsIn((await get('/en/search?kind=course')).body), ['Courses', 'Practices', 'Open resources'])
  const flat = (await get('/en/search?flat=true')).body
  assert.match(flat, /rel="next/)
  assert.match((await get('/en/search?q=book')).body, /best match/)
  assert.deepEqual(headings((await get('/en/search?kind=course')).body), [], 'who chose a kind sees its list')
})

test('the kinds that tell what was done and learned lead where they answer, and not where something else is asked for by name', async () => {
  const { resource, practice, share, search, get } = await library()
  const described = { en: 'Lessons that mention the zebrafish in passing, among much else that was taught there.' }
  for (let i = 0; i < 30; i++) {
    await resource(`Radio and zebrafish ${i}`)
    await share('courses', { title: { en: `Radio: zebrafish ${i}` }, originalLanguage: 'en', languages: ['en'] })
  }
  await practice('Radio lessons in villages far from any school')
  await practice('Pond science', { description: described })
  await share('organisations', { title: { en: 'Radio' }, originalLanguage: 'en' })
  const kindsOf = async (q: string, more = {}) =>
    (await search(q, { assist: 'true', ...more })).assistance.groups.map(({ kind }: any) => kind)
  // One practice among sixty other records, and an organisation that is called so.
  assert.deepEqual((await kindsOf('radio')).slice(0, 2), ['organisation', 'practice'])
  assert.equal((await kindsOf('radios'))[0], 'practice')
  assert.equal((await kindsOf('zebrafish')).at(-1), 'practice')
  // However few kinds are counted, the answer by kind is the same, and the page shows just that.
  const page = (await get('/en/search?q=radio')).body
  const headings = [...page.matchAll(/<section>\s*<h2>([^<]+)<\/h2>/g)].map(([, name]) => name)
  assert.deepEqual(headings, ['Organisations', 'Practices', 'Open resources', 'Courses'])
  const kindsHere = ['organisation', 'practice', 'resource', 'course']
  assert.deepEqual(await kindsOf('radio', { facetLimit: '1' }), kindsHere)
  const flat = (await get('/en/search?q=radio&flat=true&limit=25')).body
  const feed = (await get('/en/search.atom?q=radio')).body
  const narrowed = (await get('/en/search.atom?q=radio&kind=practice&from=2020')).body
  assert.match(narrowed, /<title>Search: radio · Kind: Practices · Year: 2020–… · Qingdao<\/title>/)
  const listed = (await search('radio', { assist: 'true' })).records.map(({ id }: Shared) => id)
  const idsIn = (text: string) => [...new Set([...text.matchAll(/\/records\/([0-9a-z]{16})["<]/g)].map(([, id]) => id))]
  assert.deepEqual(idsIn(feed).slice(0, listed.length), listed)
  assert.deepEqual(
    idsIn(flat).filter((id) => listed.includes(id)),
    listed,
  )
})

test('one title that happens to have the very words does not push aside what tells of them', async () => {
  const { resource, practice, share, search } = await library()
  const told = { en: `Of goats, ${'and much else that is told in villages '.repeat(12)}, and of herding.` }
  for (let i = 0; i < 60; i++) await resource(`Village tale ${i}`, { description: told })
  await practice('Lessons for herders', { description: told })
  await share('courses', { title: { en: 'Sleep, songs and herding goats' }, originalLanguage: 'en', languages: ['en'] })
  const { groups } = (await search('herding goats', { assist: 'true' })).assistance
  assert.deepEqual(
    groups.map(({ kind }: any) => kind),
    ['practice', 'course', 'resource'],
  )
})

test('where nothing is found the reader is told which word or filter stands in the way, and what almost matched', async () => {
  const { practice, search, get } = await library()
  await practice('Solar radio', { countries: ['KE'] })
  await practice('Solar lamps', { countries: ['UG'] })
  const byFilter = await search('radio', { country: ['UG'], assist: 'true' })
  assert.equal(byFilter.total, 0)
  assert.equal(byFilter.totalWithout.country, 1)
  assert.equal(byFilter.assistance.almost[0].body.title.en, 'Solar radio')
  const byWord = await search('solar zzyzx', { exact: 'true', assist: 'true' })
  assert.deepEqual(byWord.totalWithoutClause, [
    { clause: 'solar', total: 0 },
    { clause: 'zzyzx', total: 2 },
  ])
  const { body } = await get('/search?q=solar+zzyzx&exact=true')
  assert.match(body, /href="\/search\?q=solar&amp;exact=true"[^>]*>“zzyzx”/)
  assert.match(body, /Partial matches[^]*Solar/)
})

test('the account of a result adds up to its score, and names the fields its words stand in', async () => {
  const { resource, as, search, get } = await library()
  const id = await resource('Radio lessons', { description: { en: 'Lessons for rural schools, by radio.' } })
  await resource('Radio repair')
  const found = await search('radio school', { exact: 'true' })
  assert.equal(found.records[0].id, id)
  const account = await as()('search.explain', { id, q: 'radio school', exact: 'true' })
  assert.equal(account.found, true)
  const sum = account.clauses.reduce((all: number, { score }: { score: number }) => all + score, 0)
  assert.ok(Math.abs(sum - account.score) < 1e-4)
  const places = account.clauses.flatMap(({ branches }: any) =>
    branches.flatMap(({ terms }: any) => terms.flatMap((term: any) => term.places)),
  )
  assert.ok(places.includes('title') && places.includes('description'))
  const { body } = await get(`/search/explanations/${id}?q=radio+school`)
  assert.match(body, /Why this result is here[^]*radio[^]*Title/)
  assert.equal((await as()('search.explain', { id, q: 'banana', exact: 'true' })).found, false)
})

test('a word that stands twice in another name for what was asked is one line of the account', async () => {
  const { resource, share, get } = await library()
  const vocabulary = await share('vocabularies', { title: { en: 'Words' }, originalLanguage: 'en', uri: 'urn:words' })
  await share('concepts', {
    title: { en: 'Face-to-face teaching' },
    otherLabels: { en: ['Presence'] },
    originalLanguage: 'en',
    uri: 'urn:1',
    vocabulary,
  })
  const id = await resource('Face-to-face teaching in villages')
  const { body } = await get(`/en/search/explanations/${id}?q=presence`)
  const lines = [...body.matchAll(/<th scope="row">([^]*?)<\/th>/g)].map(([, line]) =>
    line!.replaceAll(/<[^>]+>|\s+/g, ' ').trim(),
  )
  assert.match(lines.join(), /face[^]*teach/)
  assert.equal(new Set(lines).size, lines.length)
})

test('records like one share its telling words; itself and the withdrawn are not among them', async () => {
  const { resource, as, get } = await library()
  const about = (text: string) => ({ description: { en: text } })
  const id = await resource('Solar powered radio lessons', about('Lessons by solar radio in mountain villages.'))
  const near = await resource('Mountain villages hear solar radio', about('Radio powered by the sun.'))
  const gone = await resource('Solar radio for villages')
  for (let i = 0; i < 20; i++) await resource(`Cooking book ${i}`)
  await as('curator')('records.withdraw', { id: gone, revision: 1, reason: 'Twice here' })
  const { records, shared } = await as()('records.similar', { id })
  assert.deepEqual(
    records.map((one: Shared) => one.id),
    [near],
  )
  assert.ok(shared[0].length >= 2)
  assert.match((await get(`/records/${id}`)).body, /More like this[^]*Mountain villages/)
})

test('of the records like one those that are not wanted make room for the next', async () => {
  const { resource, as } = await library()
  const [id, ...alike] = [
    await resource('Solar powered radio lessons in mountain villages'),
    await resource('Solar powered radio in mountain villages'),
    await resource('Solar powered radio in villages'),
    await resource('Radio in mountain villages'),
  ]
  for (let i = 0; i < 20; i++) await resource(`Cooking book ${i}`)
  const idsOf = async (more: object) =>
    (await as()('records.similar', { id, limit: 2, ...more })).records.map((one: Shared) => one.id)
  const [first, second] = await idsOf({})
  const others = await idsOf({ without: [first] })
  assert.equal(others[0], second)
  assert.deepEqual([first, ...others].toSorted(), alike.toSorted())
})

test('records like one are called differently: of findings of one name there is one', async () => {
  const { resource, as } = await library()
  const id = await resource('Solar powered radio lessons in mountain villages')
  for (let i = 0; i < 3; i++) await resource('Solar powered radio in mountain villages')
  await resource('Solar powered radio lessons in mountain villages')
  await resource('Radio in mountain villages')
  for (let i = 0; i < 20; i++) await resource(`Cooking book ${i}`)
  const { records } = await as()('records.similar', { id, limit: 4 })
  assert.deepEqual(
    records.map(({ body }: { body: { title: { en: string } } }) => body.title.en),
    ['Solar powered radio in mountain villages', 'Radio in mountain villages'],
  )
})

test('practices like one are of its approach before they share its technology, and its technology before its words', async () => {
  const { practice, resource, as } = await library()
  const approach = (
    await as('curator')('approaches.share', { title: { en: 'A laptop for each' }, originalLanguage: 'en' })
  ).id as string
  const about = { description: { en: 'Laptops assembled by a firm of the state for pupils of secondary schools.' } }
  const laptops = { ...about, technologies: ['devices'], approaches: [approach] }
  const id = await practice('Laptops assembled by a firm of the state', laptops)
  const words = await practice('Essays assembled by a firm of the state', { ...about, technologies: ['radio'] })
  const technology = await practice('Tablets for pupils of secondary schools', { technologies: ['devices'] })
  const same = await practice('Netbooks for pupils of the state', { technologies: ['radio'], approaches: [approach] })
  for (let i = 0; i < 20; i++) await resource(`Cooking book ${i}`)
  const { records } = await as()('records.similar', { id, limit: 4, without: [approach] })
  assert.deepEqual(
    records.map((one: Shared) => one.id),
    [same, technology, words],
  )
})

test('as a question is typed, words, filters and records are suggested', async () => {
  const { practice, get, as } = await library()
  await practice('Radio lessons in Kenya', { countries: ['KE'] })
  const { words, filters, records } = await as()('search.suggest', { q: 'radio les' })
  assert.ok(words.includes('radio lessons'))
  assert.equal(records[0].body.title.en, 'Radio lessons in Kenya')
  assert.deepEqual(filters, [])
  assert.deepEqual((await as()('search.suggest', { q: 'keny' })).filters, [{ facet: 'country', value: 'KE' }])
  const lines = (await get('/fr/search/suggestions?q=keny')).json()
  assert.ok(
    lines.some(({ text, note, href }: any) => text === 'Kenya' && note === 'Pays' && href === '/fr/search?country=KE'),
  )
  assert.deepEqual((await get('/search/suggestions?q=r')).json(), [])
})

test('the same finds as a table, on the map, by year and as a chart, each with its filters', async () => {
  const { practice, get } = await library()
  await practice('Radio lessons', { countries: ['KE'], startedOn: '2016', outcome: 'worked' })
  await practice('Radio schools', { countries: ['UG'], startedOn: '2019', outcome: 'did-not-work' })
  const table = (await get('/search?q=radio&view=table&columns=country&columns=outcome')).body
  assert.match(table, /<th scope="col">Country<\/th>[^]*<th scope="col">Outcome<\/th>[^]*<td>Kenya<\/td>/)
  assert.match((await get('/search?q=radio&view=map')).body, /<circle[^]*Kenya[^]*country=UG/)
  assert.match((await get('/search?q=radio&view=timeline')).body, /2016[^]*from=2019&amp;to=2019/)
  assert.match(
    (await get('/search?q=radio&view=charts&of=outcome')).body,
    /Records by: Outcome[^]*outcome=did-not-work/,
  )
})

test('a search can be followed as an Atom feed, newest first, and shown in a frame on another site', async () => {
  const { practice, get } = await library()
  await practice('Radio & <television>')
  await practice('Radio lessons')
  const feed = await get('/search.atom?q=radio&sort=newest')
  assert.match(String(feed.headers['content-type']), /^application\/atom\+xml/)
  assert.equal(feed.body.match(/<entry>/g)!.length, 2)
  assert.match(feed.body, /Radio &amp; &lt;television&gt;/)
  assert.match(
    feed.body,
    /<link rel="self" type="application\/atom\+xml" href="http:\/\/[^"]+\/search\.atom\?q=radio&amp;sort=newest"/,
  )
  assert.match(
    (await get('/search?q=radio')).body,
    /search\.atom\?q=radio&amp;sort=newest[^]*search\.atom\?q=radio&amp;sort=newest/,
  )
  const frame = await get('/embed/search?q=radio')
  assert.match(String(frame.headers['content-security-policy']), /frame-ancestors \*/)
  assert.doesNotMatch(frame.body, /<form|<script/)
  const piece = await get('/ar/embed/search/html?q=radio')
  assert.match(String(piece.headers['content-type']), /^text\/plain/)
  assert.equal(piece.headers['access-control-allow-origin'], '*')
  assert.match(piece.body, /^<section lang="ar" dir="rtl" aria-label="[^"]*radio[^"]*">/)
  assert.match(
    piece.body,
    /<li><a href="http:\/\/[^"]+\/ar\/records\/[^"]+">[^]*<a href="http:\/\/[^"]+\/ar\/search\?q=radio">/,
  )
  assert.doesNotMatch(piece.body, /<form|<script|<style|<link|class=|href="\//, 'it needs nothing of ours')
  assert.match(String((await get('/search?q=radio')).headers['content-security-policy']), /frame-ancestors 'none'/)
})

test('plain words that name filters are offered as such, together and each alone', async () => {
  const { resource, search, get } = await library()
  await resource('Drawing letters', { type: 'video', languages: ['ar'], levels: ['1'] })
  await resource('Drawing numbers', { type: 'book', languages: ['ar'], levels: ['1'] })
  await resource('Primary school videos in Arabic, a review')
  const { offers } = (await search('videos in Arabic for primary school', { assist: 'true', languages: ['en'] }))
    .assistance
  const told = offers.map(({ filters, q, total }: any) => [
    filters.map((one: any) => `${one.facet}:${one.value}`).sort(),
    q,
    total,
  ])
  assert.deepEqual(told[0], [['language:ar', 'level:1', 'type:video'], '', 1])
  const { body } = await get(`/search?q=${encodeURIComponent('videos in Arabic for primary school')}`)
  assert.match(body, /Some of your words are also filters[^]*Type: Video/)
})

test('what is asked in one language is found in others, says why, and one click leaves it out', async () => {
  const { share, search, get } = await library()
  const vocabulary = await share('vocabularies', {
    title: { en: 'Thesaurus' },
    originalLanguage: 'en',
    uri: 'urn:thesaurus',
  })
  const concept = (uri: string, title: object, more: object = {}) =>
    share('concepts', { title, originalLanguage: 'en', uri, vocabulary, ...more })
  await concept('urn:1', { en: 'Beekeeping', fr: 'Apiculture', ru: 'Пчеловодство', ar: 'تربية النحل' })
  const only = async (q: string, more: object = {}) => search(q, { kind: ['resource'], languages: ['fr'], ...more })
  await share('resources', {
    title: { en: 'Beekeeping for schools' },
    originalLanguage: 'en',
    type: 'book',
    languages: ['en'],
  })
  for (const [q, language] of [
    ['apiculture', 'fr'],
    ['пчеловодство', 'ru'],
    ['تربية النحل', 'ar'],
  ]) {
    const found = await only(q!, { languages: [language] })
    assert.equal(found.total, 1, q)
    const way = found.ways[found.foundBy[0][0]]
    assert.deepEqual([way.kind, way.words, way.language], ['translation', 'Beekeeping', 'en'])
  }
  assert.equal((await only('apiculture', { exact: 'true' })).total, 0)
  const { body } = await get('/fr/search?q=apiculture&kind=resource')
  assert.match(body, /«\u00A0Beekeeping\u00A0» \(anglais\) a un sens proche de «\u00A0apiculture\u00A0»/)
  assert.match(body, /href="\/fr\/search\?q=apiculture[^"]*exact=true"[^>]*>Uniquement les mots saisis/)
})

test('slips of the finger are forgiven, and the page asks whether that was meant', async () => {
  const { resource, titles, get } = await library()
  await resource('Digital literacy for all')
  assert.deepEqual(await titles('digtal litercy'), ['Digital literacy for all'])
  assert.deepEqual(await titles('digtal litercy', { exact: 'true' }), [])
  assert.match(
    (await get('/search?q=digtal+litercy')).body,
    /Did you mean <a href="\/search\?q=digital\+literacy"[^>]*><strong>digital literacy<\/strong><\/a>\?/,
  )
  assert.match((await get('/es/search?q=digtal+litercy')).body, /¿Quiso decir <a [^>]*><strong>[^<]*<\/strong><\/a>\?/)
})

test('a statement is found by the name of its framework, which it holds only as a link', async () => {
  const { share, titles } = await library()
  const framework = await share('frameworks', {
    title: { en: 'Compass of Lantern Makers' },
    originalLanguage: 'en',
    uri: 'urn:compass',
  })
  await share('competencies', { title: { en: 'Folds paper' }, originalLanguage: 'en', uri: 'urn:1', framework })
  assert.deepEqual((await titles('lantern compass')).sort(), ['Compass of Lantern Makers', 'Folds paper'])
})
