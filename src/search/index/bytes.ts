/** A byte array that grows, and the variable-length numbers the index is written in. */
export type ByteSink = { bytes: Uint8Array; length: number }

export function byteSink(capacity = 4096): ByteSink {
  return { bytes: new Uint8Array(capacity), length: 0 }
}

function makeRoom(sink: ByteSink, more: number): void {
  if (sink.length + more <= sink.bytes.length) return
  const grown = new Uint8Array(Math.max(sink.bytes.length * 2, sink.length + more))
  grown.set(sink.bytes.subarray(0, sink.length))
  sink.bytes = grown
}

export function writeByte(sink: ByteSink, value: number): void {
  makeRoom(sink, 1)
  sink.bytes[sink.length++] = value
}

/** Seven bits a byte, lowest first; the high bit says that more follow. Takes 0 to 2^32 - 1. */
export function writeVarint(sink: ByteSink, value: number): void {
  makeRoom(sink, 5)
  const { bytes } = sink
  let at = sink.length
  while (value > 127) {
    bytes[at++] = (value & 127) | 128
    value >>>= 7
  }
  bytes[at++] = value
  sink.length = at
}

export function writeBytes(sink: ByteSink, from: Uint8Array, start: number, end: number): void {
  makeRoom(sink, end - start)
  // Most runs are a few bytes, where a call of set() costs more than the copy.
  if (end - start > 32) sink.bytes.set(from.subarray(start, end), sink.length)
  else for (let read = start, write = sink.length; read < end;) sink.bytes[write++] = from[read++]!
  sink.length += end - start
}

const encoder = new TextEncoder()

export function writeText(sink: ByteSink, text: string): void {
  makeRoom(sink, text.length * 3)
  sink.length += encoder.encodeInto(text, sink.bytes.subarray(sink.length)).written
}

export function bytesOf(sink: ByteSink): Uint8Array {
  return sink.bytes.slice(0, sink.length)
}

export function varintLength(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5
}

/** The order of the term dictionary: bytes as unsigned numbers, the shorter first. */
export function compareBytes(
  left: Uint8Array,
  leftStart: number,
  leftEnd: number,
  right: Uint8Array,
  rightStart: number,
  rightEnd: number,
): number {
  let a = leftStart
  let b = rightStart
  while (a < leftEnd && b < rightEnd) {
    const difference = left[a++]! - right[b++]!
    if (difference !== 0) return difference
  }
  return leftEnd - a - (rightEnd - b)
}
