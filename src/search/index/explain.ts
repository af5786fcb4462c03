/** Why one document is found. */
import type { Explanation, SearchRequest } from '../contract.ts'
import { explainAt } from './evidence.ts'
import { isDeleted, livingIn, type Part } from './part.ts'
import { planQuery, sparing } from './plan.ts'
import { mend } from '../query/spelling.ts'

/** Where a record stands in the index, unless it was deleted. */
export function findNumber(parts: Part[], number: number): { part: number; doc: number } | null {
  for (const [part, { segment, deleted }] of parts.entries()) {
    const doc = segment.numbers.indexOf(number)
    if (doc >= 0 && !(deleted && isDeleted(deleted, doc))) return { part, doc }
  }
  return null
}

export function explainIn(parts: Part[], request: Pick<SearchRequest, 'query'>, number: number): Explanation | null {
  const at = findNumber(parts, number)
  if (!at) return null
  const query = mend(request.query, parts)
  const documents = parts.reduce((sum, part) => sum + livingIn(part), 0)
  return explainAt(query, sparing(planQuery(query, { parts, documents })), parts, at)
}
