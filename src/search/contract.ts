/**
 * What the node says to its search index, and what it hears back.
 * Nothing here knows how the index works, so that a later form can take its place.
 */
import type { FacetCount } from '#records/facets.ts'

export type { FacetCount }

/** Begins the values of the facet `linked` by which records are known as editions of one work. */
export const editionOf = 'work:'

/** The facet in which an edition of a work has its languages as they are written, with region and script. */
export const languageTags = 'tag'

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
  /** Names of its own that are one word, as they are written: Kolibri. */
  properNames?: string[]
  /** When the record last changed, in seconds since 1970 (see standing.ts for what was imported). */
  changedAt: number
  /** What it goes by in a list without words, the greatest first; all alike where absent. */
  standing?: number
}

/** A term of the index and how much it counts beside the other terms of its place. */
export type QueryTerm = { term: string; weight: number }

/** One place in a phrase, with the terms any of which may stand there. */
export type Slot = { offset: number; terms: QueryTerm[] }

/** Slots that must stand at their places from one another; a single slot is a plain word. */
export type Phrase = Slot[]

/**
 * One way to satisfy a clause: a phrase, clauses that must all be found, wherever they stand, or clauses of which some
 * may be missing. `worth` says what is left of the score by how many are missing; no more may be than it has places for,
 * and never the rarest of those that the index knows; where some have other names, the rarest of these, and of those the
 * rarest that is no circumstance and not general, or one that is about as rare. It costs nothing to lack what is general. A place that is named
 * counts as two, as does then the rarest; and what is of the place and has half of the other words need not have the rarest.
 */
export type Branch = {
  /** What is earned by this branch is multiplied by it. */
  weight: number
  /** The place in `ways` of what explains a branch that was not typed; absent for what was. */
  way?: number
  /** What it finds is near to what was asked, and no answer to it: the words of another name, apart from one another. */
  isNear?: boolean
} & ({ phrase: Phrase } | { all: Clause[] } | { most: Clause[]; worth: number[] })

/** Found where any of its branches is; what it earns is the most that one of them earns. */
export type Clause = {
  any: Branch[]
  /** As it was typed, folded; shown on the page. */
  name: string
  /** It says where, for which level or with what outcome, and not of what: what is near may be otherwise. */
  isCircumstance?: boolean
  /** It names a country or a region. */
  isPlace?: boolean
  /** It says what nearly everything here is, such as digital: where hardly anything has it too, a record need not. */
  isGeneral?: boolean
  /** Written as a name is: what lacks it is not near to what was asked. */
  isName?: boolean
  /** The word may be a slip of the finger or a beginning: the index may add branches for what it knows. A name is none where it is known. */
  mend?: { word: string; languages: string[]; isName?: boolean }
}

/** Why something is found that was not typed. */
export type Way = {
  kind: 'translation' | 'synonym' | 'narrower' | 'spelling' | 'prefix' | 'meaning'
  /** The typed words it stands for, and the words it was found by. */
  typed: string
  words: string
  /** The language of `words`, where known, and the concept that joins them, by its identifier. */
  language?: string
  concept?: string
}

/** What was typed, understood. A plain value that can be sent to another thread. */
export type ParsedQuery = {
  required: Clause[]
  excluded: Clause[]
  /** What a record need not have and earns by: that it is in a language of the asker. No more than a share of what it earns by its words. */
  preferred?: Clause
  /** The languages that the question asks for content in: “stories in French”. */
  inLanguages?: string[]
  words: string[]
  ways: Way[]
}

export type SearchSort = 'relevance' | 'newest' | 'oldest' | 'year' | 'title'

/** By standing goes what was asked for by relevance and without words. */
export type SearchOrder = SearchSort | 'standing'

export const searchSorts: readonly SearchSort[] = ['relevance', 'newest', 'oldest', 'year', 'title']

export type SearchRequest = {
  /** Clauses that must all be found, and those that must not. One without clauses finds everything. */
  query: ParsedQuery
  /** By facet name: a record must have one of the values of each. */
  filters: Record<string, string[]>
  /** By facet name: a record must have none of these. */
  without?: Record<string, string[]>
  /** Numbers of records: nothing but these is looked at, and where they are few the rest costs nothing. */
  among?: readonly number[]
  yearFrom?: number | undefined
  yearTo?: number | undefined
  /**
   * Of the editions of one work that are found, only the first is a hit, and with it are told the values of this facet
   * that the work has in all of its editions. The total and the counts of values are of all of them.
   */
  worksOnce?: string
  /**
   * The languages of the reader, the first before the others: a work is shown by its edition in one of them that passes the
   * filters, where it has one, whichever of its editions is found. Where each edition is a hit, the first of a work is
   * shown so, unless one in that language is among the hits.
   */
  readIn?: readonly string[]
  /** Languages in which many read as well: where the reader’s has none, an edition in one of them that is found is shown before other found ones. */
  elseIn?: readonly string[]
  /** Also the first so many hits of each value of a facet, of which a record has one. */
  firstOf?: { facet: string; each: number }
  sort: SearchSort
  limit: number
  /** Where the last page ended, as `next` of that answer said. */
  after?: string | undefined
  /** The facets to count. A facet's own filter is left out of its own counts. */
  facets: string[]
  /** At most this many values of each facet, most frequent first; the selected ones are always among them. */
  facetLimit: number
  /** In place of it, for some facets. */
  facetLimits?: Readonly<Record<string, number>>
}

export type SearchAnswer = {
  total: number
  /** How many hits there are in all: fewer than the total where works are hits but once. */
  works: number
  hits: SearchHit[]
  next: string | null
  /** By value of the facet that was asked for: how many have it, however few values are counted, and the first of them. */
  firstOf?: Record<string, FirstOfValue>
  facets: Record<string, FacetCount[]>
  /** How many would be found if the filter of this facet were taken away; `year` for the years. */
  totalWithout: Record<string, number>
  /** Only when nothing was found: how many there would be without this clause, by the clause's place. */
  totalWithoutClause: { clause: string; total: number }[]
  /** Words that nearly everything here is of, which records need not have, since few had all words; absent where all were asked for. */
  spared?: string[]
  /** The words as the index understood them; empty when nothing searchable was typed. */
  words: string[]
  /** Those of the request, then those that the index added. */
  ways: Way[]
}

export type FirstOfValue = { total: number; hits: Pick<SearchHit, 'number' | 'score' | 'standsFor'>[] }

/**
 * `ways`: for each clause not found as typed, the place in the answer's `ways` of what it was found by. `lacks`: the
 * names of the clauses it is found without, where most of them were enough. `standsFor`: the edition that is found, where
 * this one is shown in its place and is not found itself; ways and lacks are then those of the found one.
 */
export type SearchHit = {
  number: number
  score: number
  ways: number[]
  lacks: string[]
  editions?: Editions
  standsFor?: FoundEdition
}

export type FoundEdition = { number: number; language: string }

/** The record by which a hit is found, whichever is shown. */
export const foundNumber = ({ number, standsFor }: Pick<SearchHit, 'number' | 'standsFor'>): number =>
  standsFor?.number ?? number

/** `link`: the value of the facet `linked` by which all of them are found. */
export type Editions = { link: string; count: number; values: string[] }

/** The term that brings most of those that may stand at its place, as it stands in one document. */
export type ExplainedTerm = {
  term: string
  /** How many documents have it, and what that rarity is worth. */
  documents: number
  rarity: number
  /** What the term says about this document, 0 to 1, from title, headings, text and their lengths. */
  impact: number
  /** All weights on the way to the term; the score is rarity × impact × weight, in steps. */
  weight: number
  score: number
}
/** A branch that finds the document. `counted`: the one that the clause's score comes from. */
export type ExplainedBranch = { way?: number; weight: number; score: number; counted: boolean; terms: ExplainedTerm[] }
export type Explanation = {
  score: number
  clauses: { name: string; score: number; branches: ExplainedBranch[] }[]
  ways: Way[]
}

/** `shared`: the terms that brought it, those that say most first. */
export type SimilarHit = { number: number; score: number; shared: string[] }

export type SearchMemory = {
  documents: number
  segments: number
  bytes: number
  /** What takes the bytes; `documents` is what is kept of each beside its words, values and title. */
  pieces: Record<'postings' | 'positions' | 'dictionary' | 'facets' | 'titles' | 'documents', number>
  /** How many threads write and read it; 0 where it lives in the thread that asks. */
  threads: number
  /** Files of the snapshot that were found damaged when it was opened. */
  damaged: string[]
  /** While it is made anew from the journal: how far it has come. What is there already is found. */
  rebuilding?: { done: number; of: number }
}

/** An index over all published records. It is a follower of the journal: `seq` is the last line it has read. */
export interface SearchIndex {
  readonly seq: number
  /** Puts and removes documents, visible to the next search. A put of a known number replaces it. */
  apply(change: { put: SearchDocument[]; remove: number[] }, seq: number): Promise<void>
  /** @throws SearchKeyError when `after` is no key of this kind of search. */
  search(request: SearchRequest): Promise<SearchAnswer>
  /** Words of the index that begin with these letters, most frequent first; or only those that are the name of a record. */
  complete(prefix: string, limit: number, only?: { names: boolean }): Promise<string[]>
  /** Where the score of one document comes from; null where it is not found. */
  explain(request: Pick<SearchRequest, 'query'>, number: number): Promise<Explanation | null>
  /** Documents that share telling words with this one, which need not be in the index; itself is left out. */
  similar(document: SearchDocument, limit: number, filters?: Record<string, string[]>): Promise<SimilarHit[]>
  /** Keeps a snapshot in a folder, written whole or not at all. */
  save(folder: string): Promise<void>
  memory(): SearchMemory
  close(): Promise<void>
}

/** The `after` key was not made by this index for this sort. */
export class SearchKeyError extends Error {
  override name = 'SearchKeyError'
}
