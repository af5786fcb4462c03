/** What one look at an address means, together with the looks before it. */
import type { LinkRow } from './tables.ts'

export type Outcome =
  | { kind: 'answers'; status: number; movedTo: string | null }
  | { kind: 'notCheckable'; reason: 'robots' | 'refused' | 'tooMany' | 'private'; status: number | null }
  | { kind: 'fails'; reason: 'status' | 'noAnswer' | 'redirects'; status: number | null }

const dayMs = 24 * 60 * 60_000
/** So long until the next look at what works. */
const usualDays = 30
/** After each day of failing; then it waits as long as what works. */
const retryDays = [1, 2, 4, 8, 16]
/** Broken is what failed on so many different days in a row. */
export const daysUntilBroken = 3

const later = (now: Date, days: number) => new Date(now.getTime() + days * dayMs).toISOString()

export type Judged = Omit<LinkRow, 'address' | 'host'>

/** The state of an address that was not checked yet. */
export const notLookedAt: Omit<Judged, 'dueAt'> = {
  state: 'new',
  reason: '',
  status: null,
  movedTo: null,
  checkedAt: null,
  failures: 0,
  firstFailedOn: null,
  lastFailedOn: null,
  toldAt: null,
}

export function judged(before: Judged, outcome: Outcome, now: Date): Judged {
  const checkedAt = now.toISOString()
  const usual = { status: outcome.status, movedTo: null, checkedAt, dueAt: later(now, usualDays) }
  const well = { failures: 0, firstFailedOn: null, lastFailedOn: null, toldAt: null }
  if (outcome.kind === 'answers') {
    const { movedTo } = outcome
    return { ...usual, ...well, state: movedTo ? 'moved' : 'works', reason: '', movedTo }
  }
  if (outcome.kind === 'notCheckable') return { ...usual, ...well, state: 'notCheckable', reason: outcome.reason }
  const today = checkedAt.slice(0, 10)
  const failures = before.lastFailedOn === today ? before.failures : before.failures + 1
  return {
    ...usual,
    state: failures >= daysUntilBroken ? 'broken' : 'failing',
    reason: outcome.reason,
    failures,
    firstFailedOn: before.firstFailedOn ?? today,
    lastFailedOn: today,
    dueAt: later(now, retryDays[failures - 1] ?? usualDays),
    toldAt: before.toldAt,
  }
}

const askedToStay = new Set([401, 402, 403, 407, 451, 999])

export function outcomeOf(status: number, movedTo: string | null): Outcome {
  if (status >= 200 && status < 400) return { kind: 'answers', status, movedTo }
  if (askedToStay.has(status)) return { kind: 'notCheckable', reason: 'refused', status }
  if (status === 429) return { kind: 'notCheckable', reason: 'tooMany', status }
  return { kind: 'fails', reason: 'status', status }
}
