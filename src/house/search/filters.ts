/** Which documents pass the filters, and which of them each one misses. */
import type { FacetDictionaries } from './facets.ts'
import type { Part } from './part.ts'
import type { FacetColumn } from './segment.ts'

/** A filter with a mark for each value it lets through; the name is the same for the same values. */
export type Filter = { facet: string; wanted: Uint8Array; name: string }

const missesMore = 255
const mostFilters = missesMore - 1
/** Filters return again and again; for a part that never changes each need be worked out once. */
const mostRemembered = 16
/** Below this share of a part it is cheaper to look at each document than to remember them all. */
const broadShare = 1 / 8

export function filtersOf(filters: Record<string, string[]>, dictionaries: FacetDictionaries): Filter[] {
  return Object.entries(filters)
    .filter(([, values]) => values.length > 0)
    .slice(0, mostFilters)
    .map(([facet, values]) => {
      const dictionary = dictionaries.get(facet)
      const wanted = new Uint8Array(dictionary?.values.length ?? 0)
      const ordinals = values.map((value) => dictionary?.ordinals.get(value)).filter((ordinal) => ordinal !== undefined)
      for (const ordinal of ordinals) wanted[ordinal] = 1
      return { facet, wanted, name: `${facet}:${ordinals.sort((a, b) => a - b).join()}` }
    })
}

/** A 1 for each document that has a wanted value. */
function passing({ starts, ordinals }: FacetColumn, docs: Uint32Array | null, wanted: Uint8Array): Uint8Array {
  const length = docs ? docs.length : starts.length - 1
  const passes = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const doc = docs ? docs[i]! : i
    const stop = starts[doc + 1]!
    let has = 0
    for (let at = starts[doc]!; at < stop; at++) has |= wanted[ordinals[at]!]!
    passes[i] = has
  }
  return passes
}

function passesIn(part: Part, docs: Uint32Array, { facet, wanted, name }: Filter): Uint8Array {
  const column = part.segment.facets.get(facet)
  if (!column) return new Uint8Array(docs.length)
  let all = part.passes.get(name)
  if (!all) {
    if (docs.length < part.segment.documents * broadShare) return passing(column, docs, wanted)
    all = passing(column, null, wanted)
    if (part.passes.size >= mostRemembered) part.passes.clear()
    part.passes.set(name, all)
  }
  const passes = new Uint8Array(docs.length)
  for (let i = 0; i < docs.length; i++) passes[i] = all[docs[i]!]!
  return passes
}

/** For each document: 0 if it passes every filter, the filter's place from 1 if it misses just that, else 255. */
export function missesOf(part: Part, docs: Uint32Array, filters: Filter[]): Uint8Array {
  const misses = new Uint8Array(docs.length)
  filters.forEach((filter, place) => {
    const passes = passesIn(part, docs, filter)
    // What a document has missed so far → what it has then, without a branch for each document.
    const next = new Uint8Array(256).fill(missesMore)
    next[0] = place + 1
    for (let i = 0; i < docs.length; i++) misses[i] = passes[i] === 1 ? misses[i]! : next[misses[i]!]!
  })
  return misses
}
