/** Until when somebody can answer what a record offers or asks for: computed from its dates whenever somebody looks. */
import { lastDay, monthsAfter } from '#kernel/days.ts'

export const openStates = ['open', 'upcoming', 'closed'] as const
export type OpenState = (typeof openStates)[number]

/** What has no deadline closes so many months after its last change: whoever still means it says so. */
export const monthsWithoutDeadline = 12

type Dated = { body: { opensOn?: string | undefined; closesOn?: string | undefined }; changedAt: string }

/** On which day it closes, and whether it is open on this one; days are those of UTC. */
export function openOn({ body, changedAt }: Dated, today: string): { state: OpenState; closesOn: string } {
  const closesOn = body.closesOn ? lastDay(body.closesOn) : monthsAfter(changedAt.slice(0, 10), monthsWithoutDeadline)
  // As texts, a year or month comes before all of its days.
  const opensOn = body.opensOn ?? ''
  return { state: today > closesOn ? 'closed' : today < opensOn ? 'upcoming' : 'open', closesOn }
}

/** What can still be answered, the soonest to close first; then what closed, the latest first. */
export const soonestFirst = (
  a: { state: OpenState; closesOn: string },
  b: { state: OpenState; closesOn: string },
): number => {
  const isOver = ({ state }: { state: OpenState }) => Number(state === 'closed')
  const byDay = a.closesOn < b.closesOn ? -1 : a.closesOn > b.closesOn ? 1 : 0
  return isOver(a) - isOver(b) || (isOver(a) ? -byDay : byDay)
}
