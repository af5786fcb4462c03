/** Where nothing was found: what would be, if the one thing were taken away that stands most in its way. */
import type { Services } from '#kernel/context.ts'
import type { FoundNumbers } from './find.ts'
import { toRequest, type SearchInput } from './input.ts'
import type { ParsedQuery, SearchAnswer } from './contract.ts'
import type { FacetName } from '#records/facets.ts'

const mostShown = 3

type Blocked = Pick<FoundNumbers, 'total' | 'totalWithout' | 'totalWithoutClause'>

/** The numbers of the nearest records: those of the smallest set that one change would find. */
export async function almostFound(
  { search }: Pick<Services, 'search'>,
  input: SearchInput,
  query: ParsedQuery,
  { totalWithout, totalWithoutClause }: Blocked,
): Promise<SearchAnswer['hits']> {
  const changes = [
    ...Object.entries(totalWithout).map(([facet, total]) => ({ total, asked: { ...input, ...without(facet) }, query })),
    ...totalWithoutClause.map(({ clause, total }) => ({
      total,
      asked: input,
      query: { ...query, required: query.required.filter(({ name }) => name !== clause) },
    })),
  ].filter(({ total }) => total > 0)
  const nearest = changes.sort((a, b) => a.total - b.total)[0]
  if (!nearest) return []
  const asked = { ...nearest.asked, facets: [], limit: mostShown, after: undefined }
  return (await search.search(toRequest(asked, nearest.query))).hits
}

const without = (facet: string): Partial<SearchInput> =>
  facet === 'year' ? { from: undefined, to: undefined } : { [facet as FacetName]: undefined }
