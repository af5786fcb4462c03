/** For a question of many words that hardly anything holds all of: most of them will do, at a price. */
import type { Branch, Clause } from '../contract.ts'

const leastWords = 2
const mostTogether = 5
const mostNames = 8
const mostWords = 12
const oneMissing = 0.6
const twoMissing = 0.35

/** Each choice of all but so many. */
function without(clauses: Clause[], missing: number): Clause[][] {
  if (missing === 0) return [clauses]
  return clauses.flatMap((_, at) =>
    without(clauses.slice(at + 1), missing - 1).map((rest) => [...clauses.slice(0, at), ...rest]),
  )
}

/** With the other names that say most: there are many choices, and each is looked for. */
const slim = ({ any, ...rest }: Clause): Clause => ({ ...rest, any: any.slice(0, mostNames) })

/** Found where most of the clauses are: all but one of them, and all but two where there are more than two. */
function mostOf(clauses: Clause[]): Clause {
  const branches = (weight: number, missing: number): Branch[] =>
    without(missing > 0 ? clauses.map(slim) : clauses, missing).map((all) => ({ weight, all }))
  const any = [...branches(1, 0), ...branches(oneMissing, 1), ...(clauses.length > 2 ? branches(twoMissing, 2) : [])]
  return { any, name: clauses.map(({ name }) => name).join(' ') }
}

/** A long question is loosened in two halves, which costs little; what follows its twelfth word is left out. */
export function loosened(clauses: Clause[]): Clause[] {
  if (clauses.length < leastWords) return clauses
  if (clauses.length <= mostTogether) return [mostOf(clauses)]
  const kept = clauses.slice(0, mostWords)
  const middle = Math.ceil(kept.length / 2)
  return [mostOf(kept.slice(0, middle)), mostOf(kept.slice(middle))]
}
