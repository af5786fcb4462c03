/** What the address of a search says: the question, and how what was found is shown. */
import { valuesOf } from '#kernel/http/api.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import { zoomRegions } from '#ui/charts.ts'
import { resultsPerPage, searchViews, type Shape } from './address.ts'
import { SearchInput } from './input.ts'

const known = new Set(Object.keys(SearchInput.properties))
/** How an address asks for what was found to be shown, beside the question. */
export const shapeNames = ['view', 'columns', 'of', 'zoom', 'flat', 'limit'] as const
const longest = 2_000

/** What the address says of search, without how it is shown. */
export function searchValues(query: URLSearchParams): Record<string, unknown> {
  const values = Object.fromEntries(
    Object.entries(valuesOf(query)).filter(([name, value]) => known.has(name) && value !== ''),
  )
  const words = Array.isArray(values.q) ? values.q.join(' ') : values.q
  return { ...values, ...(words && { q: words.slice(0, longest) }) }
}

const mostColumns = 60

export const facetOf = (name: string | null): FacetName | undefined =>
  facetNames.find((facet) => facet === name && facet !== 'year')

/** What is no such number is refused where the question is read. */
function limitIn(query: URLSearchParams): number | undefined {
  const limit = Number(query.get('limit') ?? resultsPerPage[0])
  return limit > 0 && limit !== resultsPerPage[0] ? limit : undefined
}

/** How an address asks for what was found to be shown. */
export function shapeOf(query: URLSearchParams): Shape {
  return {
    view: searchViews.find((one) => one === query.get('view')) ?? 'list',
    columns: [...new Set(query.getAll('columns'))].slice(0, mostColumns),
    of: facetOf(query.get('of')),
    zoom: zoomRegions.find((region) => region === query.get('zoom')),
    flat: query.get('flat') === 'true',
    limit: limitIn(query),
  }
}
