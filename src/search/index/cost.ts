/** How much there is to read to answer a question, before it is answered. */
import type { Branch, Clause, SearchRequest, Slot } from '../contract.ts'
import { livingIn, type Part } from './part.ts'
import { documentsWith } from './places.ts'
import { termCount } from './segment.ts'

/** In larger dictionaries it takes long to look for the words that a rare one may be a slip of. */
const mostTermsLookedThrough = 1_000_000

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
const least = (values: number[]) => Math.min(...values)

/** About how many postings are read; endless where that cannot be told beforehand. */
export function postingsToRead({ query, after }: SearchRequest, parts: readonly Part[]): number {
  // A page after the first passes by all that stand before it.
  if (after !== undefined || sum(parts.map(({ segment }) => termCount(segment))) > mostTermsLookedThrough)
    return Number.POSITIVE_INFINITY
  if (query.required.length === 0) return sum(parts.map(livingIn))
  return sum([...query.required, ...query.excluded].map((clause) => inClause(clause, parts)))
}

const inClause = ({ any }: Clause, parts: readonly Part[]): number => sum(any.map((branch) => inBranch(branch, parts)))

/** Of what must all be there the rarest is read, and the others only where it stands. */
function inBranch(branch: Branch, parts: readonly Part[]): number {
  if ('phrase' in branch) return least(branch.phrase.map((slot) => inSlot(slot, parts)))
  if ('all' in branch) return least(branch.all.map((clause) => inClause(clause, parts)))
  return sum(branch.most.map((clause) => inClause(clause, parts)))
}

const inSlot = ({ terms }: Slot, parts: readonly Part[]) => sum(terms.map(({ term }) => documentsWith(term, parts)))
