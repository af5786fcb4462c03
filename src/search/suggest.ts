/** What may be meant by the beginning of a question, as it is typed. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { FacetName } from '#records/facets.ts'
import { findStrict } from './find.ts'
import type { SearchInput } from './input.ts'
import { conceptsBeginning } from './knowledge.ts'

export const Suggestions = Type.Object({
  words: Type.Array(Type.String(), { description: 'The question with its last word completed' }),
  concepts: Type.Array(Type.Object({ id: Type.String(), label: Type.String(), language: Type.String() })),
  filters: Type.Array(Type.Object({ facet: Type.String(), value: Type.String() })),
  records: Type.Array(StoredRecord),
})
export type Suggestions = Static<typeof Suggestions>

const mostWords = 4
/** So many beginnings are looked at before the best of them are told. */
const mostBegun = 8
const mostConcepts = 4
const mostFilters = 3
const mostRecords = 4
const fewestLetters = 2
/** The filters that people name; the others are found on the page. */
const suggested = [
  'country',
  'language',
  'type',
  'subject',
  'technology',
  'kind',
  'region',
] as const satisfies readonly FacetName[]

const questionOf = (q: string, languages: string[]): SearchInput => ({
  q,
  exact: true,
  editions: false,
  languages,
  sort: 'relevance',
  limit: 0,
  facets: [],
  facetLimit: 0,
  assist: false,
})

/** What people look for says more than how often a word is used: a practice or a solution counts as ten others. */
const worthOf = (prominence: number) => (prominence > 1 ? 10 : prominence)

/** The questions that find something, those first that find most of what people look for. */
async function mostMeant(
  services: Context['services'],
  questions: readonly string[],
  languages: string[],
): Promise<string[]> {
  const weighed = await Promise.all(
    questions.map(async (question) => {
      const counted = { ...questionOf(question, languages), facets: ['kind' as const], facetLimit: 50 }
      const { facets } = await findStrict(services, counted)
      const worths = facets.kind!.map(({ value, count }) => count * worthOf(services.kinds.get(value)?.prominence ?? 1))
      return { question, worth: worths.reduce((sum, worth) => sum + worth, 0) }
    }),
  )
  return weighed
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, mostWords)
    .map(({ question }) => question)
}

type Filter = { facet: (typeof suggested)[number]; value: string }

/** The first of these that any record has: of seven thousand languages most begin nothing here. */
async function thatFind(services: Context['services'], filters: readonly Filter[]): Promise<Filter[]> {
  const looked = filters.slice(0, mostBegun)
  const totals = await Promise.all(
    looked.map(
      async ({ facet, value }) => (await findStrict(services, { ...questionOf('', []), [facet]: [value] })).total,
    ),
  )
  return looked.filter((_, at) => totals[at]! > 0).slice(0, mostFilters)
}

export async function suggestionsFor(
  { services, db }: Pick<Context, 'services' | 'db'>,
  typed: string,
  languages: string[],
): Promise<Suggestions> {
  const q = typed.trimStart().slice(0, 200)
  const last = /[\p{L}\p{M}\p{N}]+$/u.exec(q)?.[0] ?? ''
  if ([...q.trim()].length < fewestLetters) return { words: [], concepts: [], filters: [], records: [] }
  const { knowledge, search } = services
  const begun = last ? await search.complete(last, mostBegun) : []
  const words = await mostMeant(
    services,
    begun.map((word) => q.slice(0, q.length - last.length) + word),
    languages,
  )
  const { labels } = await knowledge.concepts()
  const filters = await thatFind(
    services,
    suggested.flatMap((facet) => knowledge.names.begin(facet, q, mostFilters).map((value) => ({ facet, value }))),
  )
  const request = words.length > 0 ? words.slice(0, 2) : [q]
  const found = await Promise.all(
    request.map((one) => findStrict(services, { ...questionOf(one, languages), limit: mostRecords / request.length })),
  )
  const numbers = [...new Set(found.flatMap(({ hits }) => hits.map(({ number }) => number)))]
  return {
    words,
    concepts: conceptsBeginning(labels, q, [...languages, 'en'], mostConcepts).map(({ id, label, language }) => ({
      id,
      label,
      language,
    })),
    filters,
    records: (await records(db).byNumbers(numbers)).filter(({ status }) => status === 'published'),
  }
}
