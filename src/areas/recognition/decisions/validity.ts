/** Whether a decision counts on a day: computed from its dates whenever somebody looks, so that none stays shown after its end. */
import { lastDay } from '#kernel/days.ts'

export const validities = ['valid', 'ending', 'upcoming', 'ended', 'unknown'] as const
export type Validity = (typeof validities)[number]

/** Days before its end from which on a decision is shown as ending. */
export const endingDays = 90
const dayMs = 24 * 60 * 60_000

type Dated = { validFrom?: string | undefined; validUntil?: string | undefined; register?: string | undefined }

/**
 * Days are those of UTC; a decision without an end counts until it is withdrawn. One whose end stands in a register of
 * its agency, and not here, may have ended: that is not known.
 */
export function validityOn({ validFrom, validUntil, register }: Dated, today: string): Validity {
  const until = validUntil && lastDay(validUntil)
  if (until && today > until) return 'ended'
  // As texts, a year or month comes before all of its days.
  if (validFrom && today < validFrom) return 'upcoming'
  const soon = new Date(Date.parse(`${today}T00:00:00Z`) + endingDays * dayMs).toISOString().slice(0, 10)
  if (!until && register) return 'unknown'
  return until && until <= soon ? 'ending' : 'valid'
}
