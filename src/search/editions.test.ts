/** A work in several languages: readers see the edition in theirs, whichever has their words, and are told which has. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

const node = await library()
const { share, search, get } = node

type Edition = { language: string; title: string; work: string; year?: string }

const edition = ({ language, title, work, year }: Edition) =>
  share('resources', {
    title: { [language]: title },
    originalLanguage: language,
    type: 'story',
    languages: [language],
    work,
    ...(year && { publishedOn: year }),
  })

const crow = '0123456789abcdef'
const lion = '0123456789abcdeg'
const ids: Record<string, string> = {}
for (const [language, title] of [
  ['sw', 'Kunguru mjanja'],
  ['en', 'The clever bird'],
  ['fr', 'L’oiseau malin'],
  ['es-PE', 'El ave lista'],
  ['es', 'El pájaro listo'],
  ['zh-Hant', '聰明的鳥'],
  ['zh-Hans', '聪明的鸟'],
] as const)
  ids[language] = await edition({ language, title, work: crow })
for (const [language, title] of [
  ['sw', 'Simba na kunguru'],
  ['en', 'Lions'],
] as const)
  ids[`lion-${language}`] = await edition({ language, title, work: lion })

const titlesOf = (all: any[]) => all.map(({ body }) => Object.values(body.title)[0])
/** Titles of cards, and what is told of why they are there. */
const cardsOf = (body: string) =>
  [
    ...body.matchAll(/<h[23]><a[^>]* href="([^"]+)"\s*>\s*(?:<\w+[^>]*>)?([^<]+)<[^]*?<p class="why">\s*([^<]*?)\s*</g),
  ].map(([, path, title, why]) => ({ path, title: title!.trim(), why }))

test('a work stands under the title that its reader can read, in each language, with the language that has the words', async () => {
  for (const [prefix, language, title, why] of [
    ['/fr', 'fr', 'L’oiseau malin', 'Trouvé par son édition en swahili.'],
    ['/es', 'es', 'El pájaro listo', 'Encontrado por su edición en suajili.'],
    ['', 'en', 'The clever bird', 'Found by its edition in Swahili.'],
    ['/zh', 'zh-Hans', '聪明的鸟', '通过其斯瓦希里语版本找到。'],
  ] as const) {
    const { body } = await get(`${prefix}/search?q=mjanja`)
    assert.deepEqual(cardsOf(body), [{ path: `${prefix}/records/${ids[language]}`, title, why }], language)
    assert.ok(!body.includes('Kunguru mjanja'), language)
  }
})

test('whoever has the words in their own language is told nothing, and who asks why sees the edition that has them', async () => {
  const own = (await get('/fr/search?q=malin')).body
  assert.deepEqual(cardsOf(own), [{ path: `/fr/records/${ids.fr}`, title: 'L’oiseau malin', why: '' }])
  const { body } = await get('/fr/search?q=mjanja')
  const [, path] = /href="(\/fr\/search\/explanations\/[^"]+)"/.exec(body)!
  const page = (await get(path!)).body
  assert.match(
    page,
    /L’oiseau malin[^]*Cette édition ne contient pas ces mots[^]*Kunguru mjanja[^]*<td class="amount">/,
  )
  const explained = (await get(`/api/search/explanations/${ids.fr}?q=mjanja&lang=fr`)).json()
  assert.deepEqual([explained.found, explained.record.id, explained.edition.id], [true, ids.fr, ids.sw])
  assert.equal((await get(`/api/search/explanations/${ids.sw}?q=mjanja`)).json().edition, undefined)
})

test('who asks for what is in a language gets that edition, by a filter or in words', async () => {
  for (const more of ['q=kunguru&language=sw', 'q=kunguru+language:sw', 'q=mjanja+en+swahili']) {
    const { body } = await get(`/fr/search?${more}`)
    assert.ok(body.includes('Kunguru mjanja') && !body.includes('L’oiseau malin'), more)
    assert.ok(!body.includes('Trouvé par son édition'), more)
  }
  const { near } = await search('mjanja en francés', { languages: ['es'] })
  assert.deepEqual(titlesOf(near), ['L’oiseau malin'], 'also where no edition is of both')
})

test('where the reader’s language has none, the edition that has the words stays', async () => {
  const found = await search('simba', { languages: ['fr'] })
  assert.deepEqual([titlesOf(found.records), found.foundIn], [['Simba na kunguru'], [null]])
  const inEnglish = await search('simba', { languages: ['en'] })
  assert.deepEqual([titlesOf(inEnglish.records), inEnglish.foundIn], [['Lions'], ['sw']])
  assert.deepEqual(titlesOf((await search('simba', {})).records), ['Simba na kunguru'], 'nobody said what they read')
  assert.deepEqual(titlesOf((await search('simba', { languages: ['ru', 'en'] })).records), ['Lions'])
  const everything = await search('', { languages: ['ru'], kind: ['resource'] })
  assert.deepEqual(
    [titlesOf(everything.records).sort(), everything.foundIn],
    [
      ['Lions', 'The clever bird'],
      [null, null],
    ],
    'of those that are found English comes first',
  )
  assert.deepEqual(titlesOf((await search('kunguru mjanja', { languages: ['ru'] })).records), ['Kunguru mjanja'])
})

test('page, API, files and feed show the same edition, and each edition that is found is a line of a file', async () => {
  const { records, foundIn, total, works, editions } = (await get('/api/search?q=kunguru&lang=fr')).json()
  assert.deepEqual(
    [titlesOf(records).sort(), foundIn.filter(Boolean), total, works],
    [['L’oiseau malin', 'Simba na kunguru'], ['sw'], 2, 2],
  )
  assert.equal(editions[titlesOf(records).indexOf('L’oiseau malin')].count, 7)
  const titles = titlesOf(records)
  const inOrder = (text: string) =>
    [...text.matchAll(/L’oiseau malin|Simba na kunguru|Kunguru mjanja/g)].map(([title]) => title)
  const { body: csv } = await get('/fr/search.csv?q=kunguru')
  assert.deepEqual(inOrder(csv), titles)
  assert.deepEqual(titlesOf((await get('/fr/search.json?q=kunguru')).json()), titles)
  assert.deepEqual(inOrder((await get('/fr/search.atom?q=kunguru')).body), titles)
  assert.deepEqual(
    cardsOf((await get('/fr/search?q=kunguru')).body).map(({ title }) => title),
    titles,
  )
  const several = await get('/fr/search.csv?q=story')
  assert.equal(several.body.trim().split('\n').length, 1 + 9, 'where the reader’s is found itself, all are as they are')
})

test('what a filter or an excluded word keeps out is not shown in place of what was found', async () => {
  for (const more of [{ not: ['language:fr'] }, { q: 'mjanja -malin' }, { exact: 'true', not: ['language:fr'] }]) {
    const { q = 'mjanja', ...filters } = more
    const { records } = await search(q, { languages: ['fr'], ...filters })
    assert.deepEqual(titlesOf(records), ['Kunguru mjanja'], JSON.stringify(more))
  }
  assert.equal(
    (await search('', { linked: [`work:${crow}`], languages: ['fr'] })).records.length,
    7,
    'all are asked for',
  )
})

test('of several in one language the newest is shown, and one that has the words before it', async () => {
  const work = '0123456789abcdeh'
  for (const [language, title, year] of [
    ['sw', 'Tembo', '2020'],
    ['fr', 'Éléphant ancien', '2011'],
    ['fr', 'Éléphant récent', '2019'],
    ['fr', 'Éléphant tembo', '2005'],
  ] as const)
    await edition({ language, title, work, year })
  const shown = async (q: string, more = {}) => titlesOf((await search(q, { languages: ['fr'], ...more })).records)
  assert.deepEqual(await shown('tembo -ancien', { from: 2006 }), ['Éléphant récent'])
  assert.deepEqual(await shown('tembo'), ['Éléphant tembo'])
})

test('in the order of titles or years, works stand by what is shown of them, on each page once', async () => {
  const all = async (sort: string) => {
    const first = await search('', { kind: ['resource'], languages: ['fr'], sort, limit: 2 })
    const next = await search('', { kind: ['resource'], languages: ['fr'], sort, limit: 2, after: first.next })
    return titlesOf([...first.records, ...next.records])
  }
  assert.deepEqual(await all('title'), ['Éléphant ancien', 'L’oiseau malin', 'Lions'])
  assert.equal((await all('year'))[0], 'Éléphant récent')
})

test('what is suggested while people type has the title that they can read', async () => {
  const texts = (await get('/fr/search/suggestions?q=mjanj')).json().map(({ text }: { text: string }) => text)
  assert.ok(texts.includes('L’oiseau malin') && !texts.includes('Kunguru mjanja'), texts.join(', '))
})

test('so has what is the best of each kind, which says where the words are', async () => {
  for (let i = 0; i < 60; i++) await node.practice(`Mjanja ${i}`)
  await share('organisations', { title: { en: 'Mjanja' }, originalLanguage: 'en' })
  const { assistance } = await search('mjanja', { assist: 'true', languages: ['fr'] })
  const group = assistance.groups.find(({ kind }: { kind: string }) => kind === 'resource')
  assert.deepEqual([titlesOf(group.records), group.foundIn], [['L’oiseau malin'], ['sw']])
  const { body } = await get('/fr/search?q=mjanja')
  assert.match(body, /L’oiseau malin[^]*Trouvé par son édition en swahili/)
})

test('of a work that has no edition in the language of the page, that is said with those that there are', async () => {
  const told = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  const french = told((await get('/fr/search?q=simba')).body)
  assert.match(french, /Aucune édition en français\. En 2 langues : (anglais, swahili|swahili, anglais)\./)
  assert.doesNotMatch(told((await get('/en/search?q=simba')).body), /No edition in/)
})
