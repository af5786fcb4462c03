/** Where given records lie in a segment, found without reading the segment. */
import type { Segment } from './segment.ts'

/** By segment, its documents in the order of their record numbers: made once, as segments never change. */
const orders = new WeakMap<Segment, Uint32Array>()

function orderOf(segment: Segment): Uint32Array {
  const known = orders.get(segment)
  if (known) return known
  const { numbers } = segment
  const made = Uint32Array.from(numbers, (_, doc) => doc).sort((a, b) => numbers[a]! - numbers[b]!)
  orders.set(segment, made)
  return made
}

function docOf({ numbers }: Segment, order: Uint32Array, number: number): number | undefined {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[order[middle]!]! < number) low = middle + 1
    else high = middle
  }
  const doc = order[low]
  return doc !== undefined && numbers[doc] === number ? doc : undefined
}

/** The documents of these records in a segment, rising. */
export function docsOf(segment: Segment, numbers: readonly number[]): Uint32Array {
  const order = orderOf(segment)
  const docs = new Set<number>()
  for (const number of numbers) {
    const doc = docOf(segment, order, number)
    if (doc !== undefined) docs.add(doc)
  }
  return Uint32Array.from(docs).sort()
}
