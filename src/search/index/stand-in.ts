/**
 * The edition of a work that a reader is shown: one in a language of theirs, where the work has one, though another has the
 * words. It passes the filters, and has nothing that is excluded; of several, one that has the words as well comes first.
 */
import type { FoundEdition, SearchOrder } from '../contract.ts'
import { languageTags } from '../contract.ts'
import { baseLanguage } from '../query/stem.ts'
import type { ValueTable } from './facets.ts'
import { keepMarked, preferredIn, wantedOf } from './found-in.ts'
import { matchAll } from './match.ts'
import { countEqual } from './misses.ts'
import { missesOf, type Narrowing } from './narrow.ts'
import type { Part } from './part.ts'
import { clausesIn, type Plan } from './plan.ts'
import type { Matches } from './postings.ts'
import { valuesOfFacet } from './profiles.ts'
import { compareKeys, keyOf, type Ranked, type SortKey } from './rank.ts'
import { beginAnew } from './scratch.ts'
import type { Segment } from './segment.ts'
import { docsOfWork, workOf, type WorkMarks } from './works.ts'

/** A question laid over the parts, as far as editions need it. */
export type Laid = {
  parts: Part[]
  table: ValueTable
  plan: Plan
  narrowing: Narrowing | null
  order: SearchOrder
  /** Null where editions are no matter. */
  marks: WorkMarks | null
  readIn: readonly string[]
}

/** What is shown, and what it is found by: itself, or another edition. */
export type Shown = { number: number; found: { part: number; doc: number }; standsFor?: FoundEdition }

type Edition = { part: number; doc: number; number: number; tag: string; rank: number; year: number }
type Judged = Edition & { isAllowed: boolean; score: number | null }

function tagsOf({ rowStarts, rowValues }: Segment, { entries }: ValueTable, doc: number): string[] {
  const tags: string[] = []
  for (let at = rowStarts[doc]!; at < rowStarts[doc + 1]!; at++) {
    const [facet, value] = entries[rowValues[at]!]!
    if (facet === languageTags) tags.push(value)
  }
  return tags
}

/** The place among the languages of the reader of the first that an edition is in; after all of them where it is in none. */
function rankOf(tags: readonly string[], readIn: readonly string[]): number {
  const place = readIn.findIndex((language) => tags.some((tag) => baseLanguage(tag) === baseLanguage(language)))
  return place < 0 ? readIn.length : place
}

/** “es” before “es-PE”, “zh-Hans” before “zh-Hant”; then the newest. */
const inOrder = (a: Edition, b: Edition): number =>
  a.rank - b.rank || (a.tag < b.tag ? -1 : +(a.tag > b.tag)) || b.year - a.year || a.number - b.number

function editionsIn({ parts, table, marks, readIn }: Laid, work: number): Edition[] {
  return parts.flatMap(({ segment }, part) =>
    docsOfWork(segment, marks!, work).map((doc) => {
      const tags = tagsOf(segment, table, doc)
      const [tag = ''] = tags.map((one) => one.toLowerCase()).sort()
      return { part, doc, number: segment.numbers[doc]!, tag, rank: rankOf(tags, readIn), year: segment.years[doc]! }
    }),
  )
}

/** Those that filters and exclusions let pass, and what those that have the words earn by them. */
function judged(laid: Laid, editions: readonly Edition[]): Judged[] {
  const { parts, plan, narrowing } = laid
  return [...new Set(editions.map(({ part }) => part))].flatMap((place) => {
    beginAnew()
    const part = parts[place]!
    const here = editions.filter((edition) => edition.part === place)
    const docs = Uint32Array.from(here, ({ doc }) => doc).sort()
    const living = wantedOf(part, place, plan, { docs, scores: new Int32Array(docs.length) })
    const misses = narrowing && missesOf(part.segment, living.docs, narrowing)
    const allowed = misses ? keepMarked(living, misses, 0, countEqual(misses, 0)) : living
    const required = clausesIn(plan.required, place)
    const found: Matches | null =
      required && preferredIn(part, place, plan, matchAll(part.segment, required, allowed.docs.slice()))
    const scores = new Map(found ? Array.from(found.docs, (doc, at) => [doc, found.scores[at]!] as const) : [])
    const passing = new Set(allowed.docs)
    return here.map((one) => ({ ...one, isAllowed: passing.has(one.doc), score: scores.get(one.doc) ?? null }))
  })
}

/** The best of the editions in the first language in which there is one to show, where that comes before `rank`. */
function bestOf(laid: Laid, editions: readonly Edition[], rank: number, isAlike: (one: Edition) => boolean) {
  const better = editions.filter((one) => one.rank < rank && isAlike(one)).sort(inOrder)
  for (const place of new Set(better.map((one) => one.rank))) {
    const ofLanguage = better.filter((one) => one.rank === place)
    const allowed = judged(laid, ofLanguage).filter(({ isAllowed }) => isAllowed)
    const best = allowed.sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || inOrder(a, b))[0]
    if (best) return best
  }
  return undefined
}

const asFound = ({ number, part, doc }: Ranked): Shown => ({ number, found: { part, doc } })

/** -1 where it is of none, or where the reader can read whatever comes. */
const workOfHit = ({ parts, marks, readIn }: Laid, { part, doc }: Ranked): number =>
  marks && readIn.length > 0 ? workOf(parts[part]!.segment, doc, marks) : -1

/** Of what a hit is found by, the edition to show. @param alike a facet of which both have the same value */
export function shownFor(laid: Laid, hit: Ranked, alike?: string): Shown {
  const { parts, table, readIn } = laid
  const work = workOfHit(laid, hit)
  if (work < 0) return asFound(hit)
  const tags = tagsOf(parts[hit.part]!.segment, table, hit.doc)
  const rank = rankOf(tags, readIn)
  if (rank === 0) return asFound(hit)
  const valueOf = ({ part, doc }: { part: number; doc: number }) => {
    const { segment } = parts[part]!
    return alike === undefined ? 0 : valuesOfFacet(segment, table, alike)[segment.profiles[doc]!]
  }
  const best = bestOf(laid, editionsIn(laid, work), rank, (one) => valueOf(one) === valueOf(hit))
  if (!best) return asFound(hit)
  const { number, part, doc } = best
  if (best.score !== null) return { number, found: { part, doc } }
  const found = asFound(hit).found
  return { number, found, standsFor: { number: hit.number, language: baseLanguage(tags[0] ?? 'und') } }
}

/**
 * The same where each edition is a hit. Then what the reader can read is one already, if it is found; else the first of its
 * work gives it its place.
 */
export function shownForEach(laid: Laid, hits: readonly Ranked[]): Shown[] {
  const firstOf = new Map<number, number | null>()
  return hits.map((hit) => {
    const work = workOfHit(laid, hit)
    if (work < 0) return asFound(hit)
    let first = firstOf.get(work)
    if (first === undefined) firstOf.set(work, (first = firstToGiveWay(laid, work)))
    return first === hit.number ? shownFor(laid, hit) : asFound(hit)
  })
}

/** The first of the found editions, where a reader could read another better than any of them. */
function firstToGiveWay(laid: Laid, work: number): number | null {
  const { parts, order } = laid
  const editions = editionsIn(laid, work)
  const all = judged(laid, editions).filter(({ isAllowed }) => isAllowed)
  const best = Math.min(...all.map(({ rank }) => rank))
  const found = all.filter(({ score }) => score !== null)
  if (found.some(({ rank }) => rank === best)) return null
  const keys = found.map(({ part, doc, score, number }): [number, SortKey] => [
    number,
    keyOf(order, parts[part]!.segment, doc, score!),
  ])
  const [first] = keys.sort(([, a], [, b]) => compareKeys(a, b))
  return first ? first[0] : null
}
