/** A table of statistics as observations, and what keeps each cell from being one: where, what, how to mend it. */
import { columnName } from '#codecs/xlsx/write-xlsx.ts'
import { withPlainDigits } from '#records/locale-values/digits.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { codeNamed, nameKey, termsLike } from '#records/vocabularies/names.ts'
import { areaLists, isArea } from '#features/indicators/areas.ts'
import { dimensionKey, nationally } from '#features/indicators/dimensions.ts'
import { isTooFew, tooFew } from '#features/indicators/observe.ts'
import type { Observation } from '#features/indicators/observations.ts'
import { statuses, type Status } from '#features/indicators/tables.ts'
import type { Table } from '#features/spreadsheets/table.ts'
import { columnDimensions, columnFault, isYear, yearOf, type Choices, type Role } from './columns.ts'
import { chosenDecimal, decimalOf, readValue } from './numbers.ts'

/** What is known of an indicator that a file may name. */
export type KnownIndicator = {
  code: string
  names: readonly string[]
  unit: string
  /** Described on this site, so that nobody else publishes it. */
  isOwn: boolean
  /** What it is broken down by, as its publisher says; any will do for one's own. */
  breakdowns: ReadonlySet<string>
}

/** `row`: as spreadsheet programs number it; 0 where the whole file is meant. */
export type RowError = {
  row: number
  column: string
  cell: string
  rule: string
  values: Record<string, string | number>
}

export type Found = Observation & { indicator: string; row: number }
export type ReadRows = {
  found: Found[]
  /** Cells that say that there is no value. */
  empty: number
  errors: RowError[]
  /** Names of columns that nothing is taken from. */
  notTaken: string[]
}

/** So many come in one transaction. */
export const mostValues = 300_000
/** Who has more mends what is common to them first. */
const mostErrors = 10_000
const longestCell = 100

type Rows = Pick<Table, 'header' | 'rows' | 'encoding'>
type Reading = Rows & {
  choices: Choices
  indicatorNamed: (text: string) => KnownIndicator | undefined
  decimal: '.' | ',' | undefined
  /** Positions of columns by what they mean. */
  at: ReadonlyMap<Role, number>
  publishedIn: number
}

export function readRows(table: Rows, choices: Choices, known: readonly KnownIndicator[], most = mostValues): ReadRows {
  const notTaken = table.header.filter((name, at) => name !== '' && (choices.columns[at] ?? 'none') === 'none')
  const result: ReadRows = { found: [], empty: 0, errors: [], notTaken }
  const fault = columnFault(choices)
  if (fault) {
    result.errors.push({ row: 0, column: '', cell: '', rule: fault, values: {} })
    return result
  }
  const reading = readingOf(table, choices, known)
  const first = new Map<string, Found>()
  for (const { number, cells } of table.rows) {
    readRow(reading, { number, cells }, result, first)
    const rule = result.found.length > most ? 'tooManyValues' : result.errors.length > mostErrors ? 'tooManyErrors' : ''
    if (!rule) continue
    const values = { most: rule === 'tooManyValues' ? most : mostErrors }
    result.errors.unshift({ row: 0, column: '', cell: '', rule, values })
    result.found = []
    return result
  }
  return result
}

function readingOf(table: Rows, choices: Choices, known: readonly KnownIndicator[]): Reading {
  const at = new Map(choices.columns.flatMap((role, i) => (role === 'none' ? [] : [[role, i] as const])))
  const values = choices.columns.flatMap((role, i) => (role === 'value' || yearOf(role) !== undefined ? [i] : []))
  const cells = table.rows.flatMap((row) => values.map((i) => row.cells[i] ?? ''))
  // Numbers of a workbook are numbers, written with a point whoever shows them.
  const found = decimalOf(cells) ?? (table.encoding === 'xlsx' ? '.' : undefined)
  const publishedIn = Number(choices.publishedOn.slice(0, 4))
  const decimal = chosenDecimal(choices.decimal, found)
  return { ...table, choices, indicatorNamed: namesOf(known), decimal, at, publishedIn }
}

/** By code in any case, or by a name that is the name of one alone. */
function namesOf(known: readonly KnownIndicator[]): (text: string) => KnownIndicator | undefined {
  const byCode = new Map(known.map((one) => [one.code.toLowerCase(), one]))
  const byName = new Map<string, KnownIndicator | null>()
  for (const one of known)
    for (const name of new Set(one.names.map(nameKey))) byName.set(name, byName.has(name) ? null : one)
  return (text) => byCode.get(text.trim().toLowerCase()) ?? byName.get(nameKey(text)) ?? undefined
}

type Row = { number: number; cells: readonly string[] }

function readRow(reading: Reading, row: Row, result: ReadRows, first: Map<string, Found>): void {
  const { at, choices } = reading
  const errors: RowError[] = []
  const cellOf = (role: Role): string => row.cells[at.get(role) ?? -1] ?? ''
  const refuse = (role: Role, rule: string, values: RowError['values'] = {}) => {
    const position = at.get(role)
    const column = position === undefined ? '' : `${columnName(position)} ${reading.header[position] ?? ''}`.trim()
    errors.push({ row: row.number, column, cell: cellOf(role).slice(0, longestCell), rule, values })
  }
  const indicator = indicatorOf(reading, cellOf, refuse)
  const area = areaOf(choices, cellOf, refuse)
  const dimensions = dimensionsOf(reading, cellOf, refuse)
  const status = statusOf(cellOf('status'), () => refuse('status', 'statusUnknown'))
  const key = indicator && dimensions && breakdownOf(indicator, dimensions, refuse)
  const periods = periodsOf(reading, cellOf, refuse)
  for (const { role, period } of periods) {
    const read = readValue(cellOf(role), reading.decimal)
    if ('fault' in read) refuse(role, read.fault, read.other === undefined ? {} : { other: read.other })
    else if ('none' in read && read.none === 'empty') result.empty++
    else if ('value' in read && indicator && isTooFew(indicator.unit, read.value)) refuse(role, 'tooFewPeople')
    else if (indicator && area && key !== undefined && status) {
      const said = 'value' in read ? { value: read.value, status } : withheldValue
      const place = `${row.number}`
      const one: Found = { place, row: row.number, indicator: indicator.code, area, period, dimensions: key, ...said }
      const before = keep(first, one)
      if (!before) result.found.push(one)
      else if (before.value !== one.value || before.status !== one.status)
        refuse(role, 'observationRepeated', { first: before.row })
    }
  }
  result.errors.push(...errors)
}

const withheldValue = { value: null, status: 'missing' as const, reason: tooFew }

/** The one that said the same before. */
function keep(first: Map<string, Found>, one: Found): Found | undefined {
  const key = `${one.indicator} ${one.area} ${one.dimensions} ${one.period}`
  const before = first.get(key)
  if (!before) first.set(key, one)
  return before
}

type CellOf = (role: Role) => string
type Refuse = (role: Role, rule: string, values?: RowError['values']) => void

function indicatorOf({ indicatorNamed, choices, at }: Reading, cellOf: CellOf, refuse: Refuse) {
  const text = at.has('indicator') ? cellOf('indicator') : choices.indicator
  const found = indicatorNamed(text || choices.indicator)
  if (!found) refuse('indicator', text ? 'indicatorUnknown' : 'cellEmpty')
  return found
}

function areaOf({ area: usual }: Choices, cellOf: CellOf, refuse: Refuse): string | undefined {
  const text = cellOf('area') || usual
  if (text === '') {
    refuse('area', 'cellEmpty')
    return undefined
  }
  const plain = withPlainDigits(text)
  const number = /^\d{1,2}$/.test(plain) ? plain.padStart(3, '0') : plain
  const found = areaLists.map((list) => codeNamed(list, number)).find((code) => code !== undefined && isArea(code))
  if (found) return found
  const [near] = termsLike('countries', text, 1)
  refuse('area', near ? 'areaNear' : 'areaUnknown', near ? { near } : {})
  return undefined
}

/** The years of a row: one, or those of the columns. */
function periodsOf({ choices, publishedIn }: Reading, cellOf: CellOf, refuse: Refuse) {
  const wide = choices.columns.flatMap((role) => {
    const period = yearOf(role)
    return period === undefined ? [] : [{ role, period }]
  })
  // A year to come has no figures yet; of wide tables only cells that hold one are wrong.
  const isToCome = (period: number) => period > publishedIn
  if (wide.length > 0)
    return wide.filter(({ role, period }) => {
      if (!isToCome(period) || 'none' in readValue(cellOf(role), '.')) return true
      refuse(role, 'periodToCome', { year: publishedIn })
      return false
    })
  const [, written] = /^(\d{4})(?:\.0+)?$/.exec(withPlainDigits(cellOf('year'))) ?? []
  const period = Number(written)
  const rule = !written || !isYear(period) ? 'periodUnfit' : isToCome(period) ? 'periodToCome' : undefined
  if (rule) refuse('year', rule, { year: publishedIn })
  return rule ? [] : [{ role: 'value' as const, period }]
}

/** Totals are written in many ways. */
const total =
  /^(?:|_?t|_z|total|all|both sexes|both|ensemble|tous|total general|ambos sexos|всего|оба пола|合计|总计|المجموع|الكل)$/iu

function dimensionsOf({ at }: Reading, cellOf: CellOf, refuse: Refuse): Record<string, string> | undefined {
  const found: Record<string, string> = {}
  let isWell = true
  for (const name of columnDimensions.filter((one) => at.has(one))) {
    const text = cellOf(name).trim()
    if (total.test(text)) continue
    const code = [text, text.toUpperCase()]
      .map((one) => `${name}-${one}`)
      .find((one) => termOf('indicator-breakdowns', one))
    const named = code ?? namedIn(name, text)
    if (named) found[name] = named.slice(name.length + 1)
    else {
      refuse(name, 'breakdownUnknown')
      isWell = false
    }
  }
  return isWell ? found : undefined
}

function namedIn(name: string, text: string): string | undefined {
  const code = codeNamed('indicator-breakdowns', text)
  return code?.startsWith(`${name}-`) ? code : undefined
}

/** Beside what its publisher says, and by the same breakdowns, or nobody could compare the two. */
function breakdownOf(
  { isOwn, breakdowns }: KnownIndicator,
  dimensions: Record<string, string>,
  refuse: Refuse,
): string | undefined {
  const key = dimensionKey(dimensions)
  if (isOwn) return key
  if (breakdowns.has(key)) return dimensionKey({ ...dimensions, ...nationally })
  refuse('indicator', 'breakdownAbsent', { offered: [...breakdowns].slice(0, 6).join(' | ') })
  return undefined
}

/** The codes of SDMX (CL_OBS_STATUS). */
const sdmxStatuses: Readonly<Record<string, Status>> = {
  A: 'reported',
  B: 'reported',
  D: 'reported',
  P: 'reported',
  V: 'reported',
  E: 'estimated',
  I: 'estimated',
  F: 'modelled',
  G: 'adjusted',
}

function statusOf(text: string, refuse: () => void): Status | undefined {
  const cell = text.trim()
  if (cell === '') return 'reported'
  const found = sdmxStatuses[cell.toUpperCase()] ?? codeNamed('observation-statuses', cell)
  const status = statuses.find((one) => one === found && one !== 'missing')
  if (!status) refuse()
  return status
}
