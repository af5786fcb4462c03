/** What the address of an indicator's page says: the same address shows the same chart. */
import { codeNamed } from '#records/vocabularies/names.ts'
import { oneOf, taking, type Fits } from '#kernel/http/asked-names.ts'
import { readNumber } from '#records/locale-values/numbers.ts'
import { isArea, isCountry, sdgRegionCodes, world } from './areas.ts'
import { dimensionKey, dimensionNames, dimensionsIn, type DimensionName, type Dimensions } from './dimensions.ts'
import { years } from './sources/ddf.ts'
import type { Description, Latest } from './values.ts'

export const views = ['chart', 'map', 'ranking', 'breakdown', 'table'] as const
export type ViewName = (typeof views)[number]

export type Choices = {
  view: ViewName
  /** Those that one picked; none where absent. */
  areas: readonly string[]
  dimensions: Dimensions
  by: DimensionName | undefined
  from: number | undefined
  to: number | undefined
  /** Of the map and the ranking; the newest of each country where absent. */
  year: number | undefined
  /** The map and the ranking show by how much values changed from the first of each country in or after this year. */
  since: number | undefined
  /** Where the classes of the map part, in rising order; fifths of all countries where there are none. */
  thresholds: readonly number[]
  asOf: string | undefined
}

export const mostAreas = 6
export const mostThresholds = 4

const aYear: Fits = (value) =>
  /^\d{4}$/.test(value.trim()) && Number(value) >= years.first && Number(value) <= years.last

/** What the address of an indicator takes; which values its breakdowns have, each indicator says. */
export const choicesTaken = {
  ...taking('thresholds', ...dimensionNames),
  area: (value: string) => isArea(value.trim()) || (codeNamed('countries', value) ?? false),
  view: oneOf(views),
  by: oneOf(dimensionNames),
  from: aYear,
  to: aYear,
  year: aYear,
  since: aYear,
  asOf: (value: string) => day.test(value.trim()),
}

const day = /^[12]\d{3}(-\d{2}(-\d{2})?)?$/

/** Values that are none are passed over, as in all addresses of pages. */
export function choicesIn(query: URLSearchParams, { record, breakdowns }: Description): Choices {
  const one = (name: string) => query.get(name)?.trim() ?? ''
  const year = (name: string) => {
    const found = /^\d{4}$/.test(one(name)) ? Number(one(name)) : 0
    return found >= years.first && found <= years.last ? found : undefined
  }
  const asOf = day.exec(one('asOf'))?.[0]
  const view = views.find((name) => name === one('view')) ?? 'chart'
  const by = dimensionNames.find((name) => name === one('by') && valuesOf(breakdowns, name).length > 0)
  return {
    view,
    areas: [...new Set(query.getAll('area').map((area) => area.trim()))].filter(isArea).slice(0, mostAreas),
    dimensions: chosenBreakdown(query, dimensionsIn(record.body.headline ?? '') ?? {}, breakdowns),
    by: by ?? (view === 'breakdown' ? partedBy(breakdowns)[0] : undefined),
    from: year('from'),
    to: year('to'),
    year: year('year'),
    since: year('since'),
    thresholds: thresholdsIn(one('thresholds')) ?? [],
    asOf,
  }
}

/** Numbers with spaces between them; undefined for what is none, or too many. */
export function thresholdsIn(typed: string): number[] | undefined {
  const found = typed
    .slice(0, 200)
    .split(/[\s;؛、]+|[,،](?=\s|$)/)
    .filter(Boolean)
    .map((one) => readNumber(one, { language: 'en', isUngrouped: true }))
  const numbers = [...new Set(found.filter((one) => typeof one === 'number'))].sort((a, b) => a - b)
  return numbers.length === found.length && numbers.length <= mostThresholds ? numbers : undefined
}

/** Of all countries, rather than of those that one picked. */
export const isOfAll = ({ view }: Choices): boolean => view === 'map' || view === 'ranking'

type Breakdowns = Description['breakdowns']

/** What the address says of each dimension; what it leaves out is as it is first shown. */
function chosenBreakdown(query: URLSearchParams, usual: Dimensions, breakdowns: Breakdowns): Dimensions {
  const found: Record<string, string> = {}
  for (const name of dimensionNames) {
    const values = valuesOf(breakdowns, name)
    const asked = query.get(name)
    const value = asked === null ? (usual[name] ?? '') : asked
    if (value && values.includes(value)) found[name] = value
  }
  if (breakdowns.some(({ dimensions }) => dimensions === dimensionKey(found))) return found
  // Nothing is broken down so: the breakdown of most areas stands in, where the address does not ask for this one.
  const isAsked = dimensionNames.some((name) => query.get(name))
  const widest = [...breakdowns].sort((a, b) => b.areas - a.areas)[0]
  return isAsked || !widest ? found : (dimensionsIn(widest.dimensions) ?? found)
}

/** The values that a dimension has in an indicator, without the total. */
export const valuesOf = (breakdowns: Breakdowns, name: string): string[] => [
  ...new Set(breakdowns.flatMap(({ dimensions }) => dimensionsIn(dimensions)?.[name] ?? [])),
]

/** Whether there is a breakdown without a value of this dimension. */
export const hasTotal = (breakdowns: Breakdowns, name: string): boolean =>
  breakdowns.some(({ dimensions }) => dimensionsIn(dimensions)?.[name] === undefined)

export const partedBy = (breakdowns: Breakdowns): DimensionName[] =>
  (['sex', 'wealth', 'location', 'level', 'skill', 'subject', 'language', 'origin', 'age', 'source'] as const).filter(
    (name) => valuesOf(breakdowns, name).length + Number(hasTotal(breakdowns, name)) > 1,
  )

/** The breakdowns that differ from the chosen one in one dimension alone, the total first. */
export const variedBy = (breakdowns: Breakdowns, chosen: Dimensions, by: DimensionName): string[] => {
  const others = { ...chosen }
  delete (others as Record<string, string>)[by]
  return ['', ...valuesOf(breakdowns, by)]
    .map((value) => dimensionKey(value ? { ...others, [by]: value } : others))
    .filter((key) => breakdowns.some(({ dimensions }) => dimensions === key))
}

/** What is shown where nobody picked: published totals, else countries from the highest to the lowest value. */
export function usualAreas({ areas }: Description, latest: readonly Latest[]): string[] {
  const totals = [world, ...sdgRegionCodes].filter((area) => areas.includes(area))
  if (totals.length > 2) return totals
  const sorted = latest.filter(({ area }) => isCountry(area)).sort((a, b) => b.value - a.value)
  const spread = Array.from({ length: 5 }, (_, at) => sorted[Math.round((at * (sorted.length - 1)) / 4)]?.area)
  return [...new Set(spread.filter((area) => area !== undefined))]
}

/** An empty one asks for the total. */
const isDimension = (name: string) => (dimensionNames as readonly string[]).includes(name)

/** The address again, with something else in it. */
export function addressOf(query: URLSearchParams, change: Readonly<Record<string, string | undefined>>): string {
  const kept = [...query].filter(([name, value]) => !(name in change) && (value !== '' || isDimension(name)))
  const next = new URLSearchParams(kept)
  for (const [name, value] of Object.entries(change)) if (value) next.set(name, value)
  return next.size > 0 ? `?${next}` : ''
}
