/** A search as a test says it: the text as typed, and only what differs from the usual. */
import type { SearchRequest } from '#search/contract.ts'
import { parseQuery } from '#search/query/query.ts'

export type Question = Partial<Omit<SearchRequest, 'query'>> & { text?: string; languages?: string[] }

export function requestOf({ text = '', languages = [], ...rest }: Question): SearchRequest {
  const usual = { filters: {}, sort: 'relevance', limit: 20, facets: [], facetLimit: 10 } as const
  return { ...usual, facets: [...usual.facets], ...rest, query: parseQuery(text, languages) }
}
