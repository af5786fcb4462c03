/** Where terms lie in the dictionaries of segments, kept: the words of questions come again, and each is looked up in all. */
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { livingWith, type Part } from './part.ts'
import { findTerm, type Segment } from './segment.ts'

const mostKept = 20_000
const encoder = new TextEncoder()
const known = new WeakMap<Segment, BoundedCache<number>>()

function placesIn(segment: Segment): BoundedCache<number> {
  let places = known.get(segment)
  if (!places) known.set(segment, (places = boundedCache(mostKept)))
  return places
}

/** The place of a term, or -1. */
export function placeOf(segment: Segment, term: string): number {
  const places = placesIn(segment)
  let place = places.get(term)
  if (place === undefined) places.set(term, (place = findTerm(segment, encoder.encode(term))))
  return place
}

/** In how many living documents a term stands. */
export function documentsWith(term: string, parts: readonly Part[]): number {
  return parts.reduce((sum, part) => {
    const place = placeOf(part.segment, term)
    return place < 0 ? sum : sum + livingWith(part, place)
  }, 0)
}
