/** Reckoning with days as texts (`YYYY-MM-DD`), in UTC. */

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** The last day of what a date names: of a year 31 December, of a month its last. `YYYY-MM-DD`. */
export function lastDay(date: string): string {
  const [year = 0, month = 12, day] = date.split('-').map(Number)
  return day === undefined ? dayOf(new Date(Date.UTC(year, month, 0))) : date
}

/** The same day so many months later, or the last of a month that is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOf(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))))
}
