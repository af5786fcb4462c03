/** Knowledge ages: when a record must be looked at again, and what it is called when nobody does. */

const day = 24 * 60 * 60_000
/** So long after it was published, or said to be true still. */
export const lookAgainAfterDays = 365
/** After so long without an answer it is stale, then archived. */
export const staleAfterDays = 60
export const archivedAfterDays = 365

export const stages = ['fresh', 'due', 'stale', 'archived'] as const
export type Stage = (typeof stages)[number]

export const nextLook = (now: Date): string => dayOf(new Date(now.getTime() + lookAgainAfterDays * day))
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** The last day to look at a record again at which each stage has begun: what `stageOf` says, for whole tables. */
export const begunBy = (now: Date): { due: string; stale: string; archived: string } => ({
  due: dayOf(now),
  stale: dayOf(new Date(now.getTime() - staleAfterDays * day)),
  archived: dayOf(new Date(now.getTime() - archivedAfterDays * day)),
})

/** By the day alone, so that the same is so wherever and whenever it is asked. */
export function stageOf(lookAgainOn: string, now: Date): Stage {
  const days = (Date.parse(dayOf(now)) - Date.parse(lookAgainOn)) / day
  if (days < 0) return 'fresh'
  if (days < staleAfterDays) return 'due'
  return days < archivedAfterDays ? 'stale' : 'archived'
}
