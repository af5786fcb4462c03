/**
 * The values that can be filtered and counted. Each has a number over all facets, so that a document's values are one
 * row of numbers. The table only grows, so segments can share it.
 */
import type { FacetCount } from '../contract.ts'

export type Facet = { values: string[]; ids: number[]; idOf: Map<string, number> }

export type ValueTable = {
  facets: Map<string, Facet>
  /** Facet and value by number. */
  entries: [facet: string, value: string][]
}

export function tableOf(entries: readonly [facet: string, value: string][]): ValueTable {
  const table: ValueTable = { facets: new Map(), entries: [] }
  for (const [facet, value] of entries) valueId(table, facet, value)
  return table
}

/** The number of a value, which it gets here when it is new. */
export function valueId(table: ValueTable, name: string, value: string): number {
  let facet = table.facets.get(name)
  if (!facet) table.facets.set(name, (facet = { values: [], ids: [], idOf: new Map() }))
  const known = facet.idOf.get(value)
  if (known !== undefined) return known
  const id = table.entries.push([name, value]) - 1
  facet.idOf.set(value, id)
  facet.values.push(value)
  facet.ids.push(id)
  return id
}

/** The most frequent first; of equals the one whose name comes first. */
const byCount = (a: FacetCount, b: FacetCount) =>
  b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)

/** The first `limit` values that were met at all, kept in order while looking through: most are turned away at once. */
function firstByCount({ values, ids }: Facet, counts: Uint32Array, limit: number): FacetCount[] {
  const kept: FacetCount[] = []
  let least = limit > 0 ? 1 : Number.POSITIVE_INFINITY
  for (let place = 0; place < ids.length; place++) {
    const count = counts[ids[place]!]!
    if (count < least) continue
    const candidate = { value: values[place]!, count }
    let at = kept.length
    while (at > 0 && byCount(candidate, kept[at - 1]!) < 0) at--
    if (at === limit) continue
    kept.splice(at, 0, candidate)
    if (kept.length > limit) kept.pop()
    if (kept.length === limit) least = kept.at(-1)!.count
  }
  return kept
}

/** At most so many values, most frequent first, the selected ones always among them. */
export function mostFrequent(
  facet: Facet | undefined,
  counts: Uint32Array,
  limit: number,
  selected: string[],
): FacetCount[] {
  const kept = facet ? firstByCount(facet, counts, limit) : []
  const chosen = new Set(selected)
  const others = kept.filter(({ value }) => !chosen.has(value))
  const always = [...chosen].map((value) => {
    const id = facet?.idOf.get(value)
    return { value, count: id === undefined ? 0 : counts[id]! }
  })
  return [...always, ...others.slice(0, Math.max(0, limit - always.length))].sort(byCount)
}
