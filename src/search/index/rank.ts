/** The order of hits, the first so many of them, and the key at which the next page begins. */
import { SearchKeyError, type SearchOrder } from '../contract.ts'
import type { Matches } from './postings.ts'
import { titleWidth, type Segment } from './segment.ts'
import type { PassedOver } from './read-first.ts'
import { workOf, type WorkMarks } from './works.ts'

type SortValue = (segment: Segment, doc: number, score: number) => number

const changed: SortValue = (segment, doc) => -segment.changedAt[doc]!
const standing: SortValue = (segment, doc) => -segment.standings[doc]!

/** What each order goes by, smallest first; the record number decides what is left. */
const sortValues: Record<SearchOrder, SortValue[]> = {
  relevance: [(_, __, score) => -score, changed, standing],
  standing: [standing],
  newest: [changed, standing],
  oldest: [(segment, doc) => segment.changedAt[doc]!],
  // An unknown year is the least number there is, and so comes last.
  year: [(segment, doc) => -segment.years[doc]!, standing],
  title: Array.from(
    { length: titleWidth },
    (_, i) => (segment: Segment, doc: number) => segment.titles[doc * titleWidth + i]!,
  ),
}

/** The values of the sort, then the number. */
export type SortKey = number[]

export type Ranked = { number: number; score: number; key: SortKey; part: number; doc: number; work: number }

/** One hit for each work: the hits in the heap by work, and the works shown on earlier pages. */
type WorksOnce = {
  marks: WorkMarks
  held: Map<number, Ranked>
  shown: Set<number>
  /** Where the order can be seen: which editions give way to one that the reader can read. */
  passedOver: PassedOver | undefined
}

export function compareKeys(a: SortKey, b: SortKey): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}

export const keyOf = (sort: SearchOrder, segment: Segment, doc: number, score: number): SortKey => [
  ...sortValues[sort].map((value) => value(segment, doc, score)),
  segment.numbers[doc]!,
]

/** Keeps the first `size` hits that come after a key, in a heap whose root is the last of them. */
export type Ranking = {
  sort: SearchOrder
  size: number
  values: SortValue[]
  after: SortKey | null
  works: WorksOnce | null
  heap: Ranked[]
  /** What comes after this by its first value need not be looked at further. */
  bound: number
  /** The same by its second value, for what is equal by the first. */
  secondBound: number
}

export function ranking(
  sort: SearchOrder,
  size: number,
  after: SortKey | null,
  marks: WorkMarks | null,
  passedOver?: PassedOver,
): Ranking {
  const works = marks && { marks, held: new Map<number, Ranked>(), shown: new Set<number>(), passedOver }
  return { sort, size, values: sortValues[sort], after, works, heap: [], bound: Infinity, secondBound: Infinity }
}

/** Whether a document comes before (< 0) or after a key, without making its own key. */
function compareTo(key: SortKey, values: SortValue[], segment: Segment, doc: number, score: number): number {
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]!(segment, doc, score) - key[i]!
    if (difference !== 0) return difference
  }
  return segment.numbers[doc]! - key[values.length]!
}

function offer(ranking: Ranking, segment: Segment, part: number, doc: number, score: number): void {
  const { heap, size, values, after, works } = ranking
  if (heap.length === size && compareTo(heap[0]!.key, values, segment, doc, score) >= 0) return
  if (after && compareTo(after, values, segment, doc, score) <= 0) return
  const work = works ? workOf(segment, doc, works.marks) : -1
  if (work >= 0 && (works!.shown.has(work) || works!.passedOver?.(segment, doc, work))) return
  const held = works?.held.get(work)
  if (held && compareTo(held.key, values, segment, doc, score) >= 0) return
  const number = segment.numbers[doc]!
  const ranked = { number, score, key: [...values.map((value) => value(segment, doc, score)), number], part, doc, work }
  if (held) sink(heap, ranked, heap.indexOf(held))
  else if (heap.length < size) rise(heap, ranked)
  else {
    works?.held.delete(heap[0]!.work)
    sink(heap, ranked)
  }
  if (work >= 0) works?.held.set(work, ranked)
  if (heap.length < size) return
  ranking.bound = heap[0]!.key[0]!
  ranking.secondBound = heap[0]!.key[1]!
}

/** Notes the works that are on the pages before: what else is found of them comes no more. */
export function passShown({ works, after, values }: Ranking, segment: Segment, { docs, scores }: Matches): void {
  if (!works || !after) return
  for (let i = 0; i < docs.length; i++) {
    const work = workOf(segment, docs[i]!, works.marks)
    if (work < 0 || works.passedOver?.(segment, docs[i]!, work)) continue
    if (compareTo(after, values, segment, docs[i]!, scores[i]!) <= 0) works.shown.add(work)
  }
}

/** The numbers that a sort goes by first, how many lie between two documents, and 1 or -1 for what comes first. */
function firstColumn(sort: SearchOrder, { changedAt, standings, years, titles }: Segment) {
  if (sort === 'title') return { column: titles, stride: titleWidth, sign: 1 }
  if (sort === 'standing') return { column: standings, stride: 1, sign: -1 }
  if (sort === 'year') return { column: years, stride: 1, sign: -1 }
  return { column: changedAt, stride: 1, sign: sort === 'oldest' ? 1 : -1 }
}

/** Offers all documents of a segment, from the end on where later ones are likely to come first. */
export function offerAll(
  ranking: Ranking,
  segment: Segment,
  part: number,
  { docs, scores }: Matches,
  backward: boolean,
): void {
  if (ranking.size === 0) return
  if (ranking.sort === 'relevance') return offerByScore(ranking, segment, part, { docs, scores })
  const { column, stride, sign } = firstColumn(ranking.sort, segment)
  const step = backward ? -1 : 1
  for (let i = backward ? docs.length - 1 : 0; i >= 0 && i < docs.length; i += step) {
    const doc = docs[i]!
    // Most documents are turned away here; looking at the number itself spares them a call.
    const first = sign * column[doc * stride]!
    if (first <= ranking.bound) offer(ranking, segment, part, doc, scores[i]!)
  }
}

/** Many documents earn alike; then the time of their last change turns most away. */
function offerByScore(ranking: Ranking, segment: Segment, part: number, { docs, scores }: Matches): void {
  const { changedAt } = segment
  let least = -ranking.bound
  let since = -ranking.secondBound
  for (let i = docs.length - 1; i >= 0; i--) {
    const score = scores[i]!
    if (score < least || (score === least && changedAt[docs[i]!]! < since)) continue
    offer(ranking, segment, part, docs[i]!, score)
    least = -ranking.bound
    since = -ranking.secondBound
  }
}

/** Offers each document to the ranking of its value; a value without one gets it from `begin`. */
export function offerByValue(
  rankings: Map<number, Ranking>,
  begin: () => Ranking,
  segment: Segment,
  part: number,
  { docs, scores }: Matches,
  valueOf: (doc: number) => number,
): void {
  for (let i = docs.length - 1; i >= 0; i--) {
    const value = valueOf(docs[i]!)
    if (value < 0) continue
    let ranking = rankings.get(value)
    if (!ranking) rankings.set(value, (ranking = begin()))
    const isLess = ranking.sort === 'relevance' && scores[i]! < -ranking.bound
    const comesLater = ranking.sort === 'standing' && -segment.standings[docs[i]!]! > ranking.bound
    const comesTooLate = ranking.sort === 'newest' && -segment.changedAt[docs[i]!]! > ranking.bound
    if (!isLess && !comesLater && !comesTooLate) offer(ranking, segment, part, docs[i]!, scores[i]!)
  }
}

function rise(heap: Ranked[], ranked: Ranked): void {
  let at = heap.push(ranked) - 1
  while (at > 0) {
    const above = (at - 1) >>> 1
    if (compareKeys(heap[above]!.key, ranked.key) >= 0) break
    heap[at] = heap[above]!
    at = above
  }
  heap[at] = ranked
}

/** Puts a hit in the place of the root, or of another that it comes before. */
function sink(heap: Ranked[], ranked: Ranked, from = 0): void {
  let at = from
  for (;;) {
    let below = 2 * at + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && compareKeys(heap[below + 1]!.key, heap[below]!.key) > 0) below++
    if (compareKeys(heap[below]!.key, ranked.key) <= 0) break
    heap[at] = heap[below]!
    at = below
  }
  heap[at] = ranked
}

export function inOrder({ heap }: Ranking): Ranked[] {
  return heap.toSorted((a, b) => compareKeys(a.key, b.key))
}

export function writeKey(sort: SearchOrder, key: SortKey): string {
  return Buffer.from(JSON.stringify([sort, ...key])).toString('base64url')
}

export function readKey(sort: SearchOrder, text: string): SortKey {
  const [named, ...key] = text.length < 1_000 ? parsed(text) : []
  const isKey = named === sort && key.length === sortValues[sort].length + 1
  if (!isKey || !key.every((value) => Number.isFinite(value)))
    throw new SearchKeyError(`No ${sort} key: ${text.slice(0, 80)}`)
  return key as number[]
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
