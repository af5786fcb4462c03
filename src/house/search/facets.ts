/** The values that can be filtered and counted. Dictionaries only grow, so segments can share them. */
import type { FacetCount } from './contract.ts'
import type { FacetColumn } from './segment.ts'

export type FacetDictionary = { values: string[]; ordinals: Map<string, number> }

export type FacetDictionaries = Map<string, FacetDictionary>

export function dictionaryOf(values: string[]): FacetDictionary {
  return { values, ordinals: new Map(values.map((value, ordinal) => [value, ordinal])) }
}

export function ordinalFor(dictionaries: FacetDictionaries, facet: string, value: string): number {
  let dictionary = dictionaries.get(facet)
  if (!dictionary) dictionaries.set(facet, (dictionary = dictionaryOf([])))
  const known = dictionary.ordinals.get(value)
  if (known !== undefined) return known
  dictionary.ordinals.set(value, dictionary.values.length)
  return dictionary.values.push(value) - 1
}

export function countAll(column: FacetColumn, docs: Uint32Array, counts: Uint32Array): void {
  const { starts, ordinals } = column
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!
    const stop = starts[doc + 1]!
    for (let at = starts[doc]!; at < stop; at++) counts[ordinals[at]!]!++
  }
}

export function uncountAll(column: FacetColumn, docs: Uint32Array, counts: Uint32Array): void {
  const { starts, ordinals } = column
  for (let i = 0; i < docs.length; i++) {
    const doc = docs[i]!
    const stop = starts[doc + 1]!
    for (let at = starts[doc]!; at < stop; at++) counts[ordinals[at]!]!--
  }
}

/** The most frequent first; of equals the one whose name comes first. */
const byCount = (a: FacetCount, b: FacetCount) =>
  b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)

/** The first `limit` values that were met at all, kept in order while looking through: most are turned away at once. */
function firstByCount(values: string[], counts: Uint32Array, limit: number): FacetCount[] {
  const kept: FacetCount[] = []
  let least = limit > 0 ? 1 : Number.POSITIVE_INFINITY
  for (let ordinal = 0; ordinal < values.length; ordinal++) {
    const count = counts[ordinal]!
    if (count < least) continue
    const candidate = { value: values[ordinal]!, count }
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
  dictionary: FacetDictionary | undefined,
  counts: Uint32Array,
  limit: number,
  selected: string[],
): FacetCount[] {
  const kept = firstByCount(dictionary?.values ?? [], counts, limit)
  const chosen = new Set(selected)
  const others = kept.filter(({ value }) => !chosen.has(value))
  const always = [...chosen].map((value) => {
    const ordinal = dictionary?.ordinals.get(value)
    return { value, count: ordinal === undefined ? 0 : counts[ordinal]! }
  })
  return [...always, ...others.slice(0, Math.max(0, limit - always.length))].sort(byCount)
}
