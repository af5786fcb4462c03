/** What was typed, with what the index knows of words like those typed. */
import type { ParsedQuery } from './contract.ts'
import type { Segment } from './segment.ts'

/** As typed. */
export function mend(query: ParsedQuery, _segments: Segment[]): ParsedQuery {
  return query
}
