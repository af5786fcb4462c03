/** Rows of SDMX and DDFcsv as observations of indicators, or why they are none. */
import type { Row } from '#codecs/sdmx/read-rows.ts'
import type { Note } from '#records/sources/source.ts'
import { areaOfNumber, countryOfAlpha3, isArea } from '#features/indicators/areas.ts'
import { dimensionKey, dimensionNames, type DimensionName } from '#features/indicators/dimensions.ts'
import { numberWritten, yearWritten } from '#features/indicators/sources/ddf.ts'
import type { Observation } from '#features/indicators/observations.ts'
import { dimensionIds, natures, valueOfCode } from '../flows.ts'

export type Read = { code: string; row: Observation } | { place: string; refused: Note }

const areaColumns = ['REF_AREA', 'GEO_AREA', 'COUNTRY', 'GEO']
const timeColumns = ['TIME_PERIOD', 'YEAR', 'TIME']
const indicatorColumns = ['INDICATOR', 'SERIES']
/** Other names that publishers give to the same dimensions. */
const aliases: Readonly<Record<string, DimensionName>> = {
  ...(Object.fromEntries(Object.entries(dimensionIds).map(([name, id]) => [id, name])) as Record<
    string,
    DimensionName
  >),
  ...(Object.fromEntries(dimensionNames.map((name) => [name.toUpperCase(), name])) as Record<string, DimensionName>),
  EDUCATION_LEVEL: 'level',
  EDU_LEVEL: 'level',
  WEALTH_QUINTILE: 'wealth',
}
/** Codes of SDMX for a total, what does not apply and what is not said. */
const totals = new Set(['', '_T', '_Z', '_X', 'TOTAL', 'ALL'])
const notBreakdowns = new Set([
  'FREQ',
  ...areaColumns,
  ...timeColumns,
  ...indicatorColumns,
  'UNIT_MEASURE',
  'NATURE',
  'UNITS',
])
const statusOfNature: ReadonlyMap<string, Observation['status']> = new Map([
  ...Object.entries(natures).map(([status, code]) => [code, status as Observation['status']] as const),
  ['NA', 'unstated'],
])
const missing = new Set(['O', 'M', 'L', 'H', 'Q'])

const one = (cells: Row['cells'], names: readonly string[]): string =>
  names.map((name) => cells.get(name)?.trim()).find(Boolean) ?? ''

/** `DSD_schbsp_welec` and `a@b` → the code of the indicator. */
const codeOfFlow = (flow: string): string =>
  flow.startsWith('DSD_') ? flow.slice(4).replaceAll('__', '.') : flow.replaceAll('@', '.')

export function observationOf({ line, flow, action, cells, dimensions }: Row, file: string): Read {
  const place = `${file}:${line}`
  const refuse = (code: string, values: Note['values'] = {}): Read => ({ place, refused: { code, values } })
  if (action === 'D') return refuse('actionUnfit', { value: action })
  const code = one(cells, indicatorColumns) || codeOfFlow(flow)
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(code))
    return refuse('indicatorUnknown', { code: code.slice(0, 100), count: 1 })
  const frequency = cells.get('FREQ') ?? 'A'
  if (frequency !== 'A' && frequency !== '') return refuse('frequencyUnfit', { value: frequency.slice(0, 100) })
  const area = areaOf(one(cells, areaColumns))
  if (!area) return refuse('areaUnknown', { value: one(cells, areaColumns).slice(0, 100) })
  const written = one(cells, timeColumns)
  const period = yearWritten(written)
  if (!period) return refuse('yearUnfit', { value: written.slice(0, 100) })
  const told = breakdownsOf(cells, dimensions)
  if ('column' in told) return refuse('breakdownUnknown', told)
  const known = { place, area, period, dimensions: dimensionKey(told as Record<string, string>) }
  return valueOf(cells, known, code) ?? refuse('valueUnfit', { value: (cells.get('OBS_VALUE') ?? '').slice(0, 100) })
}

const areaOf = (written: string): string | undefined =>
  isArea(written)
    ? written
    : (areaOfNumber(written) ?? (/^[A-Za-z]{3}(?:_[A-Za-z]+)?$/.test(written) ? countryOfAlpha3(written) : undefined))

/** What it is broken down by; the column and value that nobody knows here. */
function breakdownsOf(cells: Row['cells'], dimensions: Row['dimensions']): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [column, written] of cells) {
    const value = written.trim()
    const name = aliases[column]
    const isBreakdown = name !== undefined || dimensions?.has(column)
    if (!isBreakdown || totals.has(value.toUpperCase()) || notBreakdowns.has(column)) continue
    const plain = valueOfCode(value)
    if (name === undefined || !/^[A-Za-z0-9_+-]{1,30}$/.test(plain))
      return { column: column.slice(0, 100), value: value.slice(0, 100) }
    found[name] = plain
  }
  return found
}

type Known = Pick<Observation, 'place' | 'area' | 'period' | 'dimensions'>

function valueOf(cells: Row['cells'], known: Known, code: string): Read | undefined {
  const written = (cells.get('OBS_VALUE') ?? '').trim()
  const status = cells.get('OBS_STATUS') ?? ''
  if (written === '' || (written === 'NaN' && missing.has(status)))
    return {
      code,
      row: { ...known, value: null, status: 'missing', reason: (cells.get('COMMENT_OBS') || 'empty').slice(0, 200) },
    }
  const value = numberWritten(written)
  if (value === undefined) return undefined
  const nature = statusOfNature.get((cells.get('NATURE') ?? '').trim())
  return {
    code,
    row: {
      ...known,
      value,
      status: nature && nature !== 'missing' ? nature : status === 'E' ? 'estimated' : 'unstated',
    },
  }
}
