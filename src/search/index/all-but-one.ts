/** Documents in which all clauses but one are found: what would be found without it. */
import { mostIn, readClause, type FoundClause } from './match.ts'
import type { Matches } from './postings.ts'
import { anyNumbers, anyScores } from './scratch.ts'
import type { Segment } from './segment.ts'

/** A clause that the segment has, with its place in the question. */
export type PlacedClause = { clause: FoundClause; at: number }

const none = -1

/** The documents with, in place of a score, the place of the clause that is missing. */
type Missing = Matches

/** Keeps of the documents those that this clause, or no other, is missing in. */
function narrowed(segment: Segment, { docs, scores }: Missing, { clause, at }: PlacedClause): Missing {
  const has = readClause(segment, clause, docs).docs
  const kept = { docs: anyNumbers(docs.length), scores: anyScores(docs.length) }
  let size = 0
  let next = 0
  for (let i = 0; i < docs.length; i++) {
    const isFound = next < has.length && has[next] === docs[i]
    if (isFound) next++
    else if (scores[i] !== none) continue
    kept.docs[size] = docs[i]!
    kept.scores[size++] = isFound ? scores[i]! : at
  }
  return { docs: kept.docs.subarray(0, size), scores: kept.scores.subarray(0, size) }
}

/** The documents of either clause, with the one that is missing. */
function eitherOf(segment: Segment, one: PlacedClause, other: PlacedClause): Missing {
  const left = readClause(segment, one.clause, null).docs
  const right = readClause(segment, other.clause, null).docs
  const docs = anyNumbers(left.length + right.length)
  const scores = anyScores(docs.length)
  let size = 0
  for (let a = 0, b = 0; a < left.length || b < right.length;) {
    const isLeft = b === right.length || left[a]! <= right[b]!
    const isRight = a === left.length || right[b]! <= left[a]!
    docs[size] = isLeft ? left[a]! : right[b]!
    scores[size++] = isLeft && isRight ? none : isLeft ? other.at : one.at
    a += +isLeft
    b += +isRight
  }
  return { docs: docs.subarray(0, size), scores: scores.subarray(0, size) }
}

/** What lacks no more than one clause has one of the two rarest: so each clause is read once, and most among few. */
export function allButOne(segment: Segment, clauses: PlacedClause[]): Missing {
  const rarestFirst = clauses
    .map((one) => ({ one, most: mostIn(segment, one.clause) }))
    .sort((a, b) => a.most - b.most)
    .map(({ one }) => one)
  const [first, second, ...rest] = rarestFirst
  return rest.reduce((missing, one) => narrowed(segment, missing, one), eitherOf(segment, first!, second!))
}
