/** What stands first where no word says what is meant, and how new a record is. */
import { fieldsOf } from '#records/field-plan.ts'
import type { Kind } from '#records/kind.ts'
import type { Body, StoredRecord } from '#records/record.ts'

const yearIn = (date: unknown): number => (date === undefined ? 0 : Number(String(date).slice(0, 4)) || 0)

/** The last year that a record tells of itself, such as the one in which a practice ended; no later than it was changed. */
function lastYearOf(kind: Kind, { body, changedAt }: StoredRecord): number {
  const years = fieldsOf(kind)
    .filter(({ field }) => field.facet === 'year')
    .flatMap(({ field, valuesIn }) => [...valuesIn(body), field.endsIn && body[field.endsIn]].map(yearIn))
  return Math.min(Math.max(0, ...years), yearIn(changedAt))
}

const day = 86_400

/**
 * When it changed, in seconds since 1970. What one import brought changed at once, whatever it is: of that the day counts,
 * and within the day the year that each tells of itself.
 */
export function datedAt(kind: Kind, record: StoredRecord): number {
  const changed = Math.floor(Date.parse(record.changedAt) / 1000)
  return record.origin ? Math.floor(changed / day) * day + lastYearOf(kind, record) : changed
}

const mostFields = 63
const steps = 4_096
/** What nothing else tells apart stands in no order: that of an import is mostly the alphabet. */
const scattered = (number: number): number => Math.imul(number, 2_654_435_761) >>> 20

/** The more prominent stands before the less, then the later year, then what says more of itself. */
export function standingOf(kind: Kind, record: StoredRecord, prominence: number): number {
  const told = Math.min(mostFields, toldBy(kind, record.body))
  const weighed = Math.round(prominence * 100) * 10_000 + lastYearOf(kind, record)
  return (weighed * (mostFields + 1) + told) * steps + scattered(record.number)
}

const toldBy = (kind: Kind, body: Body): number =>
  Object.keys(kind.body.properties as object).filter((name) => body[name] !== undefined).length
