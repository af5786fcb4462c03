/** What filters, exclusions and bounds of years say of a document: whether it passes, and which of them it misses. */
import type { SearchRequest } from './contract.ts'
import type { ValueTable } from './facets.ts'
import { noYear, type Segment } from './segment.ts'

/** Each filter has a bit, the years have one, and one says that a value was met that must not be. */
const yearsBit = 1 << 29
const unwantedBit = 1 << 30
const mostFilters = 29

export type Narrowing = {
  /** The facets with a filter; the place of each is that of its bit. */
  facets: string[]
  /** By number of value: the bits it gives. */
  bits: Int32Array
  /** All bits that a document must have, and no other. */
  wanted: number
  years: { from: number; to: number } | null
}

export function narrowingOf(
  { filters, without = {}, yearFrom, yearTo }: Pick<SearchRequest, 'filters' | 'without' | 'yearFrom' | 'yearTo'>,
  table: ValueTable,
): Narrowing | null {
  const chosen = Object.entries(filters).filter(([, values]) => values.length > 0)
  const unwanted = Object.entries(without).filter(([, values]) => values.length > 0)
  const bounded = yearFrom !== undefined || yearTo !== undefined
  if (chosen.length + unwanted.length === 0 && !bounded) return null
  if (chosen.length > mostFilters) throw new RangeError(`At most ${mostFilters} facets can be filtered at once`)
  const bits = new Int32Array(table.entries.length)
  const mark = (facet: string, values: string[], bit: number) => {
    for (const value of values) {
      const id = table.facets.get(facet)?.idOf.get(value)
      if (id !== undefined) bits[id]! |= bit
    }
  }
  chosen.forEach(([facet, values], place) => mark(facet, values, 1 << place))
  for (const [facet, values] of unwanted) mark(facet, values, unwantedBit)
  return {
    facets: chosen.map(([facet]) => facet),
    bits,
    wanted: ((1 << chosen.length) - 1) | (bounded ? yearsBit : 0),
    years: bounded ? { from: yearFrom ?? noYear + 1, to: yearTo ?? Number.POSITIVE_INFINITY } : null,
  }
}

/** For each document the bits of what it misses; 0 where it passes. */
export function missesOf(segment: Segment, docs: Uint32Array, { bits, wanted, years }: Narrowing): Int32Array {
  const { rowStarts, rowValues } = segment
  const misses = new Int32Array(docs.length)
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!
    const stop = rowStarts[doc + 1]!
    let met = 0
    for (let at = rowStarts[doc]!; at < stop; at++) met |= bits[rowValues[at]!]!
    misses[i] = met ^ wanted
  }
  if (years) addYears(segment.years, docs, years, misses)
  return misses
}

/** Every document misses the years until here. */
function addYears(
  column: Int32Array,
  docs: Uint32Array,
  { from, to }: { from: number; to: number },
  misses: Int32Array,
) {
  for (let i = 0; i < docs.length; i++) {
    const year = column[docs[i]!]!
    if (year !== noYear && year >= from && year <= to) misses[i]! ^= yearsBit
  }
}

/** What can be taken away alone: the name it has in the answer, and its bit. */
export function removable({ facets, years }: Narrowing): { name: string; bit: number }[] {
  const each = facets.map((name, place) => ({ name, bit: 1 << place }))
  return years ? [...each.filter(({ name }) => name !== 'year'), { name: 'year', bit: yearsBit }] : each
}

export const bitOf = ({ facets }: Narrowing, facet: string): number => {
  const place = facets.indexOf(facet)
  return place < 0 ? 0 : 1 << place
}
