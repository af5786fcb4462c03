/** Sets of values that many documents have alike: filters look at each set once, and counts count sets. */
import type { ValueTable } from './facets.ts'
import type { Segment } from './segment.ts'

type Columns = Pick<Segment, 'profileStarts' | 'profileValues'>

/** Gathers the profiles of a segment that is being made. */
export function profileCollector() {
  const known = new Map<string, number>()
  const starts = [0]
  const values: number[] = []
  return {
    /** The place of the profile with these values, in whatever order they come. */
    profileOf(ids: number[]): number {
      const sorted = ids.toSorted((a, b) => a - b)
      const key = sorted.join()
      const found = known.get(key)
      if (found !== undefined) return found
      for (const id of sorted) values.push(id)
      starts.push(values.length)
      known.set(key, known.size)
      return known.size - 1
    },
    columns: (): Columns => ({ profileStarts: Uint32Array.from(starts), profileValues: Uint32Array.from(values) }),
  }
}

export const valuesOfProfile = ({ profileStarts, profileValues }: Columns, profile: number): Uint32Array =>
  profileValues.subarray(profileStarts[profile]!, profileStarts[profile + 1]!)

const knownValues = new WeakMap<Segment, Map<string, Int32Array>>()

/** The number of the value that each profile has of a facet, or -1; the first where it has several. Looked up once. */
export function valuesOfFacet(segment: Segment, table: ValueTable, facet: string): Int32Array {
  let known = knownValues.get(segment)
  if (!known) knownValues.set(segment, (known = new Map<string, Int32Array>()))
  const before = known.get(facet)
  if (before) return before
  const values = Int32Array.from({ length: segment.profileStarts.length - 1 }, (_, profile) => {
    const found = valuesOfProfile(segment, profile).find((id) => table.entries[id]![0] === facet)
    return found ?? -1
  })
  known.set(facet, values)
  return values
}

/** Adds how many of these documents have each value. */
export function countValues(segment: Segment, docs: Uint32Array, counts: Uint32Array, withOwn: boolean): void {
  const { profiles, profileStarts, profileValues } = segment
  const having = new Uint32Array(profileStarts.length - 1)
  for (let i = 0; i < docs.length; i++) having[profiles[docs[i]!]!]!++
  for (let profile = 0; profile < having.length; profile++) {
    const count = having[profile]!
    if (count === 0) continue
    const stop = profileStarts[profile + 1]!
    for (let at = profileStarts[profile]!; at < stop; at++) counts[profileValues[at]!]! += count
  }
  if (withOwn) countRows(segment, docs, counts)
}

function countRows({ rowStarts, rowValues }: Segment, docs: Uint32Array, counts: Uint32Array): void {
  for (let i = 0; i < docs.length; i++) {
    const stop = rowStarts[docs[i]! + 1]!
    for (let at = rowStarts[docs[i]!]!; at < stop; at++) counts[rowValues[at]!]!++
  }
}
