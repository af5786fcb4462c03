/** How much there is to read to answer a question, before it is answered. */
import type { Branch, Clause, SearchRequest, Slot } from '../contract.ts'
import { livingIn, type Part } from './part.ts'
import { documentsWith } from './places.ts'
import { termCount, type Segment } from './segment.ts'

/** In larger dictionaries it takes long to look for the words that a rare one may be a slip of. */
const mostTermsLookedThrough = 1_000_000

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
const least = (values: number[]) => Math.min(...values)

/** About how many postings are read; endless where that cannot be told beforehand. */
export function postingsToRead({ query, after }: SearchRequest, parts: readonly Part[]): number {
  const segments = parts.map(({ segment }) => segment)
  // A page after the first passes by all that stand before it.
  if (after !== undefined || sum(segments.map(termCount)) > mostTermsLookedThrough) return Number.POSITIVE_INFINITY
  if (query.required.length === 0) return sum(parts.map(livingIn))
  return sum([...query.required, ...query.excluded].map((clause) => inClause(clause, segments)))
}

const inClause = ({ any }: Clause, segments: Segment[]): number => sum(any.map((branch) => inBranch(branch, segments)))

/** Of what must all be there the rarest is read, and the others only where it stands. */
function inBranch(branch: Branch, segments: Segment[]): number {
  if ('phrase' in branch) return least(branch.phrase.map((slot) => inSlot(slot, segments)))
  if ('all' in branch) return least(branch.all.map((clause) => inClause(clause, segments)))
  return sum(branch.most.map((clause) => inClause(clause, segments)))
}

const inSlot = ({ terms }: Slot, segments: Segment[]) => sum(terms.map(({ term }) => documentsWith(term, segments)))
