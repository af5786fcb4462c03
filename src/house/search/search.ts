/** One search over all parts: match, filter, count, rank. */
import type { SearchAnswer, SearchRequest } from './contract.ts'
import { countAll, countMissing, mostFrequent, type FacetDictionaries } from './facets.ts'
import { everything, findAmong, matchAll } from './match.ts'
import { livingAmong, livingIn, othersThan, totalsOf, type Part } from './part.ts'
import { clauseIn, planQuery, type Plan } from './plan.ts'
import type { Matches } from './postings.ts'
import { parseQuery } from './query.ts'
import { inOrder, offer, ranking, readKey, writeKey, type Ranking } from './rank.ts'
import { noYear, type Segment } from './segment.ts'

/** A filter with a mark for each value it lets through. */
type Filter = { facet: string; wanted: Uint8Array }

const missesMore = 255
const mostFilters = missesMore - 1
const greatestLimit = 1_000

function filtersOf(request: SearchRequest, dictionaries: FacetDictionaries): Filter[] {
  return Object.entries(request.filters)
    .filter(([, values]) => values.length > 0)
    .slice(0, mostFilters)
    .map(([facet, values]) => {
      const dictionary = dictionaries.get(facet)
      const wanted = new Uint8Array(dictionary?.values.length ?? 0)
      for (const value of values) {
        const ordinal = dictionary?.ordinals.get(value)
        if (ordinal !== undefined) wanted[ordinal] = 1
      }
      return { facet, wanted }
    })
}

function keepMarked({ docs, scores }: Matches, marks: Uint8Array | null, mark: number): Matches {
  if (!marks) return { docs, scores }
  let size = 0
  for (let i = 0; i < docs.length; i++) if (marks[i] === mark) size++
  if (size === docs.length) return { docs, scores }
  const kept = { docs: new Uint32Array(size), scores: new Float32Array(size) }
  for (let i = 0, at = 0; i < docs.length; i++) {
    if (marks[i] !== mark) continue
    kept.docs[at] = docs[i]!
    kept.scores[at++] = scores[i]!
  }
  return kept
}

function inYears(segment: Segment, docs: Uint32Array, { yearFrom, yearTo }: SearchRequest): Uint8Array | null {
  if (yearFrom === undefined && yearTo === undefined) return null
  const from = yearFrom ?? noYear + 1
  const to = yearTo ?? Number.POSITIVE_INFINITY
  const marks = new Uint8Array(docs.length)
  for (let i = 0; i < docs.length; i++) {
    const year = segment.years[docs[i]!]!
    if (year !== noYear && year >= from && year <= to) marks[i] = 1
  }
  return marks
}

/** For each document: 0 if it passes every filter, the filter's place counted from 1 if it misses just that, else 255. */
function missesOf(segment: Segment, docs: Uint32Array, filters: Filter[]): Uint8Array {
  const misses = new Uint8Array(docs.length)
  filters.forEach(({ facet, wanted }, place) => {
    const column = segment.facets.get(facet)
    for (let i = 0; i < docs.length; i++) {
      if (misses[i] === missesMore) continue
      const doc = docs[i]!
      let passes = false
      if (column) {
        const stop = column.starts[doc + 1]!
        for (let at = column.starts[doc]!; at < stop && !passes; at++) passes = wanted[column.ordinals[at]!] === 1
      }
      if (!passes) misses[i] = misses[i] === 0 ? place + 1 : missesMore
    }
  })
  return misses
}

/** The living documents of a part that the text and the years find. */
function matchesIn(part: Part, place: number, plan: Plan, request: SearchRequest): Matches {
  const required = plan.required.map((clause) => clauseIn(clause, place))
  if (required.includes(null)) return { docs: new Uint32Array(0), scores: new Float32Array(0) }
  const { segment } = part
  const clauses = required.filter((clause) => clause !== null)
  let matches = clauses.length > 0 ? matchAll(segment, clauses) : everything(segment)
  matches = keepMarked(matches, livingAmong(part, matches.docs), 1)
  matches = keepMarked(matches, inYears(segment, matches.docs, request), 1)
  for (const clause of plan.excluded) {
    const found = clauseIn(clause, place)
    if (found) matches = keepMarked(matches, findAmong(segment, found, matches.docs), 0)
  }
  return matches
}

/** Counts where no filter is set. Of a broad match it counts the rest, and takes that from what is known of all. */
function countUnfiltered(part: Part, docs: Uint32Array, counts: Map<string, Uint32Array>): void {
  const broad = docs.length * 2 > livingIn(part)
  const counted = broad ? othersThan(part, docs) : docs
  for (const [facet, sums] of counts) {
    const column = part.segment.facets.get(facet)
    if (!column) continue
    if (!broad) {
      countAll(column, docs, sums)
      continue
    }
    const totals = totalsOf(part, facet, sums.length)
    const others = new Uint32Array(counted.length > 0 ? sums.length : 0)
    if (counted.length > 0) countAll(column, counted, others)
    for (let ordinal = 0; ordinal < totals.length; ordinal++)
      sums[ordinal]! += totals[ordinal]! - (others[ordinal] ?? 0)
  }
}

function countFiltered(
  segment: Segment,
  docs: Uint32Array,
  misses: Uint8Array,
  filters: Filter[],
  counts: Map<string, Uint32Array>,
): void {
  for (const [facet, sums] of counts) {
    const column = segment.facets.get(facet)
    // A facet without a filter has place 0, which is "misses none".
    const own = filters.findIndex((filter) => filter.facet === facet) + 1
    if (column) countMissing(column, docs, misses, own, sums)
  }
}

function rankAll(ranked: Ranking, segment: Segment, { docs, scores }: Matches, forward: boolean): void {
  if (ranked.size === 0) return
  // Later documents are newer: from the end on, few of them displace one another.
  if (forward) for (let i = 0; i < docs.length; i++) offer(ranked, segment, docs[i]!, scores[i]!)
  else for (let i = docs.length - 1; i >= 0; i--) offer(ranked, segment, docs[i]!, scores[i]!)
}

export function searchParts(parts: Part[], dictionaries: FacetDictionaries, request: SearchRequest): SearchAnswer {
  const { sort, facetLimit } = request
  const limit = Math.max(0, Math.min(Math.floor(request.limit), greatestLimit))
  const after = request.after === undefined ? null : readKey(sort, request.after)
  const query = parseQuery(request.text, request.languages)
  const documents = parts.reduce((sum, part) => sum + livingIn(part), 0)
  const plan = planQuery(
    query,
    parts.map(({ segment }) => segment),
    documents,
  )
  const filters = filtersOf(request, dictionaries)
  const counts = new Map(
    request.facets.map((facet) => [facet, new Uint32Array(dictionaries.get(facet)?.values.length ?? 0)]),
  )
  // One more than asked for tells whether there is a next page.
  const ranked = ranking(sort, limit === 0 ? 0 : limit + 1, after)
  let total = 0

  parts.forEach((part, place) => {
    const found = matchesIn(part, place, plan, request)
    if (found.docs.length === 0) return
    let hits = found
    if (filters.length === 0) countUnfiltered(part, found.docs, counts)
    else {
      const misses = missesOf(part.segment, found.docs, filters)
      countFiltered(part.segment, found.docs, misses, filters, counts)
      hits = keepMarked(found, misses, 0)
    }
    total += hits.docs.length
    rankAll(ranked, part.segment, hits, sort === 'oldest')
  })

  const first = inOrder(ranked)
  const page = first.slice(0, limit)
  const last = page.at(-1)
  return {
    total,
    hits: page.map(({ number, score }) => ({ number, score })),
    next: last && first.length > limit ? writeKey(sort, last.key) : null,
    facets: Object.fromEntries(
      [...counts].map(([facet, sums]) => [
        facet,
        mostFrequent(dictionaries.get(facet), sums, facetLimit, valuesOf(request.filters, facet)),
      ]),
    ),
    words: query.words,
  }
}

function valuesOf(filters: Record<string, string[]>, facet: string): string[] {
  return Object.hasOwn(filters, facet) ? filters[facet]! : []
}
