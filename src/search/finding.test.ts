/** Finding as people do it, in a whole house: what they type, what they get, and what they are told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'

type Shared = { id: string }

async function library() {
  const app = await testApp()
  const curator = app.as('curator')
  const share = async (kind: string, body: object) => (await curator<Shared>(`${kind}.share`, body)).id
  const resource = (title: string, more: object = {}) =>
    share('resources', { title: { en: title }, originalLanguage: 'en', type: 'book', languages: ['en'], ...more })
  const practice = (title: string, more: object = {}) =>
    share('practices', { title: { en: title }, originalLanguage: 'en', type: 'practice', ...more })
  const search = (q: string, more: object = {}) => app.as()('search', { q, ...more })
  const titles = async (q: string, more: object = {}) =>
    (await search(q, more)).records.map(({ body }: any) => Object.values(body.title)[0])
  return { ...app, share, resource, practice, search, titles }
}

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
    /Chosen by curators[^]*A guide to teaching online/,
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
  assert.match((await get('/search?q=tablets&flat=true')).body, /rel="next/)
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
  assert.match(body, /href="\/search\?q=solar&amp;exact=true"[^>]*>without “zzyzx”/)
  assert.match(body, /What almost matched[^]*Solar/)
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
  assert.match(body, /Why this record is here[^]*radio[^]*Title/)
  assert.equal((await as()('search.explain', { id, q: 'banana', exact: 'true' })).found, false)
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
  const feed = await get('/search.atom?q=radio')
  assert.match(String(feed.headers['content-type']), /^application\/atom\+xml/)
  assert.equal(feed.body.match(/<entry>/g)!.length, 2)
  assert.match(feed.body, /Radio &amp; &lt;television&gt;/)
  assert.match(
    feed.body,
    /<link rel="self" type="application\/atom\+xml" href="http:\/\/[^"]+\/search\.atom\?q=radio&amp;sort=newest"/,
  )
  const frame = await get('/embed/search?q=radio')
  assert.match(String(frame.headers['content-security-policy']), /frame-ancestors \*/)
  assert.doesNotMatch(frame.body, /<form|<script/)
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
  assert.match(body, /Your words name filters[^]*Type: Video/)
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
  assert.match(body, /« Beekeeping » dit « apiculture » \(Anglais\)/)
  assert.match(body, /href="\/fr\/search\?q=apiculture[^"]*exact=true"[^>]*>Seulement ce que j’ai saisi/)
})

test('slips of the finger are forgiven, and the page asks whether that was meant', async () => {
  const { resource, titles, get } = await library()
  await resource('Digital literacy for all')
  assert.deepEqual(await titles('digtal litercy'), ['Digital literacy for all'])
  assert.deepEqual(await titles('digtal litercy', { exact: 'true' }), [])
  assert.match((await get('/search?q=digtal+litercy')).body, /Did you mean: <a href="\/search\?q=digital\+literacy"/)
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

const titlesOf = (all: any[]) => all.map(({ body }) => body.title.en)

test('the number is of what holds all words; what lacks some comes after it, apart, and never without the rarest word', async () => {
  const { resource, search, get } = await library()
  await resource('Kettle for solar villages by the sea')
  await resource('Solar kettle for towns')
  await resource('Solar lamps for villages')
  await resource('Kettle for villages')
  await resource('Villages')
  const found = await search('solar kettle villages')
  assert.deepEqual([found.total, titlesOf(found.records)], [1, ['Kettle for solar villages by the sea']])
  assert.deepEqual(
    titlesOf(found.near).map((title, i) => [title, found.nearMissing[i]]),
    [
      ['Solar kettle for towns', ['villages']],
      ['Solar lamps for villages', ['kettle']],
    ],
  )
  const { body } = await get('/search?q=solar+kettle+villages')
  assert.match(body, /<strong>1 record<[^]*by the sea[^]*Near, but without all that you typed[^]*Without: villages/)
})

test('what is near is neither filtered out of sight nor counted, and there are never more than ten', async () => {
  const { practice, search } = await library()
  for (let i = 0; i < 15; i++) await practice(`Solar lamps ${i}`, { countries: ['KE'] })
  await practice('Solar kitchens', { countries: ['UG'] })
  for (const title of ['Kettle', 'Old lamps', 'New lamps']) await practice(title, { countries: ['UG'] })
  for (let i = 0; i < 20; i++) await practice(`Kettle plays ${i}`, { countries: ['FR'] })
  const found = await search('solar kettle', { country: ['KE'] })
  assert.deepEqual([found.total, found.near.length, found.facets.country], [0, 10, [{ value: 'KE', count: 0 }]])
  assert.equal((await search('solar lamps')).near.length, 1, 'fewer than twenty hold both')
  assert.equal((await search('kettle plays')).near.length, 0, 'twenty hold both')
  assert.equal((await search('solar kettle', { exact: 'true' })).near.length, 0)
})

test('what is near follows the last of what was found, on whichever page that is', async () => {
  const { resource, search } = await library()
  for (let i = 0; i < 5; i++) await resource(`Solar kettle ${i}`)
  await resource('Solar lamps')
  for (const title of ['Kettle', 'Kettle repair']) await resource(title)
  const first = await search('solar kettle', { limit: 3 })
  assert.deepEqual([first.records.length, first.near], [3, []])
  const last = await search('solar kettle', { limit: 3, after: first.next })
  assert.deepEqual([last.records.length, titlesOf(last.near)], [2, ['Solar lamps']])
})

test('a word that the house has other names for is missed least, however rare the others are', async () => {
  const { resource, search } = await library()
  await resource('Radio for towns')
  await resource('Kettle')
  for (let i = 0; i < 3; i++) await resource(`Radio ${i}`)
  const { total, near } = await search('kettle radio')
  assert.deepEqual([total, near.length, titlesOf(near).includes('Kettle')], [0, 4, false])
})

test('the editions of one work are one result, which names its languages and leads to all of them', async () => {
  const { share, search, get } = await library()
  const work = '0123456789abcdef'
  for (const [language, title] of [
    ['en', 'The clever crow'],
    ['fr', 'Le corbeau, crow'],
    ['sw', 'Kunguru, crow'],
  ] as const)
    await share('resources', {
      title: { [language]: title },
      originalLanguage: language,
      type: 'story',
      languages: [language],
      work,
    })
  await share('resources', { title: { en: 'A crow alone' }, originalLanguage: 'en', type: 'story', languages: ['en'] })
  const found = await search('crow', { languages: ['en'] })
  assert.deepEqual([found.total, found.works, found.records.length], [4, 2, 2])
  const whole = found.editions.find((one: unknown) => one !== null)
  assert.deepEqual(whole, { link: `work:${work}`, count: 3, values: ['en', 'fr', 'sw'] })
  assert.ok(titlesOf(found.records).includes('The clever crow'), 'the edition that the reader can read stands for it')
  assert.equal((await search('crow', { editions: 'true' })).records.length, 4)
  assert.equal((await search('', { linked: [whole.link] })).records.length, 3)
  const { body } = await get('/search?q=crow')
  assert.match(
    body,
    /<strong>4 records<[^]*shown as 2 works[^]*In 3 languages: English, French, Swahili\.[^]*Show all 3 editions/,
  )
  assert.equal((await get('/search.csv?q=crow')).body.trim().split('\n').length, 1 + 4)
})

test('for a question in words practices come before concepts, organisations and what is only a name', async () => {
  const { share, resource, practice, search } = await library()
  await share('organisations', { title: { en: 'Radio for schools' }, originalLanguage: 'en' })
  await resource('Radio for schools')
  await practice('Radio for schools', { summary: { en: 'Lessons by radio for schools.' } })
  await share('lessons', {
    title: { en: 'Radio for schools needs batteries' },
    originalLanguage: 'en',
    event: { en: 'The batteries of the radio ran out in the schools.' },
  })
  const kinds = (await search('radio schools')).records.map(({ kind }: any) => kind)
  assert.deepEqual(
    [kinds.slice(0, 2).sort(), kinds.slice(2)],
    [
      ['lesson', 'practice'],
      ['resource', 'organisation'],
    ],
  )
})

test('page, API, file and feed give the same answer to the same question, in the language that is asked for', async () => {
  const { share, resource, get } = await library()
  for (let i = 0; i < 3; i++) await resource(`AI in education ${i}`)
  for (let i = 0; i < 4; i++) await resource(`In education ${i}`)
  const vocabulary = await share('vocabularies', { title: { en: 'T' }, originalLanguage: 'en', uri: 'urn:t' })
  const bees = { en: 'Beekeeping', fr: 'Apiculture' }
  await share('concepts', { title: bees, originalLanguage: 'en', uri: 'urn:1', vocabulary })
  await resource('Beekeeping for schools')
  const counts = async (q: string, language: Record<string, string>, more = '') => {
    const of = async (path: string) => (await get(`${path}?q=${encodeURIComponent(q)}${more}`, language)).body
    return [
      Number(/<strong>(\d+) /.exec(await of('/search'))![1]),
      JSON.parse(await of('/api/search')).total,
      (await of('/search.csv')).trim().split('\n').length - 1,
      (await of('/search.atom')).match(/<entry>/g)?.length,
    ]
  }
  assert.deepEqual(await counts('AI in education', {}), [3, 3, 3, 3])
  assert.deepEqual(await counts('AI in education', { 'accept-language': 'fr' }), [3, 3, 3, 3])
  assert.deepEqual(await counts('apiculture', { 'accept-language': 'fr' }), [2, 2, 2, 2])
  assert.deepEqual(await counts('ai education', {}, '&lang=ru'), [3, 3, 3, 3])
  const found = async (address: string, header = {}) => (await get(address, header)).json().ways[0].language
  assert.deepEqual(
    [
      await found('/api/search?q=apiculture&lang=fr'),
      await found('/api/search?q=apiculture', { 'accept-language': 'fr' }),
    ],
    ['en', 'en'],
  )
  assert.match((await get('/search?q=radio&lang=fr')).body, /<html lang="fr"[^]*action="\/fr\/search"/)
})

test('of words that begin alike those are suggested first that find what people look for', async () => {
  const { share, resource, practice, as } = await library()
  for (let i = 0; i < 6; i++) await resource(`Moon story ${i}`)
  await practice('Moodle in rural schools', { summary: { en: 'A platform.' } })
  await share('solutions', { title: { en: 'Moodle' }, originalLanguage: 'en' })
  const { words, records } = await as()('search.suggest', { q: 'moo' })
  assert.deepEqual(words.slice(0, 2), ['moodle', 'moon'])
  assert.match(records[0].body.title.en, /Moodle/)
})

test('plain words for how it ended, where, and how it was studied offer filters, in any language', async () => {
  const { practice, share, search } = await library()
  await practice('Tablet trial', { outcome: 'did-not-work', countries: ['KE'], settings: ['rural'] })
  await practice('Tablet school', { outcome: 'worked', countries: ['KE'] })
  await share('studies', { title: { en: 'Maths by tablet' }, originalLanguage: 'en', design: 'qed' })
  const offered = async (q: string, language: string) =>
    (await search(q, { assist: 'true', languages: [language] })).assistance.offers.flatMap(({ filters }: any) =>
      filters.map(({ facet, value }: any) => `${facet}:${value}`),
    )
  for (const [language, q, filter] of [
    ['en', 'failed tablet', 'outcome:did-not-work'],
    ['fr', 'tablet échecs', 'outcome:did-not-work'],
    ['es', 'fracasos tablet', 'outcome:did-not-work'],
    ['ru', 'tablet неудачи', 'outcome:did-not-work'],
    ['zh', '失败 tablet', 'outcome:did-not-work'],
    ['ar', 'فشل tablet', 'outcome:did-not-work'],
    ['en', 'quasi experimental maths', 'design:qed'],
    ['en', 'rural schools tablet', 'setting:rural'],
    ['en', 'tablet africa', 'region:002'],
  ])
    assert.ok((await offered(q!, language!)).includes(filter), q)
})

test('with a language chosen, words of the reader’s language find what is written in it', async () => {
  const { share, titles } = await library()
  const wanyama = { title: { sw: 'Wanyama wa porini' }, originalLanguage: 'sw', type: 'story', languages: ['sw'] }
  await share('resources', wanyama)
  for (const [q, language] of [
    ['animals', 'en'],
    ['animaux', 'fr'],
    ['животные', 'ru'],
    ['动物', 'zh'],
  ])
    assert.deepEqual(await titles(q!, { language: ['sw'], languages: [language] }), ['Wanyama wa porini'], q)
  assert.deepEqual(await titles('animals', { languages: ['en'] }), [])
})

test('questions as people put them find what they are about', async () => {
  const { practice, titles } = await library()
  const about = (text: string) => ({ summary: { en: text } })
  await practice('Calls home', about('A programme against school dropout among pupils.'))
  await practice('Lessons in a box', about('An offline server for refugees and their pupils.'))
  await practice('Big rollout', about('One laptop per child in all schools.'))
  await practice('Unrelated', about('Something else that helps and works for one or two.'))
  for (const [q, title] of [
    ['how do I keep pupils from leaving school', 'Calls home'],
    ['comment éviter le décrochage scolaire ?', 'Calls home'],
    ['¿cómo evitar el abandono escolar?', 'Calls home'],
    ['как предотвратить отсев учащихся', 'Calls home'],
    ['如何防止辍学', 'Calls home'],
    ['كيف يمكن منع التسرب المدرسي؟', 'Calls home'],
    ['what works for refugees without Internet', 'Lessons in a box'],
    ['does one to one laptop help', 'Big rollout'],
    ['1:1 laptops', 'Big rollout'],
  ])
    assert.equal((await titles(q!))[0], title, q)
})

test('words are not their neighbours, and what is known is no slip', async () => {
  const { resource, titles } = await library()
  await resource('Periodic table of elements')
  for (let i = 0; i < 25; i++) await resource(`Ballerina tables, periodicals ${i}`)
  await resource('A tablet for each learner')
  assert.deepEqual(await titles('tablet'), ['A tablet for each learner'])
  assert.deepEqual(await titles('tablets'), ['A tablet for each learner'])
  assert.equal((await titles('periodic table'))[0], 'Periodic table of elements')
})

test('a filter finds what its count promised', async () => {
  const { practice, search } = await library()
  const countries = ['KE', 'UG', 'FR']
  for (let i = 0; i < 24; i++)
    await practice(['Solar radio', 'Radio for villages', 'Solar lamps', 'Villages'][i % 4]!, {
      countries: [countries[i % 3]!],
      startedOn: String(2010 + (i % 5)),
    })
  for (const q of ['solar radio villages', 'solar radio', 'villages', 'lamps radio']) {
    const { facets } = await search(q)
    for (const facet of ['country', 'region', 'kind'])
      for (const { value, count } of facets[facet]) {
        const chosen = await search(q, { [facet]: [value] })
        assert.equal(chosen.total, count, `${q}, ${facet} ${value}`)
        assert.equal(chosen.totalWithout[facet], (await search(q)).total, `${q} without ${facet}`)
      }
  }
})
