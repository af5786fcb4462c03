/** The address of a search: what is usual is left out, and each link changes one thing. */
import { facetNames, type FacetName } from '#records/facets.ts'
import type { SearchInput } from './input.ts'

export const searchViews = ['list', 'table', 'map', 'timeline', 'charts'] as const
export type SearchView = (typeof searchViews)[number]

/** How the results are shown; it changes nothing about what is found. */
export type Shape = {
  view: SearchView
  /** The columns of the table that were chosen; the usual ones where none were. */
  columns: readonly string[]
  /** The filter that is drawn as a chart. */
  of: FacetName | undefined
  /** The region of the world that the map shows; all of it where there is none. */
  zoom: string | undefined
  /** The results of each kind apart were not wanted. */
  flat: boolean
  /** How many results a page of the list has, where it was chosen. */
  limit: number | undefined
}

/** Few make a page that a slow line brings quickly; who reads through many chooses more. */
export const resultsPerPage = [10, 25, 50] as const

/** The filters and words alone: the address to keep, to follow and to take away. */
export function queryOf(input: SearchInput): URLSearchParams {
  const query = new URLSearchParams()
  if (input.q) query.set('q', input.q)
  for (const facet of [...facetNames, 'linked', 'not'] as const)
    for (const value of input[facet] ?? []) query.append(facet, value)
  if (input.from !== undefined) query.set('from', String(input.from))
  if (input.to !== undefined) query.set('to', String(input.to))
  if (input.exact) query.set('exact', 'true')
  if (input.editions) query.set('editions', 'true')
  if (input.sort !== 'relevance') query.set('sort', input.sort)
  return query
}

/** What a search is narrowed to, whatever words are looked for and in whatever order. */
export const filtersOf = (query: URLSearchParams): URLSearchParams =>
  changed(query, (copy) => (copy.delete('q'), copy.delete('sort')))

/** Whether anything but its words narrows it. */
export const isFiltered = (query: URLSearchParams): boolean =>
  [...filtersOf(query).keys()].some((name) => name !== 'exact' && name !== 'editions')

/** The feed of a search, for a reader who follows it: what is new first, where no other order was chosen. */
export const feedOf = (query: URLSearchParams): string =>
  pathOf(query.has('sort') ? query : withOnly(query, 'sort', 'newest'), '/search.atom')

/** The address with how the results are shown. */
export function queryWithShape(input: SearchInput, { view, columns, of, zoom, flat, limit }: Shape): URLSearchParams {
  const query = queryOf(input)
  if (view !== 'list') query.set('view', view)
  if (view === 'table') for (const column of columns) query.append('columns', column)
  if (view === 'charts' && of) query.set('of', of)
  if (view === 'map' && zoom) query.set('zoom', zoom)
  if (flat) query.set('flat', 'true')
  if (limit !== undefined && view === 'list') query.set('limit', String(limit))
  return query
}

export const pathOf = (query: URLSearchParams, path = '/search') => (query.size ? `${path}?${query}` : path)

export function changed(query: URLSearchParams, change: (copy: URLSearchParams) => void): URLSearchParams {
  const copy = new URLSearchParams(query)
  change(copy)
  return copy
}
export const withoutValue = (query: URLSearchParams, name: string, value?: string) =>
  changed(query, (copy) => (value === undefined ? copy.delete(name) : copy.delete(name, value)))
export const withOnly = (query: URLSearchParams, name: string, value: string) =>
  changed(query, (copy) => copy.set(name, value))
export const withoutYears = (query: URLSearchParams) =>
  changed(query, (copy) => (copy.delete('from'), copy.delete('to')))
