/** A segment in use: the documents deleted from it since it was made, and what was counted in it. */
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { unpack, type Packed } from './packed.ts'
import { readDocs } from './postings.ts'
import { frequencyOf, type Segment } from './segment.ts'

export type Part = {
  readonly id: number
  readonly packed: Packed
  readonly segment: Segment
  /** A bit for each document, in shared memory; null while none is deleted. */
  readonly deleted: Uint8Array | null
  readonly deletedCount: number
  /** How many of the dead have a term, by its place. */
  readonly deadWith: BoundedCache<number>
}

const mostTermsKept = 10_000

export function isDeleted(deleted: Uint8Array, doc: number): boolean {
  return (deleted[doc >>> 3]! & (1 << (doc & 7))) !== 0
}

export function countBits(bits: Uint8Array): number {
  let count = 0
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count++
  return count
}

/** The segment is the view of the packed one, where there is one already. */
export function partOf(
  id: number,
  packed: Packed,
  deleted: Uint8Array | null = null,
  segment: Segment = unpack(packed),
): Part {
  return {
    id,
    packed,
    segment,
    deleted,
    deletedCount: deleted ? countBits(deleted) : 0,
    deadWith: boundedCache(mostTermsKept),
  }
}

/** The part with more of its documents dead. */
export function withDeleted({ id, packed, segment, deleted }: Part, docs: number[]): Part {
  const bits = new Uint8Array(new SharedArrayBuffer((segment.documents + 7) >>> 3))
  if (deleted) bits.set(deleted)
  for (const doc of docs) bits[doc >>> 3]! |= 1 << (doc & 7)
  return partOf(id, packed, bits, segment)
}

export function livingIn(part: Part): number {
  return part.segment.documents - part.deletedCount
}

/** How many living documents have a term. What is dead must not count, else a score would hang on when parts merge. */
export function livingWith(part: Part, term: number): number {
  const frequency = frequencyOf(part.segment, term)
  const { deleted } = part
  if (!deleted || part.deletedCount === 0) return frequency
  const key = String(term)
  const known = part.deadWith.get(key)
  if (known !== undefined) return frequency - known
  let dead = 0
  for (const doc of readDocs(part.segment, term)) dead += +isDeleted(deleted, doc)
  part.deadWith.set(key, dead)
  return frequency - dead
}

/** Keeps the documents, in ascending order, that were not deleted. */
export function livingAmong({ segment, deleted }: Part, docs: Uint32Array): Uint8Array | null {
  if (!deleted || segment.documents === 0) return null
  const living = new Uint8Array(docs.length)
  for (let i = 0; i < docs.length; i++) living[i] = isDeleted(deleted, docs[i]!) ? 0 : 1
  return living
}
