/**
 * The rule of silence: how long nobody has reported on a commitment, and what that makes of it. It is published on
 * `/commitments`, computed from dates whenever somebody looks, and gets a new version whenever it is changed.
 */
import { lastDay, monthsAfter } from '#kernel/days.ts'

export const silenceRule = {
  version: '1',
  since: '2026-11-28',
  /** Months without a report after which a commitment is in this state. */
  months: { late: 12, overdue: 18, inactive: 36 },
} as const

export const silenceStates = ['current', 'late', 'overdue', 'inactive', 'completed'] as const
export type SilenceState = (typeof silenceStates)[number]

export type Told = {
  /** When it was promised, as exact as that is known, and when it was recorded here: nobody could report before. */
  promisedOn?: string | undefined
  recordedOn: string
  /** The dates of all reports. */
  reportedOn: readonly string[]
  /** What the newest independent assessment found. */
  completion?: string | undefined
}

/** The state of a commitment on a day, since when nobody has reported, and from when on another report is late. */
export function silenceOf(told: Told, today: string): { state: SilenceState; silentSince: string; reportDue: string } {
  const days = [told.recordedOn, ...[told.promisedOn ?? '', ...told.reportedOn].filter(Boolean).map(lastDay)]
  // A promise that lies ahead has not been silent yet.
  const silentSince = days.reduce((latest, day) => (day > latest && day <= today ? day : latest), told.recordedOn)
  const { months } = silenceRule
  const state =
    told.completion === 'complete'
      ? 'completed'
      : ((['inactive', 'overdue', 'late'] as const).find((one) => today > monthsAfter(silentSince, months[one])) ??
        'current')
  return { state, silentSince, reportDue: monthsAfter(silentSince, months.late) }
}
