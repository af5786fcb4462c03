/** Two who wrote at once: what only one of them changed is taken, what both changed is for the later one to decide. */
import { isDeepStrictEqual } from 'node:util'

type Values = Readonly<Record<string, unknown>>
export type Conflict = { field: string; theirs: unknown; mine: unknown }

const valueOf = (values: Values, field: string): unknown => values[field] ?? null

/**
 * `mine` holds the fields of the form that was sent, `null` where it was empty; `base` is what that form was filled from,
 * `theirs` what has been saved since. Nothing that was saved is overwritten by somebody who did not see it.
 */
export function merge(
  base: Values,
  theirs: Values,
  mine: Values,
): { body: Record<string, unknown>; conflicts: Conflict[] } {
  const body: Record<string, unknown> = { ...theirs }
  const conflicts: Conflict[] = []
  for (const [field, value] of Object.entries(mine)) {
    const [before, now] = [valueOf(base, field), valueOf(theirs, field)]
    const isMineNew = !isDeepStrictEqual(value ?? null, before)
    const isTheirsNew = !isDeepStrictEqual(now, before)
    if (!isMineNew || isDeepStrictEqual(value ?? null, now)) continue
    if (isTheirsNew) conflicts.push({ field, theirs: now, mine: value })
    else if (value === null || value === undefined) delete body[field]
    else body[field] = value
  }
  return { body, conflicts }
}
