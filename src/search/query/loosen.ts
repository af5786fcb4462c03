/** For a question of many words that hardly anything holds all of: most of them will do, at a price. */
import type { Clause } from '../contract.ts'

const leastWords = 2
const mostTogether = 10
const mostWords = 10
const oneMissing = 0.75
const twoMissing = 0.5
const threeMissing = 0.3

/** Found where most of the clauses are: all but one of them, and all but two where there are more than two. */
function mostOf(clauses: Clause[]): Clause {
  const worth = [1, 0.75, 0.5, 0.3, 0.2, 0.12].slice(0, Math.min(6, clauses.length))
  return { any: [{ weight: 1, most: clauses, worth }], name: clauses.map(({ name }) => name).join(' ') }
}

/** A long question is loosened in two halves, which costs little; what follows its tenth word is left out. */
export function loosened(clauses: Clause[]): Clause[] {
  if (clauses.length < leastWords) return clauses
  if (clauses.length <= mostTogether) return [mostOf(clauses)]
  const kept = clauses.slice(0, mostWords)
  const middle = Math.ceil(kept.length / 2)
  return [mostOf(kept.slice(0, middle)), mostOf(kept.slice(middle))]
}
