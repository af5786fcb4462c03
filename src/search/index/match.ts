/** Which documents of one segment a query finds, and what each earns by it. */
import { everyDoc, everything } from './every-doc.ts'
import { inPlace } from './in-place.ts'
import { advance, end, impactAt, impactIn, openCursor, raiseTo, readTerm, type Matches } from './postings.ts'
import { heldPreference, wholeShare } from './score.ts'
import { anyNumbers, anyScores, zeroScores } from './scratch.ts'
import { frequencyOf, type Segment } from './segment.ts'

/** A query term found in a segment; the weight, a whole number, holds its rarity over the whole index. */
export type FoundTerm = { term: number; weight: number }
export type FoundSlot = { offset: number; terms: FoundTerm[] }
/** As in the query, narrowed to what the segment has. A branch that lacks something is left out. */
export type FoundBranch = { phrase: FoundSlot[] } | { all: FoundClause[] } | FoundMost
/** A clause of which some may be missing: as how many words it is missed, and whether with it alone what has it may be near. */
export type FoundShare = { clause: FoundClause; count: number; isNeeded: boolean; isPlace: boolean; isBeside: boolean }
/** What has none that is needed may be near where it has a place and so many beside it. */
export type FoundMost = { most: FoundShare[]; worth: number[]; enoughBeside: number }
export type FoundClause = { any: FoundBranch[] }

function union(left: Matches, right: Matches): Matches {
  if (left.docs.length === 0) return right
  if (right.docs.length === 0) return left
  const docs = anyNumbers(left.docs.length + right.docs.length)
  const scores = anyScores(docs.length)
  let a = 0
  let b = 0
  let size = 0
  while (a < left.docs.length || b < right.docs.length) {
    const leftDoc = a < left.docs.length ? left.docs[a]! : end
    const rightDoc = b < right.docs.length ? right.docs[b]! : end
    docs[size] = leftDoc < rightDoc ? leftDoc : rightDoc
    const leftScore = leftDoc <= rightDoc ? left.scores[a++]! : 0
    const rightScore = rightDoc <= leftDoc ? right.scores[b++]! : 0
    scores[size++] = leftScore > rightScore ? leftScore : rightScore
  }
  return { docs: docs.subarray(0, size), scores: scores.subarray(0, size) }
}

const nothing: Matches = { docs: new Uint32Array(0), scores: new Int32Array(0) }

/** From this share of a segment on, a place for each document beats following lists. */
const denseShare = 1 / 8
/** From this share on it beats asking each list for each of the documents. */
const denseAmongShare = 1 / 32

const sumOf = (segment: Segment, { terms }: FoundSlot) =>
  terms.reduce((sum, { term }) => sum + frequencyOf(segment, term), 0)

/** All documents of a slot, with what they earn by it. */
export function readSlot(segment: Segment, slot: FoundSlot): Matches {
  const { terms } = slot
  if (terms.length > 1 && sumOf(segment, slot) > segment.documents * denseShare) return readDense(segment, slot)
  return terms.map(({ term, weight }) => readTerm(segment, term, weight)).reduce(union, nothing)
}

function readDense(segment: Segment, slot: FoundSlot): Matches {
  const best = bestOf(segment, slot)
  const documents = best.length
  const docs = anyNumbers(documents)
  let size = 0
  // In place: what is kept never stands behind what is read.
  for (let doc = 0; doc < documents; doc++) {
    const score = best[doc]!
    docs[size] = doc
    best[size] = score
    size += +(score > 0)
  }
  return { docs: docs.subarray(0, size), scores: best.subarray(0, size) }
}

/** What a slot gives each document of the segment, by its place. */
function bestOf(segment: Segment, { terms }: FoundSlot): Int32Array {
  const best = zeroScores(segment.documents)
  for (const { term, weight } of terms) raiseTo(segment, term, weight, best)
  return best
}

/** What each of these documents earns by slots any of which may be found; 0 where none is. */
function scoreSlots(segment: Segment, slots: FoundSlot[], docs: Uint32Array): Int32Array {
  const scores = zeroScores(docs.length)
  if (docs.length > segment.documents * denseAmongShare) {
    const best = zeroScores(segment.documents)
    for (const { terms } of slots) for (const { term, weight } of terms) raiseTo(segment, term, weight, best)
    for (let i = 0; i < docs.length; i++) scores[i] = best[docs[i]!]!
    return scores
  }
  for (const { terms } of slots) for (const { term, weight } of terms) raiseAmong(segment, term, weight, docs, scores)
  return scores
}

const fewDocs = 4

function raiseAmong(segment: Segment, term: number, weight: number, docs: Uint32Array, scores: Int32Array): void {
  // For a document or two it costs more to make ready for reading than to read.
  if (docs.length <= fewDocs) {
    for (let i = 0; i < docs.length; i++) scores[i] = Math.max(scores[i]!, impactIn(segment, term, docs[i]!) * weight)
    return
  }
  const cursor = openCursor(segment, term)
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!
    const found = advance(cursor, doc)
    if (found === end) break
    if (found !== doc) continue
    const score = impactAt(cursor) * weight
    if (score > scores[i]!) scores[i] = score
  }
}

const scoreSlot = (segment: Segment, slot: FoundSlot, docs: Uint32Array) => scoreSlots(segment, [slot], docs)

/** What one document earns by a slot. */
export const scoreOne = (segment: Segment, slot: FoundSlot, doc: number): number =>
  scoreSlot(segment, slot, Uint32Array.of(doc))[0]!

/** Keeps the documents that earned something, with what they had and what they earned. */
function keep(matches: Matches, earned: Int32Array): Matches {
  const length = matches.docs.length
  const docs = anyNumbers(length)
  const scores = anyScores(length)
  let size = 0
  for (let i = 0; i < length; i++) {
    docs[size] = matches.docs[i]!
    scores[size] = matches.scores[i]! + earned[i]!
    size += +(earned[i]! > 0)
  }
  return { docs: docs.subarray(0, size), scores: scores.subarray(0, size) }
}

/** Keeps the matches whose documents are among these. */
function within(matches: Matches, among: Uint32Array): Matches {
  const docs = anyNumbers(matches.docs.length)
  const scores = anyScores(docs.length)
  let size = 0
  let at = 0
  for (let i = 0; i < matches.docs.length; i++) {
    const doc = matches.docs[i]!
    while (at < among.length && among[at]! < doc) at++
    if (at === among.length) break
    if (among[at] !== doc) continue
    docs[size] = doc
    scores[size++] = matches.scores[i]!
  }
  return { docs: docs.subarray(0, size), scores: scores.subarray(0, size) }
}

/** The documents of a phrase, all or among those given, with what they earn by it. */
function readPhrase(segment: Segment, phrase: FoundSlot[], among: Uint32Array | null): Matches {
  const slots = phrase.length === 1 ? phrase.slice() : phrase.toSorted((a, b) => sumOf(segment, a) - sumOf(segment, b))
  let matches: Matches
  // A rare word has fewer documents than those that are looked among.
  if (among && among.length <= sumOf(segment, slots[0]!)) matches = { docs: among, scores: zeroScores(among.length) }
  else {
    const rarest = readSlot(segment, slots.shift()!)
    matches = among ? within(rarest, among) : rarest
  }
  for (const slot of slots) matches = keep(matches, scoreSlot(segment, slot, matches.docs))
  return phrase.length === 1 ? matches : inPlace(segment, phrase, matches)
}

const isWord = (branch: FoundBranch): branch is { phrase: [FoundSlot] } =>
  'phrase' in branch && branch.phrase.length === 1

export function readClause(segment: Segment, clause: FoundClause, among: Uint32Array | null): Matches {
  const { any } = clause
  if (any.length === 1) return readBranch(segment, any[0]!, among)
  if (!among && mostIn(segment, clause) * any.length <= segment.documents * denseShare)
    return any.map((branch) => readBranch(segment, branch, null)).reduce(union, nothing)
  const docs = among ?? everyDoc(segment.documents)
  const words = any.filter(isWord).map(({ phrase }) => phrase[0])
  const best = scoreSlots(segment, words, docs)
  for (const branch of any) if (!isWord(branch)) raiseWhere(docs, best, readBranch(segment, branch, among))
  return found(docs, best)
}

/** No more documents than this are found by a clause. */
export const mostIn = (segment: Segment, { any }: FoundClause): number =>
  any.reduce((sum, branch) => {
    if ('phrase' in branch) return sum + Math.min(...branch.phrase.map((slot) => sumOf(segment, slot)))
    if ('most' in branch) return sum + leading(branch).reduce((all, { clause }) => all + mostIn(segment, clause), 0)
    return sum + Math.min(...branch.all.map((clause) => mostIn(segment, clause)))
  }, 0)

/** Raises what these documents earned to what the matches, all among them, earned. */
function raiseWhere(docs: Uint32Array, best: Int32Array, matches: Matches): void {
  let at = 0
  for (let i = 0; i < matches.docs.length; i++) {
    const doc = matches.docs[i]!
    if (docs.length > doc && docs[doc] === doc) at = doc
    else while (docs[at]! < doc) at++
    if (matches.scores[i]! > best[at]!) best[at] = matches.scores[i]!
  }
}

/** Those of the documents that earned something. */
function found(from: Uint32Array, earned: Int32Array): Matches {
  const docs = anyNumbers(from.length + 1)
  const scores = anyScores(from.length + 1)
  let size = 0
  for (let i = 0; i < from.length; i++) {
    docs[size] = from[i]!
    scores[size] = earned[i]!
    size += +(earned[i]! > 0)
  }
  return { docs: docs.subarray(0, size), scores: scores.subarray(0, size) }
}

const leading = ({ most }: FoundMost) => most.filter(({ isNeeded, isPlace }) => isNeeded || isPlace)

/** One pass over each clause, counting: choices of some of them would read every clause many times. */
function readMost(segment: Segment, branch: FoundMost, among: Uint32Array | null): Matches {
  const { most, worth, enoughBeside } = branch
  const first = leading(branch)
  const read = first.map(({ clause }) => readClause(segment, clause, among))
  const { docs } = read.reduce(union)
  const [sums, counts] = [new Int32Array(docs.length), new Uint8Array(docs.length)]
  const [needed, beside] = [new Uint8Array(docs.length), new Uint8Array(docs.length)]
  for (const one of most) {
    const matches = read[first.indexOf(one)] ?? readClause(segment, one.clause, docs)
    addUp(docs, matches, (at, score) => {
      sums[at]! += score
      counts[at]! += one.count
      needed[at]! += +one.isNeeded
      beside[at]! += +one.isBeside
    })
  }
  const all = most.reduce((sum, { count }) => sum + count, 0)
  for (let i = 0; i < docs.length; i++) {
    const isNear = needed[i]! > 0 || beside[i]! >= enoughBeside
    const share = isNear ? worth[all - counts[i]!] : undefined
    sums[i] = share === undefined ? 0 : wholeShare(sums[i]!, share)
  }
  return found(docs, sums)
}

/** Adds what matches, all among these documents, earned. */
function addUp(docs: Uint32Array, matches: Matches, add: (at: number, score: number) => void): void {
  let at = 0
  for (let i = 0; i < matches.docs.length; i++) {
    const doc = matches.docs[i]!
    while (docs[at]! < doc) at++
    add(at, matches.scores[i]!)
  }
}

function readBranch(segment: Segment, branch: FoundBranch, among: Uint32Array | null): Matches {
  if ('phrase' in branch) return readPhrase(segment, branch.phrase, among)
  if ('most' in branch) return readMost(segment, branch, among)
  return matchAll(segment, branch.all, among)
}

/** The slot of a clause that is one plain word. */
function onlySlot({ any }: FoundClause): FoundSlot | null {
  const [branch] = any
  const isPlain = any.length === 1 && 'phrase' in branch! && branch.phrase.length === 1
  return isPlain ? branch.phrase[0]! : null
}

/** Adds what `more`, found among the documents of `matches`, earned; keeps only those. */
function narrowed(matches: Matches, more: Matches): Matches {
  let at = 0
  const scores = more.scores.slice()
  for (let i = 0; i < more.docs.length; i++) {
    while (matches.docs[at]! < more.docs[i]!) at++
    scores[i]! += matches.scores[at]!
  }
  return { docs: more.docs, scores }
}

/** The documents in which every clause is found, all or among those given. */
export function matchAll(segment: Segment, clauses: FoundClause[], within: Uint32Array | null = null): Matches {
  let matches: Matches | null = within ? { docs: within, scores: zeroScores(within.length) } : null
  for (const clause of clauses) {
    if (matches?.docs.length === 0) break
    const slot = onlySlot(clause)
    if (matches && slot) matches = keep(matches, scoreSlot(segment, slot, matches.docs))
    else {
      const found: Matches = readClause(segment, clause, matches ? matches.docs : null)
      matches = matches ? narrowed(matches, found) : found
    }
  }
  return matches ?? everything(segment)
}

/** The same matches, with what is preferred added to what each earned by its words. */
export function withPreferred(
  segment: Segment,
  { docs, scores }: Matches,
  { any }: FoundClause,
  potential: number,
): Matches {
  const earned = scoreSlots(
    segment,
    any.filter(isWord).map(({ phrase }) => phrase[0]),
    docs,
  )
  const sums = anyScores(docs.length)
  for (let i = 0; i < docs.length; i++) sums[i] = scores[i]! + heldPreference(earned[i]!, scores[i]!, potential)
  return { docs, scores: sums.subarray(0, docs.length) }
}

/** Marks, among these documents, those in which the clause is found. */
export function findAmong(segment: Segment, clause: FoundClause, docs: Uint32Array): Uint8Array {
  const found = new Uint8Array(docs.length)
  const slot = onlySlot(clause)
  if (slot) {
    const scores = scoreSlot(segment, slot, docs)
    for (let i = 0; i < docs.length; i++) found[i] = +(scores[i]! > 0)
    return found
  }
  let at = 0
  for (const doc of readClause(segment, clause, docs).docs) {
    while (docs[at]! < doc) at++
    found[at] = 1
  }
  return found
}
