/** Documents by which filters they miss, each a bit. */
import type { Misses } from './narrow.ts'
import { anyNumbers } from './scratch.ts'

/** Those that miss nothing but what this bit stands for; so many they are. */
export function missingAtMost(docs: Uint32Array, misses: Misses, bit: number, size: number): Uint32Array {
  if (size === docs.length) return docs
  const kept = anyNumbers(size + 1)
  let at = 0
  for (let i = 0; i < docs.length; i++) {
    kept[at] = docs[i]!
    at += +((misses[i]! & ~bit) === 0)
  }
  return kept.subarray(0, size)
}

export function countEqual(marks: Misses, mark: number): number {
  let count = 0
  for (let i = 0; i < marks.length; i++) count += +(marks[i] === mark)
  return count
}

/** How many documents miss just these bits. */
export function countMisses(misses: Misses): (bits: number) => number {
  if (!(misses instanceof Uint8Array)) return (bits) => countEqual(misses, bits)
  const counts = new Uint32Array(256)
  for (let i = 0; i < misses.length; i++) counts[misses[i]!]!++
  return (bits) => counts[bits]!
}
