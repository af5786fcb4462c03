/**
 * What the house says to its search index, and what it hears back.
 * Nothing here knows how the index works, so that a later form can take its place.
 */

/** How much a word weighs, by where it stands in the record. */
export type TextWeight = 'title' | 'heading' | 'text'

/** One text of a record with the language it is written in (BCP 47). */
export type SearchText = { text: string; language: string; weight: TextWeight }

/** What the index keeps of one record, derived from the annotations of its kind's schema. */
export type SearchDocument = {
  /** The record's number in the database: a small positive integer, never used twice. */
  number: number
  title: string
  texts: SearchText[]
  /** Values that can be filtered and counted, by facet name: `{ country: ['KE'], kind: ['practice'] }`. */
  values: Record<string, string[]>
  /** Year of the thing described, for sorting and for the year filter; null where unknown. */
  year: number | null
  /** How readily it comes up beside others that match as well: 1 where absent, less for what is seldom meant. */
  prominence?: number
  /** When the record last changed, in seconds since 1970. */
  changedAt: number
}

export type SearchSort = 'relevance' | 'newest' | 'oldest' | 'year' | 'title'

export const searchSorts: readonly SearchSort[] = ['relevance', 'newest', 'oldest', 'year', 'title']

export type SearchRequest = {
  /** As typed: words (all must be found), "phrases" and -exclusions. Empty finds everything. */
  text: string
  /** By facet name: a record must have one of the values of each. */
  filters: Record<string, string[]>
  yearFrom?: number | undefined
  yearTo?: number | undefined
  sort: SearchSort
  limit: number
  /** Where the last page ended, as `next` of that answer said. */
  after?: string | undefined
  /** The facets to count. A facet's own filter is left out of its own counts. */
  facets: string[]
  /** At most this many values of each facet, most frequent first; the selected ones are always among them. */
  facetLimit: number
  /** The asker's languages, best first: their word forms are tried for each word. */
  languages: string[]
}

export type FacetCount = { value: string; count: number }

export type SearchAnswer = {
  total: number
  hits: { number: number; score: number }[]
  next: string | null
  facets: Record<string, FacetCount[]>
  /** The words as the index understood them; empty when nothing searchable was typed. */
  words: string[]
}

export type SearchMemory = { documents: number; segments: number; bytes: number }

/** An index over all published records. It is a follower of the journal: `seq` is the last line it has read. */
export interface SearchIndex {
  readonly seq: number
  /** Puts and removes documents, visible to the next search. A put of a known number replaces it. */
  apply(change: { put: SearchDocument[]; remove: number[] }, seq: number): Promise<void>
  /** @throws SearchKeyError when `after` is no key of this kind of search. */
  search(request: SearchRequest): Promise<SearchAnswer>
  /** Words of the index that begin with these letters, most frequent first. */
  complete(prefix: string, limit: number): Promise<string[]>
  /** Keeps a snapshot in a folder, written whole or not at all. */
  save(folder: string): Promise<void>
  memory(): SearchMemory
  close(): Promise<void>
}

/** The `after` key was not made by this index for this sort. */
export class SearchKeyError extends Error {
  override name = 'SearchKeyError'
}
