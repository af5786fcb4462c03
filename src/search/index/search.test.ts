/** The index beside a slow and obvious one that looks through every document. */
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import type { Explanation, SearchDocument, SearchIndex, SearchRequest } from '../contract.ts'
import { createSearchIndex } from './index.ts'
import { readingOf } from './index-reader.ts'
import { emptyState, indexWriterOf } from './index-writer.ts'
import { mergeAtRest } from './tiers.ts'
import { requestOf } from '../../../test/asked.ts'
import { obviousIndex, plain } from '../../../test/obvious-search.ts'
import { change, document, question } from '../../../test/search-cases.ts'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** Every sum in an explanation is made of the sums below it. */
function assertAddsUp({ score, clauses }: Explanation): void {
  assert.equal(sum(clauses.map((clause) => clause.score)), score)
  for (const clause of clauses) {
    const counted = clause.branches.filter((branch) => branch.counted)
    assert.deepEqual(
      counted.map((branch) => branch.score),
      [clause.score],
    )
    for (const branch of clause.branches) {
      const rest = branch.score - sum(branch.terms.map((term) => term.score))
      // Where some clauses are missing, what is left of the score is a whole number again.
      assert.ok(Math.abs(rest) < 0.0001)
    }
  }
}

/** The numbers of the hits, page by page. */
async function page(index: SearchIndex, request: SearchRequest): Promise<number[]> {
  const { hits, next } = await index.search(request)
  const here = hits.map(({ number }) => number)
  return next === null ? here : [...here, ...(await page(index, { ...request, after: next }))]
}

/** Each hit is explained by its own score; what is found by no text is not explained. */
async function assertExplained(index: SearchIndex, request: SearchRequest, documents: SearchDocument[]) {
  const unfiltered = {
    ...request,
    worksOnce: undefined,
    filters: {},
    without: {},
    yearFrom: undefined,
    yearTo: undefined,
  }
  const { hits } = await index.search(unfiltered)
  const scores = new Map(hits.map(({ number, score }) => [number, score]))
  for (const { number } of documents) {
    const explanation = await index.explain(request, number)
    assert.equal(explanation?.score, scores.get(number))
    if (explanation) assertAddsUp(explanation)
  }
}

test('it finds, orders, counts and explains as looking through every document would', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 10 }),
      fc.array(question, { minLength: 1, maxLength: 8 }),
      async (changes, questions) => {
        const index = createSearchIndex({ segmentDocuments: 5 })
        const obvious = obviousIndex()
        for (const [seq, { put, remove }] of changes.entries()) {
          await index.apply({ put, remove }, seq)
          obvious.apply({ put, remove })
        }
        assert.equal(index.memory().documents, obvious.size())

        for (const request of questions) {
          const expected = obvious.search(request)
          assert.deepEqual(plain(await index.search(request)), expected)
          assert.deepEqual(
            await page(index, { ...request, limit: 2 }),
            expected.hits.map(({ number }) => number),
          )
          await assertExplained(index, request, obvious.documents())
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('it finds similar documents as comparing with every document would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), document, async (changes, asked) => {
      const index = createSearchIndex({ segmentDocuments: 5 })
      const obvious = obviousIndex()
      for (const [seq, { put, remove }] of changes.entries()) {
        await index.apply({ put, remove }, seq)
        obvious.apply({ put, remove })
      }
      for (const filters of [{}, { one: ['a', 'b'] }] as Record<string, string[]>[]) {
        const found = await index.similar(asked, 50, filters)
        assert.deepEqual(
          found.map(({ number, score }) => ({ number, score })),
          obvious.similar(asked, filters),
        )
        assert.ok(found.every(({ shared }) => shared.length >= 2))
      }
    }),
    { numRuns: 100 },
  )
})

test('terms of many blocks are intersected, and phrases found in them, as in small ones', async () => {
  const index = createSearchIndex({ segmentDocuments: 700 })
  const obvious = obviousIndex()
  const put = Array.from({ length: 3_000 }, (_, i): SearchDocument => {
    const words = ['all', i % 2 ? 'odd' : 'even', i % 3 ? 'rest' : 'third', i % 500 ? 'common' : 'rare']
    const texts: SearchDocument['texts'] = [{ text: words.join(' '), language: 'und', weight: 'text' }]
    return { number: i + 1, title: '', texts, values: { one: [`${i % 7}`] }, year: null, changedAt: i }
  })
  const remove = Array.from({ length: 1_500 }, (_, i) => i * 2 + 1).filter((n) => n % 5 === 0)
  for (const changed of [
    { put, remove: [] },
    { put: [], remove },
  ]) {
    await index.apply(changed, 1)
    obvious.apply(changed)
  }

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
    const expected = obvious.search(request)
    const answer = plain(await index.search(request))
    assert.deepEqual(answer, { ...expected, hits: expected.hits.slice(0, 1_000) }, text)
  }
})

test('asked among some records, it finds what it finds of all, and no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.array(question, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }),
      async (changes, questions, among) => {
        const index = createSearchIndex({ segmentDocuments: 5 })
        for (const [seq, { put, remove }] of changes.entries()) await index.apply({ put, remove }, seq)
        for (const asked of questions) {
          const request: SearchRequest = { ...asked, limit: 1_000, after: undefined, worksOnce: undefined }
          const all = (await index.search(request)).hits.filter(({ number }) => among.includes(number))
          const some = await index.search({ ...request, among })
          assert.deepEqual([some.hits, some.total], [all, all.length])
        }
      },
    ),
  )
})

test('the first hits of a value are the first by the sort, also where parts hold them the other way round', async () => {
  const index = createSearchIndex({ segmentDocuments: 1 })
  for (const number of [2, 1]) {
    const one: SearchDocument = { number, title: '', texts: [], values: { one: ['a'] }, year: 2000, changedAt: 7 }
    await index.apply({ put: [one], remove: [] }, 3 - number)
  }
  for (const sort of ['relevance', 'newest', 'oldest', 'year', 'title'] as const) {
    const request = requestOf({ text: '', sort, facets: ['one'] })
    const { firstOf, hits } = await index.search({ ...request, firstOf: { facet: 'one', each: 1 } })
    assert.deepEqual([sort, firstOf!.a], [sort, { total: 2, hits: [{ number: hits[0]!.number, score: 0 }] }])
  }
})

test('the first hits of each value of a facet are those that the filter of the value would bring', async () => {
  const oneValue = (given: SearchDocument): SearchDocument => ({
    ...given,
    values: { ...given.values, one: (given.values.one ?? []).slice(0, 1) },
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 6 }),
      question,
      fc.integer({ min: 1, max: 3 }),
      async (changes, asked, each) => {
        const index = createSearchIndex({ segmentDocuments: 5 })
        for (const [seq, { put, remove }] of changes.entries())
          await index.apply({ put: put.map(oneValue), remove }, seq)
        const { one: _, ...filters } = asked.filters
        const request: SearchRequest = { ...asked, filters, facets: ['one'] }
        const { firstOf = {}, facets } = await index.search({ ...request, firstOf: { facet: 'one', each } })
        const counts = Object.entries(firstOf).map(([value, { total }]) => ({ value, count: total }))
        const inNames = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1)
        assert.deepEqual(counts.sort(inNames), facets.one!.toSorted(inNames))
        for (const [value, { hits }] of Object.entries(firstOf)) {
          const filtered = await index.search({ ...request, filters: { ...filters, one: [value] }, limit: each })
          assert.deepEqual(
            hits,
            filtered.hits.map(({ number, score }) => ({ number, score })),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('at rest the parts of a small index are made one, and it answers as before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 2, maxLength: 6 }),
      fc.array(question, { minLength: 1, maxLength: 3 }),
      async (changes, questions) => {
        const indexWriter = indexWriterOf(emptyState, { segmentDocuments: 2 })
        for (const [seq, { put, remove }] of changes.entries()) indexWriter.apply({ put, remove }, seq)
        const answers = () => {
          const reading = readingOf({ version: 0, parts: indexWriter.parts, table: indexWriter.table })
          return questions.map((request) => plain(reading.search(request)))
        }
        const before = answers()
        for (const _ of indexWriter.merging(mergeAtRest));
        assert.ok(indexWriter.parts.length <= 2)
        assert.deepEqual(answers(), before)
        assert.deepEqual(mergeAtRest(indexWriter.parts), [], 'and then it is left as it is')
      },
    ),
    { numRuns: 40 },
  )
})
