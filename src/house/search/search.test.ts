/** The index beside a slow and obvious one that looks through every document. */
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { analyse } from './analysis.ts'
import { searchSorts, type Clause, type Phrase, type SearchDocument, type SearchRequest } from './contract.ts'
import { createSearchIndex } from './index.ts'
import { requestOf } from '../../../test/asked.ts'

type Words = Map<string, Set<number>>

function wordsOf({ title, texts }: SearchDocument): Words {
  const words: Words = new Map()
  const whole = texts.some(({ weight }) => weight === 'title') ? texts : [{ text: title, language: '' }, ...texts]
  let next = 0
  for (const { text, language } of whole) {
    next = analyse(text, language, next, (term, at) => words.set(term, (words.get(term) ?? new Set()).add(at))) + 1
  }
  return words
}

function hasPhrase(words: Words, phrase: Phrase): boolean {
  const starts = phrase.map(({ offset, terms }) =>
    terms.flatMap(({ term }) => [...(words.get(term) ?? [])].map((position) => position - offset)),
  )
  return starts[0]!.some((start) => starts.every((here) => here.includes(start)))
}

const hasClause = (words: Words, { any }: Clause): boolean =>
  any.some((branch) =>
    'phrase' in branch ? hasPhrase(words, branch.phrase) : branch.all.every((clause) => hasClause(words, clause)),
  )

function obvious(documents: Map<number, SearchDocument>, request: SearchRequest) {
  const { required, excluded } = request.query
  const { yearFrom = -Infinity, yearTo = Infinity } = request
  const bounded = request.yearFrom !== undefined || request.yearTo !== undefined
  const found = [...documents.values()].filter((document) => {
    const words = wordsOf(document)
    if (bounded && (document.year === null || document.year < yearFrom || document.year > yearTo)) return false
    return required.every((clause) => hasClause(words, clause)) && !excluded.some((clause) => hasClause(words, clause))
  })
  const passing = (but?: string) =>
    found.filter(({ values }) =>
      Object.entries(request.filters).every(
        ([facet, wanted]) =>
          facet === but || wanted.length === 0 || wanted.some((value) => values[facet]?.includes(value)),
      ),
    )
  const facets = request.facets.map((facet) => {
    const counts = new Map<string, number>((request.filters[facet] ?? []).map((value) => [value, 0]))
    for (const { values } of passing(facet)) {
      for (const value of new Set(values[facet])) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return [facet, Object.fromEntries(counts)]
  })
  return { numbers: passing().map(({ number }) => number), facets: Object.fromEntries(facets) }
}

const vocabulary = [
  'radio',
  'radios',
  'école',
  'écoles',
  'ecole',
  'школа',
  'школы',
  '教育',
  '在线教育',
  'مدارس',
  'المدارس',
  'e-learning',
  'elearning',
  'learning',
  'e',
  '線',
]
const word = fc.constantFrom(...vocabulary)
const sentence = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '))
const language = fc.constantFrom('en', 'fr', 'ru', 'zh', 'ar', 'und', 'pt-BR')
const value = fc.constantFrom('a', 'b', 'c', '__proto__')
const some = fc.array(value, { maxLength: 3 })
const year = fc.integer({ min: 2000, max: 2004 })

const put = fc.record({
  number: fc.integer({ min: 1, max: 40 }),
  title: sentence,
  texts: fc.array(
    fc.record({
      text: sentence,
      language,
      weight: fc.constantFrom('title' as const, 'heading' as const, 'text' as const),
    }),
    { maxLength: 3 },
  ),
  values: fc.record({ one: some, two: some }, { requiredKeys: [] }),
  year: fc.option(year),
  changedAt: fc.integer({ min: 0, max: 5 }),
})
const change = fc.record({
  put: fc.array(put, { maxLength: 12 }),
  remove: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
})

const typed = fc
  .array(
    fc.oneof(
      word,
      word,
      word.map((one) => `-${one}`),
      fc
        .tuple(fc.constantFrom('', '-'), fc.array(word, { minLength: 1, maxLength: 3 }))
        .map(([sign, words]) => `${sign}"${words.join(' ')}"`),
    ),
    { maxLength: 3 },
  )
  .map((pieces) => pieces.join(' '))

const question = fc.record({
  text: typed,
  filters: fc.record({ one: some, two: some }, { requiredKeys: [] }),
  yearFrom: fc.option(year, { nil: undefined }),
  yearTo: fc.option(year, { nil: undefined }),
  sort: fc.constantFrom(...searchSorts),
  languages: fc.array(language, { maxLength: 2 }),
})

test('it finds and counts what looking through every document would', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 10 }),
      fc.array(question, { minLength: 1, maxLength: 8 }),
      async (changes, questions) => {
        const index = createSearchIndex({ segmentDocuments: 5 })
        const documents = new Map<number, SearchDocument>()
        for (const [seq, { put: documentsToPut, remove }] of changes.entries()) {
          await index.apply({ put: documentsToPut, remove }, seq)
          for (const document of documentsToPut) documents.set(document.number, document)
          for (const number of remove) documents.delete(number)
        }
        assert.equal(index.memory().documents, documents.size)

        for (const asked of questions) {
          const request = requestOf({ ...asked, limit: 100, facets: ['one', 'two'], facetLimit: 100 })
          const answer = await index.search(request)
          const expected = obvious(documents, request)

          assert.equal(answer.total, expected.numbers.length)
          assert.deepEqual(
            answer.hits.map(({ number }) => number).sort((a, b) => a - b),
            expected.numbers.sort((a, b) => a - b),
          )
          const counts = Object.entries(answer.facets).map(([facet, list]) => [
            facet,
            Object.fromEntries(list.map((one) => [one.value, one.count])),
          ])
          assert.deepEqual(Object.fromEntries(counts), expected.facets)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('terms of many blocks are intersected, and phrases found in them, as in small ones', async () => {
  const index = createSearchIndex({ segmentDocuments: 700 })
  const put = Array.from({ length: 3_000 }, (_, i): SearchDocument => {
    const words = ['all', i % 2 ? 'odd' : 'even', i % 3 ? 'rest' : 'third', i % 500 ? 'common' : 'rare']
    const texts: SearchDocument['texts'] = [{ text: words.join(' '), language: 'und', weight: 'text' }]
    return { number: i + 1, title: '', texts, values: { one: [`${i % 7}`] }, year: null, changedAt: i }
  })
  await index.apply({ put, remove: [] }, 1)
  await index.apply(
    { put: [], remove: Array.from({ length: 1_500 }, (_, i) => i * 2 + 1).filter((n) => n % 5 === 0) },
    2,
  )
  const documents = new Map(
    put.filter(({ number }) => !(number % 2 === 1 && number % 5 === 0)).map((one) => [one.number, one]),
  )

  for (const text of [
    'all',
    'rare',
    'odd third',
    '"odd third"',
    '"third odd"',
    'rare third',
    'all -odd -"even third"',
    'rare -third',
    '"all even" common',
  ]) {
    const request = requestOf({ text, sort: 'oldest', limit: 1_000, facets: ['one'] })
    const answer = await index.search(request)
    const expected = obvious(documents, request)
    assert.equal(answer.total, expected.numbers.length, text)
    assert.deepEqual(
      answer.hits.map(({ number }) => number),
      expected.numbers.sort((a, b) => a - b).slice(0, 1_000),
      text,
    )
    assert.deepEqual(
      Object.fromEntries(answer.facets.one!.map((one) => [one.value, one.count])),
      expected.facets.one,
      text,
    )
  }
})
