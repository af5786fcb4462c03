/** One search over all parts: match, narrow, count, rank. */
import type { ParsedQuery, SearchAnswer, SearchRequest, SearchOrder } from '../contract.ts'
import { allButOne, type PlacedClause } from './all-but-one.ts'
import { reasonsOf } from './evidence.ts'
import { mostFrequent, type ValueTable } from './facets.ts'
import { keepMarked, matchesIn, wantedOf } from './found-in.ts'
import { matchAll } from './match.ts'
import { countEqual, countMisses, missingAtMost } from './misses.ts'
import { bitOf, missesOf, narrowingOf, removable, type Narrowing } from './narrow.ts'
import { livingIn, type Part } from './part.ts'
import { clauseIn, maySpare, planQuery, sparing, type Plan } from './plan.ts'
import type { Matches } from './postings.ts'
import { countValues, valuesOfFacet } from './profiles.ts'
import { inOrder, offerAll, offerByValue, passShown, ranking, readKey, writeKey, type Ranking } from './rank.ts'
import { scoreUnit } from './score.ts'
import { beginAnew } from './scratch.ts'
import { readFirst, type PassedOver } from './read-first.ts'
import { ownFacets, type Segment } from './segment.ts'
import { shownFor, shownForEach, type Laid, type Shown } from './stand-in.ts'
import { countRepeated, editionsOf, workMarks, type WorkMarks } from './works.ts'
import { baseLanguage } from '../query/stem.ts'
import { mend } from '../query/spelling.ts'

const greatestLimit = 1_000
const mostClausesTaken = 8

/** What is gathered part by part. */
type Tally = {
  total: number
  /** How many the text finds, before filters. */
  found: number
  /** Works that were met, and how many hits are of one that was met before; null where each edition is a hit. */
  works: { marks: WorkMarks; met: Uint8Array; repeated: number } | null
  /** How many miss this alone, by its name. */
  missing: Map<string, number>
  /** Counts of values, for each set of facets that is counted over the same documents, by the bit they may miss. */
  counts: Map<number, Uint32Array>
  /** Whether a facet is counted whose values are kept by document. */
  countsOwn: boolean
  ranked: Ranking
  firstOf: FirstOf | null
}

/** The first hits of each value of a facet, by the number of the value. */
type FirstOf = { facet: string; rankings: Map<number, Ranking>; begin: () => Ranking }

function gather(
  tally: Tally,
  table: ValueTable,
  part: Part,
  place: number,
  found: Matches,
  narrowing: Narrowing | null,
  backward: boolean,
): void {
  tally.found += found.docs.length
  const misses = narrowing && missesOf(part.segment, found.docs, narrowing)
  const missing = misses && countMisses(misses)
  const hits = missing ? keepMarked(found, misses, 0, missing(0)) : found
  tally.total += hits.docs.length
  if (tally.works) tally.works.repeated += countRepeated(part.segment, hits.docs, tally.works.marks, tally.works.met)
  if (narrowing && missing)
    for (const { name, bit } of removable(narrowing))
      tally.missing.set(name, (tally.missing.get(name) ?? 0) + missing(bit))
  for (const [bit, counts] of tally.counts) {
    const wide = bit !== 0 && misses && missing
    const docs = wide ? missingAtMost(found.docs, misses, bit, missing(0) + missing(bit)) : hits.docs
    countValues(part.segment, docs, counts, tally.countsOwn)
  }
  offerAll(tally.ranked, part.segment, place, hits, backward)
  if (!tally.firstOf) return
  const { facet, rankings, begin } = tally.firstOf
  const values = valuesOfFacet(part.segment, table, facet)
  const { profiles } = part.segment
  offerByValue(rankings, begin, part.segment, place, hits, (doc) => values[profiles[doc]!]!)
}

/** A facet with a filter of its own is counted over what passes all the others; the rest over the hits. */
function countsFor(facets: string[], narrowing: Narrowing | null, size: number): Map<number, Uint32Array> {
  const bits = new Set(facets.map((facet) => (narrowing ? bitOf(narrowing, facet) : 0)))
  return new Map([...bits].map((bit) => [bit, new Uint32Array(size)]))
}

/** The living documents of a part that lack one clause, with its place as their score. */
function lackingOne(part: Part, place: number, plan: Plan): Matches | null {
  const here = plan.required.map((clause, at) => ({ clause: clauseIn(clause, place), at }))
  const there = here.filter((one): one is PlacedClause => one.clause !== null)
  if (there.length < here.length - 1) return null
  if (there.length === here.length) return wantedOf(part, place, plan, allButOne(part.segment, there))
  const { docs } = matchAll(
    part.segment,
    there.map(({ clause }) => clause),
  )
  const missing = here.findIndex(({ clause }) => clause === null)
  return wantedOf(part, place, plan, { docs, scores: new Int32Array(docs.length).fill(missing) })
}

/** How many there would be without each clause. */
function totalsWithoutClauses(
  parts: Part[],
  plan: Plan,
  narrowing: Narrowing | null,
): SearchAnswer['totalWithoutClause'] {
  if (plan.required.length < 2) return []
  const totals = new Uint32Array(plan.required.length)
  parts.forEach((part, place) => {
    beginAnew()
    const found = lackingOne(part, place, plan)
    if (!found) return
    const misses = narrowing && missesOf(part.segment, found.docs, narrowing)
    for (let i = 0; i < found.docs.length; i++)
      if (found.scores[i]! >= 0 && (!misses || misses[i] === 0)) totals[found.scores[i]!]!++
  })
  return plan.required.slice(0, mostClausesTaken).map(({ name }, at) => ({ clause: name, total: totals[at]! }))
}

/** A pass over all that is found before it is ranked: what comes of a work may hang on another edition of it, in any part. */
function passBefore(
  { parts, narrowing, request: { among } }: Asked,
  plan: Plan,
  pass: (segment: Segment, found: Matches) => void,
): void {
  parts.forEach((part, place) => {
    beginAnew()
    const found = matchesIn(part, place, plan, among)
    if (!found) return
    const misses = narrowing && missesOf(part.segment, found.docs, narrowing)
    pass(part.segment, misses ? keepMarked(found, misses, 0, countEqual(misses, 0)) : found)
  })
}

/** The languages in which works are shown, the best first, and how many of them are the reader’s. */
function languagesShown({ readIn = [], elseIn = [] }: SearchRequest): Pick<Laid, 'readIn' | 'own'> {
  const own = new Set(readIn.map(baseLanguage))
  return { readIn: own.size > 0 ? [...new Set([...own, ...elseIn])] : [], own: own.size }
}

/** Which editions give way, where people chose an order in which they would stand out of place. */
function passedOverBy(plan: Plan, asked: Asked): PassedOver | undefined {
  const { table, marks, request } = asked
  const { readIn } = languagesShown(request)
  if (!marks || readIn.length === 0 || request.sort === 'relevance') return undefined
  const { meet, passedOver } = readFirst(table, marks, readIn)
  passBefore(asked, plan, (segment, { docs }) => meet(segment, docs))
  return passedOver
}

/** A question laid over the parts, but for its plan. */
type Asked = {
  parts: Part[]
  table: ValueTable
  request: SearchRequest
  query: ParsedQuery
  order: SearchOrder
  limit: number
  narrowing: Narrowing | null
  /** Which values name works, where each is a hit but once. */
  marks: WorkMarks | null
}

function tallyBy(plan: Plan, asked: Asked): Tally {
  const { parts, table, request, order, limit, narrowing, marks } = asked
  const { facets, firstOf = null } = request
  const after = request.after === undefined ? null : readKey(order, request.after)
  const tally: Tally = {
    total: 0,
    found: 0,
    works: marks && { marks, met: new Uint8Array(marks.length), repeated: 0 },
    missing: new Map(narrowing ? removable(narrowing).map(({ name }) => [name, 0]) : []),
    counts: countsFor(firstOf ? [...facets, firstOf.facet] : facets, narrowing, table.entries.length),
    countsOwn: facets.some((facet) => ownFacets.has(facet)),
    // One more than asked for tells whether there is a next page.
    ranked: ranking(
      order,
      limit === 0 ? 0 : limit + 1,
      after,
      marks,
      limit > 0 ? passedOverBy(plan, asked) : undefined,
    ),
    firstOf: firstOf && {
      facet: firstOf.facet,
      rankings: new Map(),
      begin: () => ranking(order, firstOf.each, null, marks),
    },
  }
  if (marks && after) passBefore(asked, plan, (segment, found) => passShown(tally.ranked, segment, found))
  parts.forEach((part, place) => {
    beginAnew()
    const found = matchesIn(part, place, plan, request.among)
    // Later documents are mostly newer.
    if (found && found.docs.length > 0) gather(tally, table, part, place, found, narrowing, order !== 'oldest')
  })
  return tally
}

function answerOf(tally: Tally, plan: Plan, asked: Asked): SearchAnswer {
  const { parts, table, request, query, order, limit, narrowing, marks } = asked
  const { facetLimit, facetLimits = {}, filters, facets } = request
  const first = inOrder(tally.ranked)
  const page = first.slice(0, limit)
  const last = page.at(-1)
  const counted = (facet: string) => tally.counts.get(narrowing ? bitOf(narrowing, facet) : 0)!
  const { readIn, own } = languagesShown(request)
  const laid: Laid = {
    parts,
    table,
    plan,
    narrowing,
    order,
    readIn,
    own,
    marks: readIn.length > 0 ? workMarks(table) : null,
  }
  const shown = request.worksOnce ? page.map((hit) => shownFor(laid, hit)) : shownForEach(laid, page)
  return {
    total: tally.total,
    works: tally.total - (tally.works?.repeated ?? 0),
    hits: page.map(({ score, work }, at) => ({
      number: shown[at]!.number,
      score: score / scoreUnit,
      ...reasonsOf(plan, parts, shown[at]!.found.part, shown[at]!.found.doc),
      ...standsFor(shown[at]!),
      ...(marks && work >= 0 && { editions: editionsOf(parts, table, marks, { work, facet: request.worksOnce! }) }),
    })),
    ...(tally.firstOf && { firstOf: firstHits(tally.firstOf, laid, counted(tally.firstOf.facet)) }),
    next: last && first.length > limit ? writeKey(order, last.key) : null,
    facets: Object.fromEntries(
      facets.map((facet) => [
        facet,
        mostFrequent(
          table.facets.get(facet),
          counted(facet),
          facetLimits[facet] ?? facetLimit,
          valuesOf(filters, facet),
        ),
      ]),
    ),
    totalWithout: Object.fromEntries([...tally.missing].map(([name, missing]) => [name, tally.total + missing])),
    totalWithoutClause: tally.total === 0 && !request.among ? totalsWithoutClauses(parts, plan, narrowing) : [],
    ...(plan.optional.length > 0 && { spared: plan.optional.map(({ name }) => name) }),
    words: query.words,
    ways: query.ways,
  }
}

/** Where fewer hold all words, those that hold all but the general ones are found too. */
const hardlyAny = 5

export function searchParts(parts: Part[], table: ValueTable, request: SearchRequest): SearchAnswer {
  const query = mend(request.query, parts)
  const asked: Asked = {
    parts,
    table,
    request,
    query,
    // Where no word was asked for, all are equally relevant.
    order: request.sort === 'relevance' && query.required.length === 0 ? 'standing' : request.sort,
    limit: Math.max(0, Math.min(Math.floor(request.limit), greatestLimit)),
    narrowing: narrowingOf(request, table),
    marks: request.worksOnce ? workMarks(table) : null,
  }
  const documents = parts.reduce((sum, part) => sum + livingIn(part), 0)
  const plan = planQuery(query, { parts, documents })
  const tally = tallyBy(plan, asked)
  if (tally.found >= hardlyAny || request.among || !maySpare(plan)) return answerOf(tally, plan, asked)
  const spared = sparing(plan)
  const more = tallyBy(spared, asked)
  return more.total > tally.total ? answerOf(more, spared, asked) : answerOf(tally, plan, asked)
}

const standsFor = ({ standsFor: found }: Shown) => found && { standsFor: found }

const firstHits = (
  { rankings, facet }: FirstOf,
  laid: Laid,
  counts: Uint32Array,
): NonNullable<SearchAnswer['firstOf']> =>
  Object.fromEntries(
    [...rankings].map(([value, ranked]) => [
      laid.table.entries[value]![1],
      {
        total: counts[value]!,
        hits: inOrder(ranked).map((hit) => {
          const shown = shownFor(laid, hit, facet)
          return { number: shown.number, score: hit.score / scoreUnit, ...standsFor(shown) }
        }),
      },
    ]),
  )

function valuesOf(filters: Record<string, string[]>, facet: string): string[] {
  return Object.hasOwn(filters, facet) ? filters[facet]! : []
}
