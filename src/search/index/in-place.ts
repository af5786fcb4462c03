/** Keeps the documents in which the words of a phrase stand at the right distance from one another. */
import type { FoundSlot } from './match.ts'
import {
  advance,
  openCursor,
  positionList,
  readPositions,
  standApart,
  type Cursor,
  type Matches,
  type PositionList,
} from './postings.ts'
import { anyNumbers, anyScores } from './scratch.ts'
import type { Segment } from './segment.ts'

type Standing = { offset: number; cursors: Cursor[]; starts: PositionList }

/** Where the phrase would have to begin for the slot to stand where it does in this document, rising. */
function startsIn({ offset, cursors, starts }: Standing, doc: number): PositionList {
  starts.length = 0
  let read = 0
  for (const cursor of cursors) {
    if (advance(cursor, doc) !== doc) continue
    readPositions(cursor, starts, offset)
    read++
  }
  if (read > 1) starts.at.subarray(0, starts.length).sort()
  return starts
}

/** Keeps of the first those that are in the second too. Both rise. */
function keepCommon(first: PositionList, second: PositionList): void {
  let size = 0
  let b = 0
  for (let a = 0; a < first.length; a++) {
    const start = first.at[a]!
    while (b < second.length && second.at[b]! < start) b++
    if (b === second.length) break
    if (second.at[b] === start) first.at[size++] = start
  }
  first.length = size
}

function stands([first, ...rest]: Standing[], doc: number): boolean {
  const starts = startsIn(first!, doc)
  for (const slot of rest) {
    if (starts.length === 0) return false
    keepCommon(starts, startsIn(slot, doc))
  }
  return starts.length > 0
}

/** Two words in one form each, which is what most phrases are: their positions are compared as they are read. */
function besideOneAnother(segment: Segment, phrase: FoundSlot[]): ((doc: number) => boolean) | null {
  const [first, second] = phrase
  if (phrase.length !== 2 || first!.terms.length > 1 || second!.terms.length > 1) return null
  const apart = second!.offset - first!.offset
  if (apart < 1) return null
  const [one, other] = [openCursor(segment, first!.terms[0]!.term), openCursor(segment, second!.terms[0]!.term)]
  return (doc) => advance(one, doc) === doc && advance(other, doc) === doc && standApart(one, other, apart)
}

/** Those documents in which the slots stand at their places from one another. */
export function inPlace(segment: Segment, phrase: FoundSlot[], { docs, scores }: Matches): Matches {
  const isThere = besideOneAnother(segment, phrase) ?? anywhere(segment, phrase)
  const kept = { docs: anyNumbers(docs.length), scores: anyScores(docs.length) }
  let size = 0
  for (let i = 0; i < docs.length; i++) {
    if (!isThere(docs[i]!)) continue
    kept.docs[size] = docs[i]!
    kept.scores[size++] = scores[i]!
  }
  return { docs: kept.docs.subarray(0, size), scores: kept.scores.subarray(0, size) }
}

function anywhere(segment: Segment, phrase: FoundSlot[]): (doc: number) => boolean {
  const slots = phrase.map(({ offset, terms }) => ({
    offset,
    cursors: terms.map(({ term }) => openCursor(segment, term)),
    starts: positionList(),
  }))
  return (doc) => stands(slots, doc)
}
