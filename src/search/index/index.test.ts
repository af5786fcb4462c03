import assert from 'node:assert/strict'
import test from 'node:test'
import {
  SearchKeyError,
  searchSorts,
  type Branch,
  type ParsedQuery,
  type SearchDocument,
  type SearchIndex,
} from '../contract.ts'
import { createSearchIndex } from './index.ts'
import { requestOf, type Question } from '../../../test/asked.ts'

function written(number: number, text: string, language = 'en', more: Partial<SearchDocument> = {}): SearchDocument {
  const texts: SearchDocument['texts'] = [{ text, language, weight: 'text' }]
  return { number, title: `Record ${number}`, texts, values: {}, year: null, changedAt: number, ...more }
}

async function indexWith(put: SearchDocument[]): Promise<SearchIndex> {
  const index = createSearchIndex()
  await index.apply({ put, remove: [] }, 1)
  return index
}

async function found(index: SearchIndex, request: Question): Promise<number[]> {
  return (await index.search(requestOf(request))).hits.map(({ number }) => number)
}

const inflected: [language: string, text: string, queries: string[]][] = [
  ['fr', "L'école rurale ouvre ses portes", ['écoles', 'ecole', "l'école", 'RURALES', 'portes']],
  ['fr', 'Les écoles du pays', ['école', 'Ecoles']],
  ['ru', 'Подготовка учителей в школах', ['учителя', 'учитель', 'школа', 'УЧИТЕЛЕЙ']],
  ['ru', 'Ещё один урок', ['еще', 'уроки']],
  ['ar', 'تدريب المعلمين في المدارس', ['مدارس', 'والمدارس', 'للمدارس', 'المُعَلِّمين', 'معلم', 'التدريب']],
  ['ar', 'قصص باللغة العربية', ['عربية', 'العربية', 'بالعربية']],
  ['ar', 'مدارس رقمية', ['المدارس', 'الرقميه']],
  ['es', 'La educación a distancia', ['educacion', 'educación', 'EDUCACIÓN', 'distancias']],
  ['es', 'educacion rural', ['educación', 'rurales']],
  [
    'es',
    'Capacitación y evaluación bilingüe',
    ['capacitacion', 'capacitaciones', 'EVALUACION', 'bilingue', 'bilingües'],
  ],
  ['es', 'tecnologia y energia', ['tecnología', 'tecnologías', 'tecnológico', 'energía']],
  ['fr', 'Sécurité des données, première année', ['securite', 'donnees', 'premiere annee', 'premières', 'sécurités']],
  ['zh', '农村学校的在线教育平台', ['教育', '在线教育', '平台', '学校 教育', '"在线教育"', '线']],
  ['zh-Hant', '線上教育平臺', ['教育', '平臺']],
  ['en', 'Teachers are teaching with radios', ['teacher', 'teach', 'radio', "teacher's", 'teaches']],
  ['pt-BR', 'Formação de professores', ['formacao', 'formação', 'professor']],
  ['de', 'Schulen auf der Straße', ['Schule', 'strasse']],
  ['hi', 'ग्रामीण शिक्षा के लिए रेडियो', ['शिक्षा', 'रेडियो']],
  ['am', 'የትምህርት ሬዲዮ ሐገር', ['ሬዲዮ', 'ሀገር']],
  ['th', 'การศึกษาออนไลน์', ['ออนไลน์', 'การศึกษา']],
  ['ko', '온라인 교육을 위한', ['교육', '교육을']],
  ['ja', 'オンライン学習の教材', ['学習', 'オンライン', 'ｵﾝﾗｲﾝ']],
  ['sw', "Shule za ng'ombe", ['ngombe', 'ng’ombe', 'shule']],
  ['und', 'ＩＣＴ and e-learning in 2024', ['ict', 'elearning', 'e-learning', '"e learning"', '٢٠٢٤']],
]

for (const [language, text, queries] of inflected) {
  test(`“${text}” (${language}) is found by ${queries.join(', ')}`, async () => {
    const index = await indexWith([written(1, text, language), written(2, 'nothing of the kind', 'en')])

    const languages = [language]
    for (const query of queries) assert.deepEqual(await found(index, { text: query, languages }), [1], query)
  })
}

test('a country is not the one whose name begins like it, and the Arabic language is not a cart', async () => {
  const ru = await indexWith([written(1, 'Школы Нигера', 'ru'), written(2, 'Школы Нигерии', 'ru')])
  assert.deepEqual(await found(ru, { text: 'Нигер', languages: ['ru'] }), [1])
  assert.deepEqual(await found(ru, { text: 'Нигерия', languages: ['ru'] }), [2])
  const ar = await indexWith([written(1, 'عربة صغيرة', 'ar'), written(2, 'قصص بالعربية', 'ar')])
  assert.deepEqual(await found(ar, { text: 'العربية', languages: ['ar'] }), [2])
  assert.deepEqual(await found(ar, { text: 'عربات', languages: ['ar'] }), [1])
})

test('the asker’s own language helps where it is none of the six', async () => {
  const index = await indexWith([written(1, 'Häuser und Schulen', 'de')])

  assert.deepEqual(await found(index, { text: 'Häusern', languages: ['fr'] }), [])
  assert.deepEqual(await found(index, { text: 'Häusern', languages: ['de-CH'] }), [1])
})

test('all words must be found, and a stray mark breaks nothing', async () => {
  const index = await indexWith([written(1, 'radio lessons in Kenya'), written(2, 'radio repair')])

  assert.deepEqual(await found(index, { text: 'radio kenya' }), [1])
  for (const text of [
    'radio " kenya',
    '"radio" kenya"',
    '-- radio kenya -',
    'kenya\u202E radio\u0000',
    '«radio lessons kenya',
  ]) {
    assert.deepEqual(await found(index, { text }), [1], text)
  }
  for (const text of ['', '  ', '"', '-', '-"', '!!!', '""'])
    assert.equal((await found(index, { text })).length, 2, text)
})

test('a phrase stands together, in one text, as it was written', async () => {
  const texts: SearchDocument['texts'] = [
    { text: 'rural', language: 'en', weight: 'title' },
    { text: 'schools', language: 'en', weight: 'text' },
  ]
  const index = await indexWith([
    written(1, 'the rural schools of Kenya'),
    written(2, 'schools in rural Kenya'),
    written(3, '', 'en', { texts }),
    written(4, 'a rural school'),
  ])

  for (const text of ['"rural schools"', '« Rural schools »', '“rural schools”', '「rural schools」']) {
    assert.deepEqual(await found(index, { text }), [1], text)
  }
  assert.equal((await found(index, { text: 'rural schools' })).length, 4)
})

test('exclusions leave out words and phrases; alone they leave the rest', async () => {
  const index = await indexWith([written(1, 'radio lessons'), written(2, 'radio repair'), written(3, 'e-learning')])

  assert.deepEqual(await found(index, { text: 'radio -repair' }), [1])
  assert.deepEqual(await found(index, { text: 'radio −repairs' }), [1])
  assert.deepEqual((await found(index, { text: '-"radio lessons"' })).sort(), [2, 3])
  assert.deepEqual(await found(index, { text: 'e-learning' }), [3])
  assert.deepEqual((await index.search(requestOf({ text: 'Radio -repair' }))).words, ['radio', '-repair'])
})

test('a title comes before a text, and the word as typed before its other forms', async () => {
  const title = (number: number, text: string) =>
    written(number, '', 'en', { title: text, texts: [{ text, language: 'en', weight: 'title' }] })
  const index = await indexWith([
    written(1, 'radios radios radios radios radios radios'),
    written(2, 'radio radio radio radio radio radio'),
    title(3, 'Radios for schools'),
    title(4, 'Radio for schools'),
    written(5, 'unrelated'),
  ])

  assert.deepEqual(await found(index, { text: 'radio' }), [4, 3, 2, 1])
})

const places = (number: number, country: string[], kind: string, year: number | null = null) =>
  written(number, 'lesson', 'en', { values: { country, kind: [kind] }, year })

test('filters are any of a facet and all of the facets; counts leave out their own filter', async () => {
  const index = await indexWith([
    places(1, ['KE', 'TZ'], 'practice'),
    places(2, ['KE'], 'lesson'),
    places(3, ['TZ'], 'practice'),
    places(4, ['FR'], 'practice'),
  ])

  const answer = await index.search(
    requestOf({
      filters: { country: ['KE', 'FR', 'XX'], kind: ['practice'] },
      facets: ['country', 'kind', 'unknown'],
      facetLimit: 4,
    }),
  )

  assert.deepEqual(answer.hits.map(({ number }) => number).sort(), [1, 4])
  assert.deepEqual(answer.facets, {
    country: [
      { value: 'TZ', count: 2 },
      { value: 'FR', count: 1 },
      { value: 'KE', count: 1 },
      { value: 'XX', count: 0 },
    ],
    kind: [
      { value: 'practice', count: 2 },
      { value: 'lesson', count: 1 },
    ],
    unknown: [],
  })
  assert.deepEqual(await found(index, { filters: { planet: ['Mars'] } }), [])
})

test('what is excluded is nowhere counted, and each filter says what there would be without it', async () => {
  const index = await indexWith([
    places(1, ['KE', 'TZ'], 'practice', 2001),
    places(2, ['KE'], 'lesson', 2001),
    places(3, ['TZ'], 'practice', 2001),
    places(4, ['FR'], 'practice', 1999),
  ])

  const request: Question = { filters: { kind: ['practice'] }, yearFrom: 2000, facets: ['country', 'kind'] }
  const all = await index.search(requestOf(request))
  const fewer = await index.search(requestOf({ ...request, without: { country: ['KE'] } }))

  assert.deepEqual([all.total, all.totalWithout], [2, { kind: 3, year: 3 }])
  assert.deepEqual([fewer.total, fewer.totalWithout], [1, { kind: 1, year: 2 }])
  assert.deepEqual(fewer.facets.country, [{ value: 'TZ', count: 1 }])
})

test('where nothing is found, each word says what there would be without it', async () => {
  const index = await indexWith([written(1, 'radio lessons in Kenya'), written(2, 'radio repair')])

  assert.deepEqual((await index.search(requestOf({ text: 'radio television' }))).totalWithoutClause, [
    { clause: 'radio', total: 0 },
    { clause: 'television', total: 2 },
  ])
  assert.deepEqual((await index.search(requestOf({ text: 'radio kenya' }))).totalWithoutClause, [])
})

test('a hit found by another word than the typed one says by which', async () => {
  const index = await indexWith([written(1, 'wireless lessons'), written(2, 'radio and wireless')])
  const request = requestOf({ text: 'radio' })
  const [radio] = request.query.required
  const wireless: Branch = {
    weight: 0.5,
    way: 0,
    phrase: [{ offset: 0, terms: [{ term: 'wireless', weight: 1 }] }],
  }
  const query: ParsedQuery = {
    ...request.query,
    required: [{ ...radio!, any: [...radio!.any, wireless] }],
    ways: [{ kind: 'synonym', typed: 'radio', words: 'wireless' }],
  }

  const { hits } = await index.search({ ...request, query })
  const explanation = await index.explain({ query }, 1)

  assert.deepEqual(
    hits.map(({ number, ways }) => [number, ways]),
    [
      [2, []],
      [1, [0]],
    ],
  )
  assert.equal(explanation?.score, hits[1]!.score)
  assert.deepEqual(
    explanation?.clauses.map(({ name, branches }) => [name, branches.map(({ way, terms }) => [way, terms[0]?.term])]),
    [['radio', [[0, 'wireless']]]],
  )
  assert.equal(await index.explain({ query }, 3), null)
})

test('similar records share telling words, whatever their forms; the record itself is not among them', async () => {
  const index = await indexWith([
    written(1, 'the solar panels of a village school'),
    written(2, 'solar panel for the school'),
    written(3, 'the and of a for'),
    written(4, 'a history of the panel'),
  ])

  const found = await index.similar(written(1, 'the solar panels of a village school'), 10)

  assert.equal(found[0]?.number, 2)
  assert.deepEqual(found[0]!.shared.slice(0, 3).sort(), ['panels', 'school', 'solar'])
  assert.ok(found.every(({ number }) => number !== 1))
})

test('years bound the hits, and what has no year is outside of any bound', async () => {
  const index = await indexWith([places(1, [], 'a', 1999), places(2, [], 'a', 2005), places(3, [], 'b', null)])

  assert.deepEqual(await found(index, { yearFrom: 2000 }), [2])
  assert.deepEqual(await found(index, { yearTo: 2004 }), [1])
  assert.deepEqual(await found(index, { sort: 'year' }), [2, 1, 3])
})

test('paging by key visits every hit once, in each sort', async () => {
  const put = Array.from({ length: 57 }, (_, i) =>
    written(i + 1, i % 2 ? 'radio' : 'radio radio school', 'en', {
      title: `Title ${'xyz'[i % 3]}`,
      year: i % 5 ? 2000 + (i % 7) : null,
      changedAt: 1_000 + (i % 4),
    }),
  )
  const index = createSearchIndex({ segmentDocuments: 10 })
  await index.apply({ put, remove: [] }, 1)

  for (const sort of searchSorts) {
    const whole = await found(index, { text: 'radio', sort, limit: 100 })
    const paged: number[] = []
    let after: string | undefined
    do {
      const answer = await index.search(requestOf({ text: 'radio', sort, limit: 5, after }))
      paged.push(...answer.hits.map(({ number }) => number))
      assert.equal(answer.total, 57)
      if (answer.next) assert.match(answer.next, /^[\w-]+$/)
      after = answer.next ?? undefined
    } while (after)
    assert.deepEqual(paged, whole, sort)
    assert.equal(new Set(paged).size, 57, sort)
  }
})

test('a key of another sort, or of nobody, is refused', async () => {
  const index = await indexWith([written(1, 'a'), written(2, 'b')])
  const { next } = await index.search(requestOf({ sort: 'newest', limit: 1 }))

  for (const after of ['', 'x', next!.slice(1), Buffer.from('["title",null,1]').toString('base64url')]) {
    await assert.rejects(index.search(requestOf({ sort: 'newest', after })), SearchKeyError)
  }
  await assert.rejects(index.search(requestOf({ sort: 'oldest', after: next! })), SearchKeyError)
})

test('a put replaces what was known by that number, and a removed record is gone', async () => {
  const index = await indexWith([written(1, 'radio'), written(2, 'radio')])

  await index.apply({ put: [written(1, 'television')], remove: [] }, 2)
  assert.deepEqual(await found(index, { text: 'radio' }), [2])
  assert.deepEqual(await found(index, { text: 'television' }), [1])

  await index.apply({ put: [], remove: [2, 99] }, 3)
  assert.deepEqual(await found(index, { text: 'radio' }), [])
  assert.equal(index.memory().documents, 1)
  assert.equal(index.seq, 3)
})

test('a title is found though no text repeats it', async () => {
  const index = await indexWith([written(7, 'text', 'en', { title: 'Mobile library' })])

  assert.deepEqual(await found(index, { text: 'library' }), [7])
})

test('words are completed by their letters, most frequent first', async () => {
  const index = await indexWith([
    written(1, 'école ecologie échange'),
    written(2, 'école'),
    written(3, '学习 学习 学校'),
  ])

  assert.deepEqual(await index.complete('Éc', 10), ['ecole', 'echange', 'ecologie'])
  assert.deepEqual(await index.complete('une eco', 1), ['ecole'])
  assert.deepEqual(await index.complete('学', 10), ['学习', '学校'])
  assert.deepEqual(await index.complete('', 10), [])
})

test('many single changes leave few segments', async () => {
  const index = createSearchIndex()
  for (let number = 1; number <= 300; number++)
    await index.apply({ put: [written(number, `word${number}`)], remove: [] }, number)

  assert.ok(index.memory().segments < 8)
  assert.deepEqual(await found(index, { text: 'word17' }), [17])
})

test('a number no directory can hold is refused, and changes nothing', async () => {
  const index = await indexWith([written(1, 'a')])

  for (const number of [0, -1, 1.5, 2 ** 40, Number.NaN]) {
    await assert.rejects(index.apply({ put: [written(2, 'b'), written(number, 'c')], remove: [1] }, 2), RangeError)
  }
  assert.equal(index.memory().documents, 1)
})
