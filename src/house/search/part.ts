/** A segment in use: the documents deleted from it since it was made, and what was counted in it. */
import { countAll } from './facets.ts'
import { arraysOf, type Segment } from './segment.ts'

export type Part = {
  id: number
  segment: Segment
  /** A bit for each document; null while none is deleted. */
  deleted: Uint8Array | null
  deletedCount: number
  /** Counts over all living documents, by facet; forgotten when one is deleted. */
  totals: Map<string, Uint32Array>
  /** The documents that pass a filter, by its name; the dead are among them. */
  passes: Map<string, Uint8Array>
}

export function isDeleted(deleted: Uint8Array, doc: number): boolean {
  return (deleted[doc >>> 3]! & (1 << (doc & 7))) !== 0
}

export function countBits(bits: Uint8Array): number {
  let count = 0
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count++
  return count
}

export function partOf(id: number, segment: Segment, deleted: Uint8Array | null = null): Part {
  return { id, segment, deleted, deletedCount: deleted ? countBits(deleted) : 0, totals: new Map(), passes: new Map() }
}

export function deleteFrom(part: Part, doc: number): void {
  part.deleted ??= new Uint8Array((part.segment.documents + 7) >>> 3)
  if (isDeleted(part.deleted, doc)) return
  part.deleted[doc >>> 3]! |= 1 << (doc & 7)
  part.deletedCount++
  part.totals.clear()
}

export function livingIn(part: Part): number {
  return part.segment.documents - part.deletedCount
}

export function bytesIn({ segment, deleted }: Part): number {
  return arraysOf(segment).reduce((sum, [, array]) => sum + array.byteLength, deleted?.byteLength ?? 0)
}

/** Of rising documents, those that live. */
export function livingAmong({ segment, deleted }: Part, docs: Uint32Array): Uint8Array | null {
  if (!deleted || segment.documents === 0) return null
  const living = new Uint8Array(docs.length)
  for (let i = 0; i < docs.length; i++) living[i] = isDeleted(deleted, docs[i]!) ? 0 : 1
  return living
}

/** The living documents that are not among these rising ones. */
export function othersThan(part: Part, docs: Uint32Array): Uint32Array {
  const { deleted } = part
  const { documents } = part.segment
  const length = docs.length
  const others = new Uint32Array(livingIn(part) - length)
  let size = 0
  let doc = 0
  for (let next = 0; next <= length && size < others.length; next++) {
    const stop = next < length ? docs[next]! : documents
    while (doc < stop) {
      if (deleted === null || !isDeleted(deleted, doc)) others[size++] = doc
      doc++
    }
    doc++
  }
  return others
}

export function totalsOf(part: Part, facet: string, values: number): Uint32Array {
  const known = part.totals.get(facet)
  if (known) return known
  const counts = new Uint32Array(values)
  const column = part.segment.facets.get(facet)
  if (column) countAll(column, othersThan(part, new Uint32Array(0)), counts)
  part.totals.set(facet, counts)
  return counts
}
