/** What filters, exclusions and bounds of years say of a document: whether it passes, and which of them it misses. */
import type { SearchRequest } from '../contract.ts'
import type { ValueTable } from './facets.ts'
import { noYear, ownFacets, type Segment } from './segment.ts'

/** The years have a bit, one says that a value was met that must not be, and then each filter has one. */
const yearsBit = 1
const unwantedBit = 2
const firstFilter = 2
const mostFilters = 29
/** So many filters fit into a byte with the rest. */
const filtersInByte = 6

/** Bits for each document of a list. */
export type Misses = Uint8Array | Int32Array

export type Narrowing = {
  /** The facets with a filter; the place of each is that of its bit. */
  facets: string[]
  /** By number of value: the bits it gives. */
  bits: Misses
  /** All bits that a document must have, and no other. */
  wanted: number
  years: { from: number; to: number } | null
  /** Whether values are among them that are kept by document. */
  ofOwn: boolean
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
  const bits = new (chosen.length > filtersInByte ? Int32Array : Uint8Array)(table.entries.length)
  const mark = (facet: string, values: string[], bit: number) => {
    for (const value of values) {
      const id = table.facets.get(facet)?.idOf.get(value)
      if (id !== undefined) bits[id]! |= bit
    }
  }
  chosen.forEach(([facet, values], place) => mark(facet, values, 1 << (firstFilter + place)))
  for (const [facet, values] of unwanted) mark(facet, values, unwantedBit)
  return {
    ofOwn: [...chosen, ...unwanted].some(([facet]) => ownFacets.has(facet)),
    facets: chosen.map(([facet]) => facet),
    bits,
    wanted: (((1 << chosen.length) - 1) << firstFilter) | (bounded ? yearsBit : 0),
    years: bounded ? { from: yearFrom ?? noYear + 1, to: yearTo ?? Number.POSITIVE_INFINITY } : null,
  }
}

/** For each document the bits of what it misses; 0 where it passes. */
export function missesOf(segment: Segment, docs: Uint32Array, narrowing: Narrowing): Misses {
  const { wanted, years, ofOwn } = narrowing
  const { profiles, years: column } = segment
  const misses = likeBits(narrowing, docs.length)
  if (docs.length < segment.profileStarts.length) {
    for (let i = 0; i < docs.length; i++) misses[i] = metByProfile(segment, narrowing, profiles[docs[i]!]!) ^ wanted
  } else {
    const metBy = metByProfiles(segment, narrowing)
    for (let i = 0; i < docs.length; i++) misses[i] = metBy[profiles[docs[i]!]!]! ^ wanted
  }
  if (ofOwn) addOwn(segment, docs, narrowing, misses)
  if (!years) return misses
  // Every document misses the years until here.
  for (let i = 0; i < docs.length; i++) {
    const year = column[docs[i]!]!
    if (year !== noYear && year >= years.from && year <= years.to) misses[i]! ^= yearsBit
  }
  return misses
}

const likeBits = ({ bits }: Narrowing, length: number): Misses =>
  bits instanceof Uint8Array ? new Uint8Array(length) : new Int32Array(length)

/** The bits that the values of one profile give. */
function metByProfile({ profileStarts, profileValues }: Segment, { bits }: Narrowing, profile: number): number {
  const stop = profileStarts[profile + 1]!
  let met = 0
  for (let at = profileStarts[profile]!; at < stop; at++) met |= bits[profileValues[at]!]!
  return met
}

/** For many documents the profiles, of which there are fewer, are looked at once each. */
function metByProfiles(segment: Segment, narrowing: Narrowing): Misses {
  const metBy = likeBits(narrowing, segment.profileStarts.length - 1)
  for (let profile = 0; profile < metBy.length; profile++) metBy[profile] = metByProfile(segment, narrowing, profile)
  return metBy
}

function addOwn(
  { rowStarts, rowValues }: Segment,
  docs: Uint32Array,
  { bits, wanted }: Narrowing,
  misses: Misses,
): void {
  for (let i = 0; i < docs.length; i++) {
    const stop = rowStarts[docs[i]! + 1]!
    let met = 0
    for (let at = rowStarts[docs[i]!]!; at < stop; at++) met |= bits[rowValues[at]!]!
    // A bit that the profile has given already must not be given back.
    misses[i] = ((misses[i]! ^ wanted) | met) ^ wanted
  }
}

/** What can be taken away alone: the name it has in the answer, and its bit. */
export function removable({ facets, years }: Narrowing): { name: string; bit: number }[] {
  const each = facets.map((name, place) => ({ name, bit: 1 << (firstFilter + place) }))
  return years ? [...each.filter(({ name }) => name !== 'year'), { name: 'year', bit: yearsBit }] : each
}

export const bitOf = ({ facets }: Narrowing, facet: string): number => {
  const place = facets.indexOf(facet)
  return place < 0 ? 0 : 1 << (firstFilter + place)
}
