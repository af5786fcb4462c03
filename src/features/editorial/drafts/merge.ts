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

/** What was typed and could not be read stands in the place of a value. */
class Typed {
  readonly pairs: string
  constructor(pairs: string) {
    this.pairs = pairs
  }
}
type Written = { body: Values; unread: Readonly<Record<string, string>> }
const withTyped = (values: Values, unread: Written['unread']): Values => ({
  ...values,
  ...Object.fromEntries(Object.entries(unread).map(([field, pairs]) => [field, new Typed(pairs)])),
})
const told = (value: unknown): unknown =>
  value instanceof Typed ? (JSON.parse(value.pairs) as [string, string][]).map(([, text]) => text).join('; ') : value

/** As `merge`, with what could not be read; `base` is left out where nobody else has saved since. */
export function mergeTyped(
  base: Values | undefined,
  theirs: Written,
  mine: { values: Values; unread: Written['unread'] },
): { body: Record<string, unknown>; unread: Record<string, string>; conflicts: Conflict[] } {
  const now = withTyped(theirs.body, theirs.unread)
  const merged = merge(base ?? now, now, withTyped(mine.values, mine.unread))
  const body: Record<string, unknown> = {}
  const unread: Record<string, string> = {}
  for (const [field, value] of Object.entries(merged.body))
    if (!(value instanceof Typed)) body[field] = value
    else {
      unread[field] = value.pairs
      if (theirs.body[field] !== undefined) body[field] = theirs.body[field]
    }
  const conflicts = merged.conflicts.map(({ field, theirs: other, mine: own }) => ({
    field,
    theirs: told(other),
    mine: own instanceof Typed ? null : own,
  }))
  return { body, unread, conflicts }
}
