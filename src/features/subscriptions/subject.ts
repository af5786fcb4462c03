/** What can be watched: a search, by what stands in its address, or a record. */
import { valuesOf } from '#kernel/http/api.ts'
import { validate } from '#kernel/schema.ts'
import { queryOf } from '#search/address.ts'
import { SearchInput, withTypedFilters } from '#search/input.ts'
import type { ValueNames } from '#records/value-names.ts'

const names = new Set(Object.keys(SearchInput.properties))
/** How a page shows what was found says nothing about what is found. */
const beside = ['sort', 'after', 'limit', 'facets', 'facetLimit', 'languages', 'assist']

/**
 * The question in the address of a search.
 * @throws Problem invalid
 */
export function inputOf(query: string): SearchInput {
  const given = Object.entries(valuesOf(new URLSearchParams(query))).filter(
    ([name, value]) => names.has(name) && !beside.includes(name) && value !== '',
  )
  return validate(SearchInput, Object.fromEntries(given), 'fromText')
}

/** The same question always in the same words, so that nobody saves it twice. */
export const canonicalQuery = (query: string, valueNames: ValueNames): string =>
  queryOf(withTypedFilters(inputOf(query), valueNames)).toString()

/** A page that gathers what goes by one value is a search with that one filter. */
export const gatheredBy = (facet: string, value: string): string => new URLSearchParams({ [facet]: value }).toString()

const gathering = ['country', 'language', 'subject', 'area', 'region']

/** The filter, where a search is nothing but one that a page of its own gathers by. */
export function gatheringOf(query: string): { facet: string; value: string } | undefined {
  const [only, ...more] = [...new URLSearchParams(query)]
  return only && more.length === 0 && gathering.includes(only[0]) ? { facet: only[0], value: only[1] } : undefined
}

export const subjectOf = (watched: { recordId: string } | { query: string }): string =>
  'recordId' in watched ? `record ${watched.recordId}` : `search ${watched.query}`
