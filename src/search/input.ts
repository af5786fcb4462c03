/** What can be asked of search, in an address or a flag, and what it is for the index. */
import { Type, type Static } from 'typebox'
import { editionOf, searchSorts, type ParsedQuery, type SearchRequest } from './contract.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import { readTyped } from './typed.ts'
import type { ValueNames } from '#records/value-names.ts'

const values = (facet: string) =>
  Type.Optional(
    Type.Array(Type.String({ maxLength: 300 }), {
      maxItems: 50,
      description: `Only records whose ${facet} is one of these`,
    }),
  )

const filters = Object.fromEntries(facetNames.map((facet) => [facet, values(facet)])) as Record<
  FacetName,
  ReturnType<typeof values>
>

const Year = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 9999, description }))

const mostValues = 500

/** What is asked, as addresses keep it and pass it on. */
const question = {
  q: Type.String({
    default: '',
    maxLength: 100_000,
    description:
      'Words (all must be found; most of them where few records hold all), "phrases in quotes", -exclusions, filters such as country:KE',
  }),
  ...filters,
  not: Type.Optional(
    Type.Array(Type.String({ maxLength: 350 }), {
      maxItems: 50,
      description: 'No records with these values: `facet:value`, such as `country:KE`',
    }),
  ),
  linked: values('typed link: `relation:identifier`, such as `study:0123456789abcdef`,'),
  from: Year('First year'),
  to: Year('Last year'),
  exact: Type.Boolean({
    default: false,
    description: 'Only what was typed: no other languages, no other spellings, no broader or narrower concepts',
  }),
  sort: Type.Enum([...searchSorts], {
    default: 'relevance',
    description:
      'Without words all are as relevant: then what is most prominent comes first, such as what tells its outcome, and of that the latest by its own year',
  }),
  editions: Type.Boolean({
    default: false,
    description: 'Each language and edition of a work as a result of its own, rather than the best of them for all',
  }),
}
/** The names of what is asked. */
export const questionNames: readonly string[] = Object.keys(question)

export const SearchInput = Type.Object(
  {
    ...question,
    after: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before' })),
    limit: Type.Integer({ minimum: 0, maximum: 500, default: 20 }),
    facets: Type.Optional(
      Type.Array(Type.Enum([...facetNames]), { description: 'Facets to count; all that make sense when absent' }),
    ),
    facetLimit: Type.Integer({ minimum: 0, maximum: mostValues, default: 12 }),
    wholeFacets: Type.Optional(
      Type.Array(Type.Enum([...facetNames]), {
        description: `Facets of which up to ${mostValues} values are counted, however many \`facetLimit\` allows of the others`,
      }),
    ),
    languages: Type.Optional(
      Type.Array(Type.String({ maxLength: 35 }), {
        maxItems: 10,
        description: 'The asker’s languages, for word forms',
      }),
    ),
    assist: Type.Boolean({
      default: false,
      description: 'Also answer what helps people on: best bets, filters that words name, the best of each kind',
    }),
  },
  { additionalProperties: false },
)
export type SearchInput = Static<typeof SearchInput>

/** The question as it was understood: of what was typed among the words there may be more than a filter takes. */
export const Understood = Type.Unsafe<SearchInput>({
  ...SearchInput,
  description: 'The question with typed filters moved to where filters belong',
  properties: Object.fromEntries(
    Object.entries<object>(SearchInput.properties).map(
      ([name, { default: _usual, maxItems: _most, ...schema }]: [string, { default?: unknown; maxItems?: number }]) => [
        name,
        schema,
      ],
    ),
  ),
})

/** The same question with the filters that stand among the words moved to where filters belong. */
export function withTypedFilters(input: SearchInput, names: ValueNames): SearchInput {
  const typed = readTyped(input.q, names)
  if (typed.text === input.q) return inOrder(input)
  const understood: SearchInput = { ...input, q: typed.text }
  for (const facet of Object.keys(typed.filters) as FacetName[])
    understood[facet] = [...new Set([...(input[facet] ?? []), ...typed.filters[facet]!])]
  const not = Object.entries(typed.without).flatMap(([facet, all]) => all.map((value) => `${facet}:${value}`))
  if (not.length > 0) understood.not = [...new Set([...(input.not ?? []), ...not])]
  if (typed.from !== undefined) understood.from = typed.from
  if (typed.to !== undefined) understood.to = typed.to
  return inOrder(understood)
}

/** Years given the wrong way round are meant the right way round. */
const inOrder = (input: SearchInput): SearchInput =>
  input.from !== undefined && input.to !== undefined && input.from > input.to
    ? { ...input, from: input.to, to: input.from }
    : input

/** `country:KE` → the facet and its value; undefined for what names no facet. */
export function exclusionOf(text: string): { facet: FacetName; value: string } | undefined {
  const at = text.indexOf(':')
  const facet = facetNames.find((name) => name === text.slice(0, at))
  return facet && { facet, value: text.slice(at + 1) }
}

function withoutOf(not: readonly string[] = []): Record<string, string[]> {
  const without: Record<string, string[]> = {}
  for (const text of not) {
    const found = exclusionOf(text)
    if (found) (without[found.facet] ??= []).push(found.value)
  }
  return without
}

export const filtersOf = (input: SearchInput): Record<string, string[]> =>
  Object.fromEntries(
    [...facetNames, 'linked' as const].flatMap((facet) => (input[facet]?.length ? [[facet, input[facet]]] : [])),
  )

export const toRequest = (input: SearchInput, query: ParsedQuery): SearchRequest => ({
  query,
  filters: filtersOf(input),
  without: withoutOf(input.not),
  yearFrom: input.from,
  yearTo: input.to,
  sort: input.sort,
  limit: input.limit,
  after: input.after,
  facets: [...(input.facets ?? facetNames)],
  facetLimit: input.facetLimit,
  ...(input.wholeFacets && { facetLimits: Object.fromEntries(input.wholeFacets.map((facet) => [facet, mostValues])) }),
  ...(!isOfOneWork(input) && { ...(!input.editions && { worksOnce: 'language' }), ...readIn(input, query) }),
})

/** Who asks for what is in a language is shown that language. */
const readIn = ({ languages = [] }: SearchInput, { inLanguages = languages }: ParsedQuery) =>
  inLanguages.length > 0 ? { readIn: inLanguages, elseIn: ['en'] } : {}

/** Who asks for the editions of a work wants to see them. */
const isOfOneWork = ({ linked = [] }: SearchInput): boolean => linked.some((link) => link.startsWith(editionOf))
