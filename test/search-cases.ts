/** Documents, changes and questions as chance makes them, for tests of the search index. */
import * as fc from 'fast-check'
import { stemMark } from '#search/query/analysis.ts'
import { searchSorts, type Branch, type Clause, type SearchRequest, type Way } from '#search/contract.ts'
import { requestOf } from './asked.ts'

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
/** A record is an edition of one work at most. */
const linked = fc
  .tuple(some, fc.constantFrom([], ['work:1'], ['work:2'], ['work:3']))
  .map(([links, work]) => [...links, ...work])
const year = fc.integer({ min: 2000, max: 2004 })
const greatestNumber = 40

export const document = fc.record({
  number: fc.integer({ min: 1, max: greatestNumber }),
  title: sentence,
  texts: fc.array(
    fc.record({
      text: sentence,
      language,
      weight: fc.constantFrom('title' as const, 'heading' as const, 'text' as const),
    }),
    { maxLength: 3 },
  ),
  values: fc.record({ one: some, two: some, year: some, linked }, { requiredKeys: [] }),
  year: fc.option(year),
  changedAt: fc.integer({ min: 0, max: 5 }),
  standing: fc.integer({ min: 0, max: 5 }),
})

export const change = fc.record({
  put: fc.array(document, { maxLength: 12 }),
  remove: fc.array(fc.integer({ min: 1, max: greatestNumber }), { maxLength: 5 }),
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

const term = fc.constantFrom(
  'radio',
  'radios',
  'ecole',
  `${stemMark}ecol`,
  'learning',
  `${stemMark}learn`,
  'e',
  'nowhere',
)
const weight = fc.constantFrom(0.3, 0.85, 1, 1.5)
const slots = fc
  .array(fc.array(fc.record({ term, weight }), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map((places) => places.map((terms, offset) => ({ offset, terms })))
const way = fc.option(fc.nat({ max: 2 }), { nil: undefined })
const phraseBranch = fc.record({ weight, way, phrase: slots }, { requiredKeys: ['weight', 'phrase'] })
const { clause } = fc.letrec<{ clause: Clause; branch: Branch }>((tie) => ({
  clause: fc
    .record({ name: word, any: fc.array(tie('branch'), { minLength: 1, maxLength: 3 }), isOfPlace: fc.nat({ max: 3 }) })
    .map(({ isOfPlace, ...one }) => (isOfPlace === 0 ? { ...one, isCircumstance: true, isPlace: true } : one)),
  branch: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    phraseBranch as fc.Arbitrary<Branch>,
    fc.record(
      { weight, way, all: fc.array(tie('clause'), { minLength: 1, maxLength: 2 }) },
      { requiredKeys: ['weight', 'all'] },
    ) as fc.Arbitrary<Branch>,
    fc.record(
      {
        weight,
        way,
        most: fc.array(tie('clause'), { minLength: 1, maxLength: 4 }),
        worth: fc.constantFrom<number[]>([1], [1, 0.6], [1, 0.6, 0.35]),
      },
      { requiredKeys: ['weight', 'most', 'worth'] },
    ) as fc.Arbitrary<Branch>,
  ),
}))
const ways: Way[] = ['one', 'two', 'three'].map((words) => ({ kind: 'synonym', typed: 'radio', words }))
const tree = fc.record({
  required: fc.array(clause, { maxLength: 3 }),
  excluded: fc.array(clause, { maxLength: 1 }),
  words: fc.constant<string[]>(['any']),
  ways: fc.constant(ways),
})

/** A question as a person types it, or with branches of any shape such as an index may add. */
export const question: fc.Arbitrary<SearchRequest> = fc
  .record({
    text: typed,
    tree: fc.option(tree),
    filters: fc.record({ one: some, two: some, year: some, linked: some }, { requiredKeys: [] }),
    without: fc.option(fc.record({ one: some, linked: some }, { requiredKeys: [] }), { nil: undefined }),
    yearFrom: fc.option(year, { nil: undefined }),
    yearTo: fc.option(year, { nil: undefined }),
    sort: fc.constantFrom(...searchSorts),
    worksOnce: fc.option(fc.constant('two'), { nil: undefined }),
    languages: fc.array(language, { maxLength: 2 }),
  })
  .map(({ tree: query, without, ...asked }) => {
    const request = requestOf({ ...asked, limit: 100, facets: ['one', 'two', 'year', 'linked'], facetLimit: 100 })
    return { ...request, ...(without && { without: without as Record<string, string[]> }), ...(query && { query }) }
  })
