/** A segment laid into one buffer of shared memory: as threads hand it to one another, and as it lies in a file. */
import { arraysOf, type Segment, type SegmentArray } from './segment.ts'

const arrayTypes = { Uint8Array, Uint32Array, Int32Array, Float64Array }
type ArrayOver = new (buffer: ArrayBufferLike, start: number, length: number) => SegmentArray

type ArrayEntry = { name: string; type: keyof typeof arrayTypes; start: number; length: number }
export type Layout = { documents: number; bytes: number; arrays: ArrayEntry[] }
export type Packed = { layout: Layout; buffer: SharedArrayBuffer }

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8

function layOut(segment: Segment): Layout {
  let bytes = 0
  const arrays = arraysOf(segment).map(([name, array]) => {
    const start = bytes
    bytes = aligned(bytes + array.byteLength)
    return { name, type: array.constructor.name as ArrayEntry['type'], start, length: array.length }
  })
  return { documents: segment.documents, bytes, arrays }
}

function viewIn(buffer: SharedArrayBuffer, { type, start, length }: ArrayEntry): SegmentArray {
  const Over: ArrayOver = arrayTypes[type]
  return new Over(buffer, start, length)
}

export function pack(segment: Segment): Packed {
  const layout = layOut(segment)
  const buffer = new SharedArrayBuffer(layout.bytes)
  arraysOf(segment).forEach(([, array], i) => viewIn(buffer, layout.arrays[i]!).set(array))
  return { layout, buffer }
}

export function unpack({ layout, buffer }: Packed): Segment {
  const views = layout.arrays.map((entry) => [entry.name, viewIn(buffer, entry)])
  return { documents: layout.documents, ...Object.fromEntries(views) } as Segment
}
