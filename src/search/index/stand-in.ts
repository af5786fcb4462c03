/**
 * The edition of a work that a reader is shown: one in a language of theirs, where the work has one, though another has the
 * words. It passes the filters, and has nothing that is excluded; of several, one that has the words as well comes first.
 */
import type { FoundEdition, SearchOrder } from '../contract.ts'
import { languageTags } from '../contract.ts'
import { baseLanguage } from '../query/stem.ts'
import type { ValueTable } from './facets.ts'
import { isFoundAt } from './evidence.ts'
import { keepMarked, preferredIn, wantedOf } from './found-in.ts'
import { matchAll } from './match.ts'
import { countEqual } from './misses.ts'
import { missesOf, type Narrowing } from './narrow.ts'
import type { Part } from './part.ts'
import { clausesIn, type Plan } from './plan.ts'
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
  /** The languages of the reader, then those that others read too, without script and region. */
  readIn: readonly string[]
  /** How many of them are the reader’s: in the others an edition is shown where it has the words itself. */
  own: number
}

/** What is shown, and what it is found by: itself, or another edition. */
export type Shown = { number: number; found: { part: number; doc: number }; standsFor?: FoundEdition }

/** `tag`: the first of its languages as it is written, small; `languages`: all of them, without script and region. */
type Edition = { doc: number; number: number; tag: string; languages: readonly string[]; year: number }
/** `part`: where it lies; `rank`: the place of its language among those of the reader. */
type Placed = Edition & { part: number }
type Candidate = Placed & { rank: number }

function editionAt(segment: Segment, { entries }: ValueTable, doc: number): Edition {
  const { rowStarts, rowValues, numbers, years } = segment
  const values = Array.from(rowValues.subarray(rowStarts[doc], rowStarts[doc + 1]), (id) => entries[id]!)
  const tags = values.flatMap(([facet, value]) => (facet === languageTags ? [value.toLowerCase()] : [])).sort()
  const languages = tags.map(baseLanguage)
  return { doc, number: numbers[doc]!, tag: tags[0] ?? '', languages, year: years[doc]! }
}

/** A segment never changes, so the editions in it are looked up once. */
const inSegments = new WeakMap<Segment, Map<number, Edition[]>>()

function editionsIn(segment: Segment, table: ValueTable, marks: WorkMarks, work: number): readonly Edition[] {
  let ofWorks = inSegments.get(segment)
  if (!ofWorks) inSegments.set(segment, (ofWorks = new Map<number, Edition[]>()))
  let found = ofWorks.get(work)
  if (!found) ofWorks.set(work, (found = docsOfWork(segment, marks, work).map((doc) => editionAt(segment, table, doc))))
  return found
}

/** All editions of a work, and those of each language. */
type Editions = { all: readonly Placed[]; byLanguage: ReadonlyMap<string, readonly Placed[]> }

/** Nor does the list of parts: most parts have none of a work, and need not be looked at for each question. */
const inParts = new WeakMap<readonly Part[], Map<number, Editions>>()

function editionsOfWork({ parts, table, marks }: Laid, work: number): Editions {
  let ofWorks = inParts.get(parts)
  if (!ofWorks) inParts.set(parts, (ofWorks = new Map<number, Editions>()))
  const before = ofWorks.get(work)
  if (before) return before
  const all = parts.flatMap(({ segment }, part) =>
    editionsIn(segment, table, marks!, work).map((edition) => ({ ...edition, part })),
  )
  const languages = [...new Set(all.flatMap((edition) => edition.languages))]
  const byLanguage = new Map(
    languages.map((language) => [language, all.filter((edition) => edition.languages.includes(language))]),
  )
  ofWorks.set(work, { all, byLanguage })
  return { all, byLanguage }
}

/** The place among the languages of the reader of the first that an edition is in; after all of them where it is in none. */
function rankOf({ languages }: Edition, readIn: readonly string[]): number {
  const place = readIn.findIndex((language) => languages.includes(language))
  return place < 0 ? readIn.length : place
}

/** “es” before “es-PE”, “zh-Hans” before “zh-Hant”; then the newest. */
const inOrder = (a: Candidate, b: Candidate): number =>
  a.rank - b.rank || (a.tag < b.tag ? -1 : +(a.tag > b.tag)) || b.year - a.year || a.number - b.number

/** The editions of a work in the languages of the reader that come before a rank. */
function candidates(laid: Laid, work: number, before: number): Candidate[] {
  const { readIn } = laid
  const { byLanguage } = editionsOfWork(laid, work)
  return readIn.slice(0, before).flatMap((language, rank) =>
    (byLanguage.get(language) ?? [])
      // One that is in several languages of the reader counts for the first.
      .filter((edition) => rankOf(edition, readIn) === rank)
      .map((edition) => ({ ...edition, rank })),
  )
}

const everyEdition = (laid: Laid, work: number): Candidate[] =>
  editionsOfWork(laid, work).all.map((edition) => ({ ...edition, rank: rankOf(edition, laid.readIn) }))

const partsOf = (editions: readonly Candidate[]): number[] => [...new Set(editions.map(({ part }) => part))]
const inPart = (editions: readonly Candidate[], place: number): Candidate[] =>
  editions.filter(({ part }) => part === place)

/** The documents of these editions in a part that live, and that filters and exclusions let pass. */
function passing({ parts, plan, narrowing }: Laid, place: number, editions: readonly Candidate[]): Uint32Array {
  const part = parts[place]!
  const docs = Uint32Array.from(editions, ({ doc }) => doc).sort()
  const living = wantedOf(part, place, plan, { docs, scores: new Int32Array(docs.length) })
  const misses = narrowing && missesOf(part.segment, living.docs, narrowing)
  return misses ? keepMarked(living, misses, 0, countEqual(misses, 0)).docs : living.docs
}

function thatPass(laid: Laid, editions: readonly Candidate[]): Candidate[] {
  return partsOf(editions).flatMap((place) => {
    beginAnew()
    const here = inPart(editions, place)
    const docs = passing(laid, place, here)
    return docs.length === here.length ? here : here.filter(({ doc }) => docs.includes(doc))
  })
}

type Best = Candidate & { isFound: boolean }

/** The best of the editions in the first language in which there is one to show: one that has the words before the others. */
function bestOf(laid: Laid, better: readonly Candidate[]): Best | undefined {
  const { plan, parts, own } = laid
  const ranks =
    better.length > 1 ? [...new Set(better.map(({ rank }) => rank))].sort((a, b) => a - b) : [better[0]?.rank]
  for (const rank of ranks) {
    const ofLanguage = thatPass(
      laid,
      better.filter((one) => one.rank === rank),
    ).sort(inOrder)
    const found = ofLanguage.find(({ part, doc }) => isFoundAt(plan, parts, part, doc))
    if (found) return { ...found, isFound: true }
    const [first] = ofLanguage
    if (first && first.rank < own) return { ...first, isFound: false }
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
  const own = editionsOfWork(laid, work).all.find(({ part, doc }) => part === hit.part && doc === hit.doc)!
  const rank = rankOf(own, readIn)
  if (rank === 0) return asFound(hit)
  const valueOf = ({ part, doc }: { part: number; doc: number }) => {
    const { segment } = parts[part]!
    return alike === undefined ? 0 : valuesOfFacet(segment, table, alike)[segment.profiles[doc]!]
  }
  const better = candidates(laid, work, rank).filter((one) => valueOf(one) === valueOf(hit))
  const best = bestOf(laid, better)
  if (!best) return asFound(hit)
  const { number, part, doc } = best
  if (best.isFound) return { number, found: { part, doc } }
  const found = asFound(hit).found
  return { number, found, standsFor: { number: hit.number, language: own.languages[0] ?? 'und' } }
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

/** Of these editions those that are found, with what they earn. */
function foundAmong(laid: Laid, editions: readonly Candidate[]): (Candidate & { score: number })[] {
  const { parts, plan } = laid
  return partsOf(editions).flatMap((place) => {
    beginAnew()
    const { segment } = parts[place]!
    const required = clausesIn(plan.required, place)
    if (!required) return []
    const here = inPart(editions, place)
    const docs = passing(laid, place, here)
    const found = preferredIn(parts[place]!, place, plan, matchAll(segment, required, docs))
    const scores = new Map(Array.from(found.docs, (doc, at) => [doc, found.scores[at]!] as const))
    return here.flatMap((one) => (scores.has(one.doc) ? [{ ...one, score: scores.get(one.doc)! }] : []))
  })
}

/** The first of the found editions, where a reader could read another better than any of them. */
function firstToGiveWay(laid: Laid, work: number): number | null {
  const { parts, order, own } = laid
  const all = everyEdition(laid, work)
  const found = foundAmong(laid, all)
  const least = Math.min(...found.map(({ rank }) => rank))
  const better = thatPass(
    laid,
    all.filter(({ rank }) => rank < Math.min(least, own)),
  )
  if (better.length === 0) return null
  const keys = found.map(({ part, doc, score, number }): [number, SortKey] => [
    number,
    keyOf(order, parts[part]!.segment, doc, score),
  ])
  const [first] = keys.sort(([, a], [, b]) => compareKeys(a, b))
  return first ? first[0] : null
}
