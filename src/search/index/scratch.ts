/**
 * Room for what a search gathers on its way through one part. The next part uses it again: to get fresh memory for
 * hundreds of thousands of numbers costs as much as to fill it. What is taken is valid until `beginAnew`.
 */
const most = 32 * 2 ** 20
const bytesEach = 4

let room = new ArrayBuffer(0)
let taken = 0

/** All that was taken is given back; where it was too little, there is more from now on. */
export function beginAnew(): void {
  if (taken > room.byteLength) room = new ArrayBuffer(Math.min(most, 2 ** Math.ceil(Math.log2(taken))))
  taken = 0
}

function place(length: number): number {
  const from = taken
  taken += length * bytesEach
  return taken <= room.byteLength ? from : -1
}

/** Numbers that may be any: all of them will be written before they are read. */
export function anyNumbers(length: number): Uint32Array {
  const from = place(length)
  return from < 0 ? new Uint32Array(length) : new Uint32Array(room, from, length)
}

export function anyScores(length: number): Int32Array {
  const from = place(length)
  return from < 0 ? new Int32Array(length) : new Int32Array(room, from, length)
}

export function zeroScores(length: number): Int32Array {
  const from = place(length)
  return from < 0 ? new Int32Array(length) : new Int32Array(room, from, length).fill(0)
}
