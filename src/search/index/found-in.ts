/** What a plan finds in one part: the living documents that have all clauses, and nothing that is excluded. */
import { docsOf } from './among.ts'
import { everything } from './every-doc.ts'
import { findAmong, matchAll, withPreferred } from './match.ts'
import { countEqual } from './misses.ts'
import type { Misses } from './narrow.ts'
import { withOptional } from './optional.ts'
import { livingAmong, type Part } from './part.ts'
import { clauseIn, clausesIn, type Plan } from './plan.ts'
import type { Matches } from './postings.ts'
import { anyNumbers, anyScores } from './scratch.ts'

/**
 * The matches with this mark, of which there are so many. Adding the comparison itself spares the processor a guess at
 * each document; what is written beyond the last is cut off.
 */
export function keepMarked({ docs, scores }: Matches, marks: Misses | null, mark: number, size: number): Matches {
  if (!marks || size === docs.length) return { docs, scores }
  const kept = { docs: anyNumbers(size + 1), scores: anyScores(size + 1) }
  let at = 0
  for (let i = 0; i < docs.length; i++) {
    kept.docs[at] = docs[i]!
    kept.scores[at] = scores[i]!
    at += +(marks[i] === mark)
  }
  return { docs: kept.docs.subarray(0, size), scores: kept.scores.subarray(0, size) }
}

/** The living documents of a part that the text finds, all or among those of these records. */
export function matchesIn(part: Part, place: number, plan: Plan, among: readonly number[] | undefined): Matches | null {
  const { segment } = part
  const required = clausesIn(plan.required, place)
  if (!required) return null
  if (among) {
    const docs = docsOf(segment, among)
    return docs.length === 0 ? null : preferredIn(part, place, plan, matchAll(segment, required, docs))
  }
  if (required.length === 0) return wantedOf(part, place, plan, everything(segment))
  return preferredIn(part, place, plan, matchAll(segment, required))
}

export function preferredIn(part: Part, place: number, plan: Plan, found: Matches): Matches {
  const wanted = withOptional(part.segment, place, plan, wantedOf(part, place, plan, found))
  const preferred = plan.preferred && clauseIn(plan.preferred, place)
  return preferred ? withPreferred(part.segment, wanted, preferred, plan.potential) : wanted
}

/** Those of the matches that live and that nothing excludes. */
export function wantedOf(part: Part, place: number, plan: Plan, found: Matches): Matches {
  const { segment } = part
  let matches = found
  const living = livingAmong(part, matches.docs)
  if (living) matches = keepMarked(matches, living, 1, countEqual(living, 1))
  for (const clause of plan.excluded) {
    const here = clauseIn(clause, place)
    if (!here) continue
    const unwanted = findAmong(segment, here, matches.docs)
    matches = keepMarked(matches, unwanted, 0, countEqual(unwanted, 0))
  }
  return matches
}
