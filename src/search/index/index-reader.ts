/** Everything that can be asked of an index, asked of one view of it: parts that do not change while they are read. */
import { completeIn } from '../query/complete.ts'
import type { Explanation, SearchAnswer, SearchDocument, SearchRequest, SimilarHit } from '../contract.ts'
import { explainIn } from './explain.ts'
import type { ValueTable } from './facets.ts'
import type { Part } from './part.ts'
import { searchParts } from './search.ts'
import { similarIn } from './similar.ts'

/** `version` rises with every change. */
export type View = { version: number; parts: Part[]; table: ValueTable }

export type Reading = {
  search: (request: SearchRequest) => SearchAnswer
  complete: (prefix: string, limit: number) => string[]
  explain: (request: Pick<SearchRequest, 'query'>, number: number) => Explanation | null
  similar: (document: SearchDocument, limit: number, filters?: Record<string, string[]>) => SimilarHit[]
}

const mostOpenings = 32

/** The page that everyone sees first asks for nothing in particular: its answer holds until the next change. */
function openingKey({
  query,
  filters,
  without,
  among,
  yearFrom,
  yearTo,
  after,
  ...rest
}: SearchRequest): string | null {
  const asks = query.required.length + query.excluded.length + Object.keys({ ...filters, ...without }).length > 0
  if (asks || among || yearFrom !== undefined || yearTo !== undefined || after !== undefined) return null
  const { sort, limit, facets, facetLimit, facetLimits, firstOf, worksOnce, readIn, elseIn } = rest
  return JSON.stringify([
    [sort, limit, facets, facetLimit, query.words, query.ways],
    [facetLimits, firstOf, worksOnce, readIn, elseIn],
  ])
}

export function readingOf(view: View): Reading {
  const openings = new Map<string, SearchAnswer>()
  let version = view.version

  function search(request: SearchRequest): SearchAnswer {
    if (version !== view.version) openings.clear()
    version = view.version
    const opening = openingKey(request)
    const known = opening === null ? undefined : openings.get(opening)
    if (known) return structuredClone(known)
    const answer = searchParts(view.parts, view.table, request)
    if (opening !== null && openings.size < mostOpenings) openings.set(opening, structuredClone(answer))
    return answer
  }

  return {
    search,
    complete: (...given) => completeIn(view.parts, ...given),
    explain: (...given) => explainIn(view.parts, ...given),
    similar: (...given) => similarIn(view.parts, view.table, ...given),
  }
}
