/** Conditions on the values of components (SDMX REST 2.0, parameter `c`), and periods of time. */
import { Problem } from '#kernel/problem.ts'

export const operators = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'co', 'nc', 'sw', 'ew'] as const
export type Operator = (typeof operators)[number]
export type Condition = { operator: Operator; value: string }
/** A component fits where all conditions of one of these do. */
export type Filter = { component: string; anyOf: readonly (readonly Condition[])[] }

/** @throws Problem querySyntax: what an address says is not what the specification allows there */
export const syntaxFault = (parameter: string, value: string, example: string): Problem =>
  new Problem('querySyntax', { parameter, value: value.slice(0, 200), example })
/** @throws Problem querySemantics: it is well written, and asks for what cannot be */
export const semanticFault = (parameter: string, value: string, example: string): Problem =>
  new Problem('querySemantics', { parameter, value: value.slice(0, 200), example })
/** @throws Problem notImplemented */
export const notImplemented = (parameter: string): Problem => new Problem('notImplemented', { parameter })

const mostConditions = 2_000

/** `ge:2010+le:2015,2020` → (≥ 2010 and ≤ 2015) or 2020. @throws Problem querySyntax */
export function filterOf(component: string, written: string): Filter {
  const parameter = `c[${component}]`
  const anyOf = written.split(',').map((group) => group.split('+').map((one) => conditionOf(parameter, one)))
  if (anyOf.flat().length > mostConditions) throw syntaxFault(parameter, written, 'A,B')
  return { component, anyOf }
}

function conditionOf(parameter: string, written: string): Condition {
  const [, operator, value] = /^(?:([a-z]{2}):)?(.+)$/.exec(written) ?? []
  if (value === undefined) throw syntaxFault(parameter, written, 'ge:2010+le:2015')
  if (operator === undefined) return { operator: 'eq', value }
  if (!(operators as readonly string[]).includes(operator)) throw syntaxFault(parameter, written, 'ge:2010')
  return { operator: operator as Operator, value }
}

export const fits = ({ anyOf }: Filter, holds: (condition: Condition) => boolean): boolean =>
  anyOf.some((all) => all.every(holds))

/** Of codes and texts. */
export const textHolds = (text: string, { operator, value }: Condition): boolean => {
  switch (operator) {
    case 'eq':
      return text === value
    case 'ne':
      return text !== value
    case 'lt':
      return text < value
    case 'le':
      return text <= value
    case 'gt':
      return text > value
    case 'ge':
      return text >= value
    case 'co':
      return text.includes(value)
    case 'nc':
      return !text.includes(value)
    case 'sw':
      return text.startsWith(value)
    case 'ew':
      return text.endsWith(value)
  }
}

/** Of measures: by their size, and as they are written for what only texts can be asked. */
export const numberHolds = (number: number | null, condition: Condition): boolean => {
  if (number === null) return condition.operator === 'ne' || condition.operator === 'nc'
  const { operator, value } = condition
  if (operator === 'co' || operator === 'nc' || operator === 'sw' || operator === 'ew')
    return textHolds(String(number), condition)
  const asked = Number(value)
  if (value.trim() === '' || Number.isNaN(asked)) throw semanticFault('c[OBS_VALUE]', value, 'ge:10.5')
  const difference = number - asked
  return {
    eq: difference === 0,
    ne: difference !== 0,
    lt: difference < 0,
    le: difference <= 0,
    gt: difference > 0,
    ge: difference >= 0,
  }[operator]
}

/** Days as ISO 8601, both in the period. */
export type Period = { from: string; to: string }

const two = (number: number) => String(number).padStart(2, '0')
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()
const months = (year: number, first: number, count: number): Period => ({
  from: `${year}-${two(first)}-01`,
  to: `${year}-${two(first + count - 1)}-${two(lastDay(year, first + count - 1))}`,
})
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const dayMs = 86_400_000

/** Months of each reporting period, by its letter (SDMX section 6, 4.2.5). */
const reporting: Readonly<Record<string, number>> = { A: 12, S: 6, T: 4, Q: 3, M: 1 }

/**
 * A standard time period of SDMX: Gregorian (`2010`, `2010-05`, `2010-05-01`, with a time) or reporting (`2010-Q1`,
 * `2010-W12`); undefined for what is none. Reporting years begin on the first of January.
 */
export function periodOf(written: string): Period | undefined {
  const gregorian =
    /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/.exec(
      written,
    )
  if (gregorian) {
    const [, year = '', month, day] = gregorian
    if (month === undefined) return months(Number(year), 1, 12)
    if (day === undefined) return months(Number(year), Number(month), 1)
    if (Number(day) > lastDay(Number(year), Number(month))) return undefined
    return { from: `${year}-${month}-${day}`, to: `${year}-${month}-${day}` }
  }
  const [, year = '', letter = '', number = ''] = /^(\d{4})-([ASTQMWD])(\d{1,3})$/.exec(written) ?? []
  if (!year) return undefined
  return reportingPeriod(Number(year), letter, Number(number))
}

function reportingPeriod(year: number, letter: string, number: number): Period | undefined {
  const count = reporting[letter]
  if (count !== undefined) {
    return number >= 1 && number <= 12 / count ? months(year, (number - 1) * count + 1, count) : undefined
  }
  if (letter === 'D') {
    const day = Date.UTC(year, 0, number)
    return number >= 1 && new Date(day).getUTCFullYear() === year ? { from: dayOf(day), to: dayOf(day) } : undefined
  }
  if (number < 1 || number > 53) return undefined
  // Week 1 is the one with the first Thursday (ISO 8601).
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMs + (number - 1) * 7 * dayMs
  return { from: dayOf(monday), to: dayOf(monday + 6 * dayMs) }
}

/** Whether the data of a year are meant: they must lie in the period, as the specification says of Gregorian periods. */
export function yearHolds(year: number, condition: Condition): boolean {
  const { operator, value } = condition
  if (operator === 'co' || operator === 'nc' || operator === 'sw' || operator === 'ew')
    return textHolds(String(year), condition)
  const period = periodOf(value)
  if (!period) throw syntaxFault('TIME_PERIOD', value, 'ge:2010+le:2015')
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  switch (operator) {
    case 'eq':
      return first >= period.from && last <= period.to
    case 'ne':
      return !(first >= period.from && last <= period.to)
    case 'ge':
      return first >= period.from
    case 'gt':
      return first > period.to
    case 'le':
      return last <= period.to
    case 'lt':
      return last < period.from
  }
}
