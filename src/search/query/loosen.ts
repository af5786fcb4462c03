/** For a question of many words that hardly anything holds all of: most of them will do, at a price. */
import type { Clause } from '../contract.ts'

const leastWords = 2
/** What follows the tenth word of a long question is left out. */
const mostWords = 10
/** What is left of a sum where none, one, two … of the words are missing; more than five may not be. */
const worth = [1, 0.75, 0.5, 0.3, 0.2, 0.12]

/** Who names a country asks about it: what lacks it lacks more than any word. */
export const placeCount = 2
export const countOf = ({ isPlace = false }: Pick<Clause, 'isPlace'>): number => (isPlace ? placeCount : 1)

/**
 * Found where most of the clauses are. All are weighed together: a long question in two halves would need a telling word in
 * each, and what is told in its second half is often only how or why.
 */
export function loosened(clauses: Clause[]): Clause[] {
  if (clauses.length < leastWords) return clauses
  const kept = clauses.slice(0, mostWords)
  const most = kept.reduce((sum, clause) => sum + countOf(clause), 0)
  const name = kept.map((clause) => clause.name).join(' ')
  return [{ any: [{ weight: 1, most: kept, worth: worth.slice(0, most) }], name }]
}
