/** What lies within a branch, whatever its form. */
import type { Branch, Clause } from '../contract.ts'

export const clausesOf = (branch: Branch): Clause[] =>
  'phrase' in branch ? [] : 'most' in branch ? branch.most : branch.all

/** The branch with each of its clauses changed. */
export function withClauses(branch: Branch, change: (clause: Clause, place: number) => Clause): Branch {
  if ('phrase' in branch) return branch
  return 'most' in branch ? { ...branch, most: branch.most.map(change) } : { ...branch, all: branch.all.map(change) }
}
