import { Type, type Static, type TSchema } from 'typebox'
import { operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'
import { SearchKeyError, searchSorts, type SearchRequest } from './contract.ts'
import { facetNames } from './document.ts'
import { parseQuery } from './query.ts'

const values = (facet: string) =>
  Type.Optional(
    Type.Array(Type.String({ maxLength: 300 }), {
      maxItems: 50,
      description: `Only records whose ${facet} is one of these`,
    }),
  )

const filters = Object.fromEntries(facetNames.map((facet) => [facet, values(facet)])) as Record<
  (typeof facetNames)[number],
  ReturnType<typeof values>
>

const Year = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 9999, description }))

/** What can be asked of search, in an address or a flag. */
export const SearchInput = Type.Object(
  {
    q: Type.String({
      default: '',
      maxLength: 100_000,
      description: 'Words (all must be found), "phrases in quotes", -exclusions',
    }),
    ...filters,
    linked: values('typed link: `relation:identifier`, such as `study:0123456789abcdef`,'),
    from: Year('First year'),
    to: Year('Last year'),
    sort: Type.Enum([...searchSorts], { default: 'relevance' }),
    after: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before' })),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 20 }),
    facets: Type.Optional(
      Type.Array(Type.Enum([...facetNames]), { description: 'Facets to count; all that make sense when absent' }),
    ),
    facetLimit: Type.Integer({ minimum: 0, maximum: 500, default: 12 }),
    languages: Type.Optional(
      Type.Array(Type.String({ maxLength: 35 }), {
        maxItems: 10,
        description: 'The asker’s languages, for word forms',
      }),
    ),
  },
  { additionalProperties: false },
)
export type SearchInput = Static<typeof SearchInput>

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
export const Found = Type.Object({
  total: Type.Integer(),
  records: Type.Array(Kept as TSchema as typeof Kept),
  next: Type.Union([Type.String(), Type.Null()]),
  facets: Type.Record(Type.String(), Type.Array(Count)),
  words: Type.Array(Type.String(), { description: 'The words as search understood them' }),
})
export type Found = Omit<Static<typeof Found>, 'records'> & { records: Kept[] }

export const toRequest = (input: SearchInput): SearchRequest => ({
  query: parseQuery(input.q, input.languages ?? []),
  filters: Object.fromEntries(
    [...facetNames, 'linked' as const].flatMap((facet) => (input[facet]?.length ? [[facet, input[facet]]] : [])),
  ),
  yearFrom: input.from,
  yearTo: input.to,
  sort: input.sort,
  limit: input.limit,
  after: input.after,
  facets: [...(input.facets ?? facetNames)],
  facetLimit: input.facetLimit,
})

export const search = operation({
  name: 'search',
  summary: 'Search everything, with filters and counts',
  http: 'GET /search',
  input: SearchInput,
  output: Found,
  allow: () => true,
  run: async ({ services, db }, input) => {
    try {
      const { hits, total, next, facets, words } = await services.search.search(toRequest(input))
      const answer = { total, next, facets, words }
      // Signs that are no words find nothing; without this they would find everything.
      if (input.q.trim() && answer.words.length === 0)
        return { total: 0, records: [], next: null, facets: {}, words: [] }
      const found = await records(db).byNumbers(hits.map(({ number }) => number))
      return { ...answer, records: found.filter(({ status }) => status === 'published') }
    } catch (error) {
      if (error instanceof SearchKeyError) throw new Problem('badPageKey')
      throw error
    }
  },
})

export const complete = operation({
  name: 'search.complete',
  summary: 'Words of the index that begin as given, most frequent first',
  http: 'GET /search/words',
  input: Type.Object(
    {
      prefix: Type.String({ minLength: 1, maxLength: 100 }),
      limit: Type.Integer({ minimum: 1, maximum: 50, default: 10 }),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ words: Type.Array(Type.String()) }),
  allow: () => true,
  run: async ({ services }, { prefix, limit }) => ({ words: await services.search.complete(prefix, limit) }),
})
