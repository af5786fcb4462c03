/** Whether a decision counts on a day: computed from its dates whenever somebody looks, so that none stays shown after its end. */
import { lastDay } from '#kernel/days.ts'

export const validities = ['valid', 'ending', 'upcoming', 'ended'] as const
export type Validity = (typeof validities)[number]

/** Days before its end from which on a decision is shown as ending. */
export const endingDays = 90
const dayMs = 24 * 60 * 60_000

type Dated = { validFrom?: string | undefined; validUntil?: string | undefined }

/** Days are those of UTC; a decision without an end counts until it is withdrawn. */
export function validityOn({ validFrom, validUntil }: Dated, today: string): Validity {
  const until = validUntil && lastDay(validUntil)
  if (until && today > until) return 'ended'
  // As texts, a year or month comes before all of its days.
  if (validFrom && today < validFrom) return 'upcoming'
  const soon = new Date(Date.parse(`${today}T00:00:00Z`) + endingDays * dayMs).toISOString().slice(0, 10)
  return until && until <= soon ? 'ending' : 'valid'
}
