/** The series of a dataflow in the order of their keys, kept flat: there are many more of them than of what keys are made of. */
import type { Series } from '#features/indicators/cube.ts'
import { keyOf, type Flow } from './flows.ts'

export type Keyed = { number: number; key: readonly string[] }

export type SeriesList = {
  length: number
  /** Those of the breakdowns and areas that occur. */
  breakdowns: readonly string[]
  areas: readonly string[]
  /** Some of them with their keys, from the first place to before the second. */
  slice: (from?: number, to?: number) => Keyed[]
}

/** Frequency, area, then the breakdowns. */
export const areaPlace = 1
const withArea = (key: readonly string[], area: string): readonly string[] => key.with(areaPlace, area)

/** The same key for each area. */
export const keysOfBreakdowns = (flow: Flow, breakdowns: Iterable<string>): Map<string, readonly string[]> =>
  new Map(Array.from(breakdowns, (dimensions) => [dimensions, keyOf(flow, { area: '', dimensions })]))

/** Those series whose key is meant, in the order of keys. */
export function seriesList(
  keys: ReadonlyMap<string, readonly string[]>,
  series: readonly Series[],
  isMeant: (key: readonly string[]) => boolean,
  order: 'ascending' | 'descending',
): SeriesList {
  const areas = [...new Set(series.map(({ area }) => area))].sort()
  const breakdowns = [...keys].sort(([, a], [, b]) => compareKeys(a, b))
  const placeOfArea = new Map(areas.map((area, at) => [area, at]))
  const placeOfBreakdown = new Map(breakdowns.map(([dimensions], at) => [dimensions, at]))
  // The place of a key among all that areas and breakdowns make, and the number of its series.
  const found = new Map<number, number>()
  for (const { number, area, dimensions } of series)
    if (isMeant(withArea(keys.get(dimensions)!, area)))
      found.set(placeOfArea.get(area)! * breakdowns.length + placeOfBreakdown.get(dimensions)!, number)
  const places = Float64Array.from(found.keys()).sort()
  if (order === 'descending') places.reverse()
  const numbers = Float64Array.from(places, (place) => found.get(place)!)
  const areaAt = (place: number) => areas[Math.floor(place / breakdowns.length)]!
  const breakdownAt = (place: number) => breakdowns[place % breakdowns.length]!
  const used = <Value>(of: (place: number) => Value) => [...new Set(Array.from(places, of))]
  return {
    length: numbers.length,
    breakdowns: used((place) => breakdownAt(place)[0]),
    areas: used(areaAt),
    slice: (from = 0, to = numbers.length) => {
      const some: Keyed[] = []
      for (let at = from; at < Math.min(to, numbers.length); at++) {
        const place = places[at]!
        some.push({ number: numbers[at]!, key: withArea(breakdownAt(place)[1], areaAt(place)) })
      }
      return some
    },
  }
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! < b[at]! ? -1 : 1
  return 0
}

/** All of them, some at a time. */
export function* inBatches(list: SeriesList, size: number): Generator<Keyed[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size)
}
