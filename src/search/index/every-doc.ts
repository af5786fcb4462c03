/** All documents of a segment, as if they had been found. */
import type { Matches } from './postings.ts'
import type { Segment } from './segment.ts'

let counted = new Uint32Array(0)
let zeros = new Int32Array(0)

/** The numbers from 0 on, to be read only: the largest list so far is kept, and all are its beginnings. */
export function everyDoc(documents: number): Uint32Array {
  if (counted.length < documents) counted = Uint32Array.from({ length: documents }, (_, doc) => doc)
  return counted.subarray(0, documents)
}

/** To be read only, as above. */
export function everything({ documents }: Segment): Matches {
  if (zeros.length < documents) zeros = new Int32Array(documents)
  return { docs: everyDoc(documents), scores: zeros.subarray(0, documents) }
}
