/** What is counted and what is only near, works and their editions, and the same answer on the page, in the API, in files and feeds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

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
  assert.match(
    body,
    /<strong>1 record<[^]*by the sea[^]*Related results that do not match all your words[^]*Does not contain: “villages”/,
  )
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

test('what is near is of the same thing elsewhere, or that ended otherwise, rather than something else there', async () => {
  const { practice, search } = await library()
  for (let i = 0; i < 4; i++) await practice(`Tablets in class ${i}`, { countries: ['KE'], outcome: 'worked' })
  await practice('Choir', { countries: ['MA'], outcome: 'worked' })
  await practice('Garden', { countries: ['FR'], outcome: 'did-not-work' })
  for (const q of ['Moroccan tablets', 'failed tablets']) {
    const { total, near } = await search(q, { languages: ['en'] })
    assert.deepEqual([total, near.length, titlesOf(near).every((title) => /Tablets/.test(title))], [0, 4, true], q)
  }
})

test('a word of a thesaurus is near to no question, unless thesauri are what is searched', async () => {
  const { practice, share, search } = await library()
  const vocabulary = await share('vocabularies', { title: { en: 'Crafts' }, originalLanguage: 'en', uri: 'urn:t' })
  await share('concepts', { title: { en: 'Tablet weaving' }, originalLanguage: 'en', uri: 'urn:1', vocabulary })
  await practice('Tablets in village schools')
  const near = async (more: object) => titlesOf((await search('weaving tablets village', more)).near)
  assert.deepEqual(await near({}), ['Tablets in village schools'])
  assert.deepEqual(await near({ kind: ['concept'] }), ['Tablet weaving'])
})

test('who names a country gets what is of it and lacks a word before what has every word but the country', async () => {
  const { practice, search } = await library()
  await practice('Inspection of universities', { countries: ['MA'] })
  await practice('Market gardens', { countries: ['MA'] })
  for (let i = 0; i < 6; i++) await practice(`Laboratories of universities and schools ${i}`, { countries: ['HN'] })
  for (const [language, q] of [
    ['en', 'laboratories of universities in Morocco'],
    ['es', 'laboratorios de universidades en Marruecos'],
    ['fr', 'laboratoires des universités au Maroc'],
    ['ru', 'лаборатории университетов в Марокко'],
  ]) {
    const { total, near } = await search(q!, { languages: [language!] })
    assert.deepEqual([total, titlesOf(near)[0]], [0, 'Inspection of universities'], q)
    assert.ok(!titlesOf(near).includes('Market gardens'), q)
  }
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

test('a word that the node has other names for is missed least, however rare the others are', async () => {
  const { resource, search } = await library()
  await resource('Radio for towns')
  await resource('Kettle')
  for (let i = 0; i < 3; i++) await resource(`Radio ${i}`)
  const { total, near } = await search('kettle radio')
  assert.deepEqual([total, near.length, titlesOf(near).includes('Kettle')], [0, 4, false])
})

test('of two topics that are about as rare, what is near has one; a topic far rarer than all others is never missing', async () => {
  const { practice, search } = await library()
  for (let i = 0; i < 3; i++) await practice(`Radio lessons ${i}`)
  for (let i = 0; i < 5; i++) await practice(`Video lessons ${i}`)
  for (let i = 0; i < 12; i++) await practice(`Tablets in class ${i}`)
  const hasOf = async (q: string) => {
    const { total, near } = await search(q, { languages: ['en'] })
    assert.equal(total, 0, q)
    return ['Radio', 'Video', 'Tablets'].filter((word) => titlesOf(near).some((title) => title.includes(word)))
  }
  assert.deepEqual(await hasOf('radio video'), ['Radio', 'Video'])
  assert.deepEqual(await hasOf('radio tablets'), ['Radio'])
})

test('where hardly anything is of the rarest topic, what is of the next is near too', async () => {
  const { practice, search } = await library()
  await practice('Radio lessons')
  for (let i = 0; i < 9; i++) await practice(`Tablets in class ${i}`)
  const { near } = await search('radio tablets', { languages: ['en'] })
  assert.deepEqual([near.length, titlesOf(near).filter((title) => /Tablets/.test(title)).length], [10, 9])
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

test('of what was imported at once, the newest year comes first where no words were asked for', async () => {
  const { practice, titles } = await library()
  for (const year of ['2011', '2019', '2015', '']) await practice(`Radio ${year}`, year ? { startedOn: year } : {})
  assert.deepEqual(await titles('', { kind: ['practice'] }), ['Radio 2019', 'Radio 2015', 'Radio 2011', 'Radio '])
})

test('all editions of a work are listed the newest first, where a search leads and on the page of each', async () => {
  const { share, get } = await library()
  const ids = new Map<string, string>()
  for (const year of ['2011', '2019', '2015', ''])
    ids.set(
      year,
      await share('resources', {
        title: { en: `Physics ${year}` },
        originalLanguage: 'en',
        type: 'book',
        languages: ['en'],
        work: '0123456789abcdef',
        ...(year && { publishedOn: year }),
      }),
    )
  const { body } = await get('/search?q=physics')
  const [, path] = /href="([^"]+)"[^>]*>Show all 4 editions/.exec(body)!
  const titlesIn = (page: string) => [...new Set([...page.matchAll(/>(Physics ?\d*)</g)].map(([, title]) => title))]
  const listed = titlesIn((await get(path!.replaceAll('&amp;', '&'))).body)
  assert.deepEqual(listed, ['Physics 2019', 'Physics 2015', 'Physics 2011', 'Physics '])
  const page = (await get(`/records/${ids.get('2015')!}`)).body
  const section = page.slice(page.indexOf('<ul class="links">'))
  assert.deepEqual(titlesIn(section).slice(0, 3), ['Physics 2019', 'Physics 2011', 'Physics '])
  assert.match(section, /Physics 2019<\/a> <span class="small">English · 2019</)
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

test('page, API, file and feed have the same order, the chosen one or that of the words', async () => {
  const { practice, get } = await library()
  await practice('Radio in villages', { summary: { en: 'Lessons by radio, and more radio.' } })
  await practice('Villages', {
    summary: { en: 'A long account that names the radio but once, among many other things.' },
  })
  await practice('Radio', { summary: { en: 'For villages.' } })
  const orders = async (more: string) => {
    const of = async (path: string) => (await get(`${path}?q=radio+villages${more}`)).body
    const firsts = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, title]) => title)
    return [
      firsts(await of('/search'), /<h2><a[^>]* href="[^"]*"\s*>([^<]+)<\/a\s*>/g),
      JSON.parse(await of('/api/search')).records.map(({ body }: any) => body.title.en),
      (await of('/search.csv'))
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => /Radio in villages|Villages|Radio/.exec(line)?.[0]),
      firsts(await of('/search.atom'), /<entry>[^]*?<title[^>]*>([^<]+)<\/title>/g),
    ]
  }
  for (const more of ['', '&sort=newest', '&sort=title']) {
    const [page, api, file, feed] = await orders(more)
    assert.deepEqual([page, file, feed], [api, api, api], more)
    assert.equal(api.length, 3)
  }
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

test('a name is one however it is typed: what is near is about what is called so', async () => {
  const { share, practice, search } = await library()
  const named = (title: string) => ({ title: { en: title }, originalLanguage: 'en' })
  await share('solutions', named('Kalibra'))
  await practice('Tusomba: reading with tablets')
  for (let i = 0; i < 4; i++) await practice(`Mathematics in class ${i}`)
  for (const [q, first] of [
    ['kalibra for mathematics', 'Kalibra'],
    ['mathematics with tusomba', 'Tusomba: reading with tablets'],
  ] as const)
    assert.deepEqual(titlesOf((await search(q, { languages: ['en'] })).near), [first], q)
})

test('who types a name alone finds first what is called so, and is told why', async () => {
  const { practice, resource, search, as } = await library()
  const id = await practice('Telekibra: a school by television', {
    description: {
      en: 'Lessons on television for villages. '.repeat(20),
      fr: 'Des leçons à la télévision. '.repeat(20),
    },
  })
  for (let i = 0; i < 4; i++) await resource(`Telekibra in figures ${i}: what became of Telekibra`)
  assert.equal(
    titlesOf((await search('telekibra', { languages: ['en'] })).records)[0],
    'Telekibra: a school by television',
  )
  const { clauses } = await as()('search.explain', { q: 'telekibra', languages: ['en'], id })
  const terms = clauses[0].branches.flatMap((branch: any) => branch.terms)
  assert.equal(terms.length, 2, 'as a word, and as a name')
  for (const { term, places } of terms) assert.deepEqual([term, places], ['telekibra', ['title']])
})

test('a word with other forms is none, though a record is called so', async () => {
  const { share, practice, search } = await library()
  await share('solutions', { title: { en: 'Repair' }, originalLanguage: 'en' })
  for (let i = 0; i < 4; i++) await practice(`Repairing tablets ${i}`)
  await practice('Tablets in class')
  const { near } = await search('repair tablets in kitchens', { languages: ['en'] })
  assert.ok(titlesOf(near).includes('Tablets in class'), titlesOf(near).join(', '))
})

test('who hears the page is told why a result is there by the title that the page shows', async () => {
  const { share, get } = await library()
  const title = { en: 'Lessons by radio', fr: 'Des leçons par la radio' }
  await share('practices', { title, originalLanguage: 'en', type: 'practice' })
  const { body } = await get('/fr/search?q=radio')
  const [, named] = /aria-labelledby="w\d+ (t\d+)"/.exec(body)!
  assert.match(body, new RegExp(`id="${named}"[^>]*>\\s*(?:<bdi[^>]*>)?Des leçons par la radio`))
})
