/** One search over all parts: match, filter, count, rank. */
import type { SearchAnswer, SearchRequest } from './contract.ts'
import { countAll, mostFrequent, uncountAll, type FacetDictionaries } from './facets.ts'
import { filtersOf, missesOf, type Filter } from './filters.ts'
import { everything, findAmong, matchAll } from './match.ts'
import { livingAmong, livingIn, othersThan, totalsOf, type Part } from './part.ts'
import { clauseIn, planQuery, type Plan } from './plan.ts'
import type { Matches } from './postings.ts'
import { inOrder, offerAll, ranking, readKey, writeKey } from './rank.ts'
import { noYear, type Segment } from './segment.ts'

const greatestLimit = 1_000

/** The matches with this mark. Adding the comparison itself spares the processor a guess at each document. */
function keepMarked(matches: Matches, marks: Uint8Array | null, mark: number): Matches {
  if (!marks) return matches
  const { docs, scores } = matches
  const length = docs.length
  const kept = { docs: new Uint32Array(length), scores: new Float32Array(length) }
  let size = 0
  for (let i = 0; i < length; i++) {
    kept.docs[size] = docs[i]!
    kept.scores[size] = scores[i]!
    size += +(marks[i] === mark)
  }
  return { docs: kept.docs.subarray(0, size), scores: kept.scores.subarray(0, size) }
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

/** Adds the counts of these documents. Of a broad set it counts the rest, and takes that from what is known of all. */
function countFacet(part: Part, facet: string, docs: Uint32Array, others: Uint32Array | null, sums: Uint32Array): void {
  const column = part.segment.facets.get(facet)
  if (!column) return
  if (!others) return countAll(column, docs, sums)
  const totals = totalsOf(part, facet, sums.length)
  for (let ordinal = 0; ordinal < totals.length; ordinal++) sums[ordinal]! += totals[ordinal]!
  uncountAll(column, others, sums)
}

function othersIfBroad(part: Part, docs: Uint32Array): Uint32Array | null {
  return docs.length * 2 > livingIn(part) ? othersThan(part, docs) : null
}

function missingAtMost({ docs }: Matches, misses: Uint8Array, own: number): Uint32Array {
  const kept = new Uint32Array(docs.length)
  let size = 0
  for (let i = 0; i < docs.length; i++) {
    kept[size] = docs[i]!
    size += +(misses[i] === 0) | +(misses[i] === own)
  }
  return kept.subarray(0, size)
}

/** Counts the hits; for a facet with a filter of its own, the documents that pass all the other filters. */
function countPart(
  part: Part,
  found: Matches,
  hits: Uint32Array,
  misses: Uint8Array | null,
  filters: Filter[],
  counts: Map<string, Uint32Array>,
): void {
  const others = counts.size > 0 ? othersIfBroad(part, hits) : null
  for (const [facet, sums] of counts) {
    const own = filters.findIndex((filter) => filter.facet === facet) + 1
    if (own === 0 || !misses) countFacet(part, facet, hits, others, sums)
    else {
      const passing = filters.length === 1 ? found.docs : missingAtMost(found, misses, own)
      countFacet(part, facet, passing, othersIfBroad(part, passing), sums)
    }
  }
}

export function searchParts(parts: Part[], dictionaries: FacetDictionaries, request: SearchRequest): SearchAnswer {
  const { sort, facetLimit } = request
  const limit = Math.max(0, Math.min(Math.floor(request.limit), greatestLimit))
  const { query } = request
  // Where no word was asked for, all are equally relevant.
  const order = sort === 'relevance' && query.required.length === 0 ? 'newest' : sort
  const after = request.after === undefined ? null : readKey(order, request.after)
  const documents = parts.reduce((sum, part) => sum + livingIn(part), 0)
  const plan = planQuery(
    query,
    parts.map(({ segment }) => segment),
    documents,
  )
  const filters = filtersOf(request.filters, dictionaries)
  const counts = new Map(
    request.facets.map((facet) => [facet, new Uint32Array(dictionaries.get(facet)?.values.length ?? 0)]),
  )
  // One more than asked for tells whether there is a next page.
  const ranked = ranking(order, limit === 0 ? 0 : limit + 1, after)
  let total = 0

  parts.forEach((part, place) => {
    const found = matchesIn(part, place, plan, request)
    if (found.docs.length === 0) return
    const misses = filters.length > 0 ? missesOf(part, found.docs, filters) : null
    const hits = keepMarked(found, misses, 0)
    countPart(part, found, hits.docs, misses, filters, counts)
    total += hits.docs.length
    // Later documents are mostly newer.
    offerAll(ranked, part.segment, hits, order !== 'oldest')
  })

  const first = inOrder(ranked)
  const page = first.slice(0, limit)
  const last = page.at(-1)
  return {
    total,
    hits: page.map(({ number, score }) => ({ number, score, ways: [] })),
    next: last && first.length > limit ? writeKey(order, last.key) : null,
    facets: Object.fromEntries(
      [...counts].map(([facet, sums]) => [
        facet,
        mostFrequent(dictionaries.get(facet), sums, facetLimit, valuesOf(request.filters, facet)),
      ]),
    ),
    totalWithout: {},
    totalWithoutClause: [],
    words: query.words,
    ways: query.ways,
  }
}

function valuesOf(filters: Record<string, string[]>, facet: string): string[] {
  return Object.hasOwn(filters, facet) ? filters[facet]! : []
}
