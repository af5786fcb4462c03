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

/** Counts the documents that miss no filter, or only the one named `own`. */
export function countMissing(
  column: FacetColumn,
  docs: Uint32Array,
  misses: Uint8Array,
  own: number,
  counts: Uint32Array,
): void {
  const { starts, ordinals } = column
  for (let i = 0; i < docs.length; i++) {
    const miss = misses[i]!
    if (miss !== 0 && miss !== own) continue
    const doc = docs[i]!
    const stop = starts[doc + 1]!
    for (let at = starts[doc]!; at < stop; at++) counts[ordinals[at]!]!++
  }
}

const byCount = (a: FacetCount, b: FacetCount) =>
  b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)

/** The most frequent values, and always the selected ones. */
export function mostFrequent(
  dictionary: FacetDictionary | undefined,
  counts: Uint32Array,
  limit: number,
  selected: string[],
): FacetCount[] {
  const values = dictionary?.values ?? []
  let kept: FacetCount[] = []
  let least = 1
  // Cut back now and then, so that a facet of many values is never sorted whole.
  const roomy = Math.max(4 * limit, 256)
  for (let ordinal = 0; ordinal < values.length; ordinal++) {
    const count = counts[ordinal]!
    if (count < least) continue
    kept.push({ value: values[ordinal]!, count })
    if (kept.length < roomy) continue
    kept = kept.sort(byCount).slice(0, limit)
    least = kept.at(-1)?.count ?? Number.POSITIVE_INFINITY
  }
  kept = kept.sort(byCount).slice(0, limit)
  const chosen = new Set(selected)
  const others = kept.filter(({ value }) => !chosen.has(value))
  const always = [...chosen].map((value) => {
    const ordinal = dictionary?.ordinals.get(value)
    return { value, count: ordinal === undefined ? 0 : counts[ordinal]! }
  })
  return [...always, ...others.slice(0, Math.max(0, limit - always.length))].sort(byCount)
}
