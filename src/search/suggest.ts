/** What may be meant by the beginning of a question, as it is typed. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { FacetName } from '#records/facets.ts'
import { find } from './find.ts'
import { conceptsBeginning } from './knowledge.ts'

export const Suggestions = Type.Object({
  words: Type.Array(Type.String(), { description: 'The question with its last word completed' }),
  concepts: Type.Array(Type.Object({ id: Type.String(), label: Type.String(), language: Type.String() })),
  filters: Type.Array(Type.Object({ facet: Type.String(), value: Type.String() })),
  records: Type.Array(StoredRecord),
})
export type Suggestions = Static<typeof Suggestions>

const mostWords = 4
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

export async function suggestionsFor(
  { services, db }: Pick<Context, 'services' | 'db'>,
  typed: string,
  languages: string[],
): Promise<Suggestions> {
  const q = typed.trimStart().slice(0, 200)
  const last = /[\p{L}\p{M}\p{N}]+$/u.exec(q)?.[0] ?? ''
  if ([...q.trim()].length < fewestLetters) return { words: [], concepts: [], filters: [], records: [] }
  const { knowledge, search } = services
  const begun = last ? await search.complete(last, mostWords) : []
  const words = begun.map((word) => q.slice(0, q.length - last.length) + word)
  const { labels } = await knowledge.concepts()
  const filters = suggested.flatMap((facet) =>
    knowledge.names.begin(facet, q, mostFilters).map((value) => ({ facet, value })),
  )
  const found = await find(services, {
    q: words[0] ?? q,
    exact: true,
    languages,
    sort: 'relevance',
    limit: mostRecords,
    facets: [],
    facetLimit: 0,
    assist: false,
  })
  return {
    words,
    concepts: conceptsBeginning(labels, q, [...languages, 'en'], mostConcepts).map(({ id, label, language }) => ({
      id,
      label,
      language,
    })),
    filters: filters.slice(0, mostFilters),
    records: (await records(db).byNumbers(found.hits.map(({ number }) => number))).filter(
      ({ status }) => status === 'published',
    ),
  }
}
