/** Reckoning with days as texts (`YYYY-MM-DD`), in UTC. */

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** Whether a text is a day of the calendar; `Date.parse` reads the thirtieth of February as a day of March. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && dayOf(new Date(time)) === text
}

/** Whether a text begins with a day of the calendar and is a time as a whole. */
export const isMoment = (text: string): boolean => isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))

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
