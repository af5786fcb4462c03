/** What a document need not have and earns by: words so general that they exclude nothing. */
import { readClause } from './match.ts'
import { clauseIn, type Plan } from './plan.ts'
import type { Matches } from './postings.ts'
import type { Segment } from './segment.ts'

/** The same matches, with what each earns by the optional clauses. */
export function withOptional(segment: Segment, place: number, { optional }: Plan, matches: Matches): Matches {
  if (optional.length === 0 || matches.docs.length === 0) return matches
  const scores = matches.scores.slice()
  for (const clause of optional) {
    const here = clauseIn(clause, place)
    if (!here) continue
    const more = readClause(segment, here, matches.docs)
    let at = 0
    for (let i = 0; i < more.docs.length; i++) {
      while (matches.docs[at]! < more.docs[i]!) at++
      scores[at]! += more.scores[i]!
    }
  }
  return { docs: matches.docs, scores }
}
