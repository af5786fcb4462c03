/** Reading the postings of one term: all at once, or forward with leaps over blocks. */
import { anyNumbers, anyScores } from './scratch.ts'
import { blockSize, frequencyOf, type Segment } from './segment.ts'

/** After the last document. */
export const end = 0xffff_ffff

export type Cursor = {
  segment: Segment
  /** First posting, first block, and first byte of the term. */
  posting: number
  firstBlock: number
  firstByte: number
  firstPosition: number
  frequency: number
  blocks: number
  block: number
  docs: Uint32Array
  size: number
  at: number
  doc: number
  /** How far into the block positions have been read. */
  positionAt: number
  positionByte: number
  /** Where the positions that were found last begin. */
  positionFrom: number
}

export function openCursor(segment: Segment, term: number): Cursor {
  const frequency = frequencyOf(segment, term)
  const cursor: Cursor = {
    segment,
    posting: segment.postingStarts[term]!,
    firstBlock: segment.blockStarts[term]!,
    firstByte: segment.docStarts[term]!,
    firstPosition: segment.positionStarts[term]!,
    frequency,
    blocks: Math.ceil(frequency / blockSize),
    block: 0,
    docs: new Uint32Array(Math.min(frequency, blockSize)),
    size: 0,
    at: 0,
    doc: end,
    positionAt: 0,
    positionByte: 0,
    positionFrom: 0,
  }
  readBlock(cursor, 0)
  return cursor
}

function readBlock(cursor: Cursor, block: number): void {
  const { segment, docs, firstBlock } = cursor
  const { docBytes } = segment
  const size = Math.min(blockSize, cursor.frequency - block * blockSize)
  let doc = block === 0 ? 0 : segment.blockLast[firstBlock + block - 1]!
  let at = block === 0 ? cursor.firstByte : segment.blockDocs[firstBlock + block]!
  for (let i = 0; i < size; i++) {
    let byte = docBytes[at++]!
    let step = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docBytes[at++]!
      step |= (byte & 127) << shift
    }
    doc += step
    docs[i] = doc
  }
  cursor.block = block
  cursor.size = size
  cursor.at = 0
  cursor.doc = docs[0]!
  cursor.positionAt = 0
  cursor.positionByte = block === 0 ? cursor.firstPosition : segment.blockPositions[firstBlock + block]!
}

/** The first block from the next on whose last document is not before `target`. */
function leap(cursor: Cursor, target: number): number {
  const { blockLast } = cursor.segment
  const { firstBlock, blocks } = cursor
  let low = cursor.block + 1
  let stride = 1
  while (low + stride < blocks && blockLast[firstBlock + low + stride]! < target) {
    low += stride
    stride *= 2
  }
  let high = Math.min(low + stride, blocks)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (blockLast[firstBlock + middle]! < target) low = middle + 1
    else high = middle
  }
  return low
}

/** Moves to the first document that is not before `target`, and answers it; `end` where there is none. */
export function advance(cursor: Cursor, target: number): number {
  if (cursor.doc >= target) return cursor.doc
  const { docs } = cursor
  if (docs[cursor.size - 1]! < target) {
    const next = cursor.block + 1 < cursor.blocks ? leap(cursor, target) : cursor.blocks
    if (next >= cursor.blocks) return (cursor.doc = end)
    readBlock(cursor, next)
  }
  let at = cursor.at
  while (docs[at]! < target) at++
  cursor.at = at
  return (cursor.doc = docs[at]!)
}

export function impactAt(cursor: Cursor): number {
  return cursor.segment.impacts[cursor.posting + cursor.block * blockSize + cursor.at]!
}

/** What a term says about one document; 0 where it does not stand in it. Nothing is made for it but the number. */
export function impactIn(segment: Segment, term: number, doc: number): number {
  const { docBytes, blockLast, blockDocs, blockStarts } = segment
  const frequency = frequencyOf(segment, term)
  const firstBlock = blockStarts[term]!
  let low = 0
  let high = Math.ceil(frequency / blockSize) - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (blockLast[firstBlock + middle]! < doc) low = middle + 1
    else high = middle
  }
  const stop = Math.min(frequency, (low + 1) * blockSize)
  let here = low === 0 ? 0 : blockLast[firstBlock + low - 1]!
  let at = low === 0 ? segment.docStarts[term]! : blockDocs[firstBlock + low]!
  for (let i = low * blockSize; i < stop; i++) {
    let byte = docBytes[at++]!
    here += byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docBytes[at++]!
      here += (byte & 127) << shift
    }
    if (here >= doc) return here === doc ? segment.impacts[segment.postingStarts[term]! + i]! : 0
  }
  return 0
}

/** Positions, in an array that grows and is used again. */
export type PositionList = { at: Int32Array; length: number }
export const positionList = (): PositionList => ({ at: new Int32Array(64), length: 0 })

/** Finds where the positions in the document that the cursor is at begin, and answers how many bytes they take. */
function findPositions(cursor: Cursor): number {
  const bytes = cursor.segment.positionBytes
  let at = cursor.positionByte
  for (;;) {
    let byte = bytes[at++]!
    let length = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++]!
      length |= (byte & 127) << shift
    }
    if (cursor.positionAt === cursor.at) {
      cursor.positionFrom = at
      return length
    }
    at += length
    cursor.positionAt++
    cursor.positionByte = at
  }
}

/** Whether the second term stands somewhere `apart` places (1 or more) behind the first, in the document both are at. */
export function standApart(first: Cursor, second: Cursor, apart: number): boolean {
  const bytes = first.segment.positionBytes
  const firstStop = findPositions(first) + first.positionFrom
  const secondStop = findPositions(second) + second.positionFrom
  let a = first.positionFrom
  let b = second.positionFrom
  let wanted = apart
  // None read yet.
  let position = -1
  while (a < firstStop) {
    let byte = bytes[a++]!
    wanted += byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[a++]!
      wanted += (byte & 127) << shift
    }
    while (position < wanted) {
      if (b === secondStop) return false
      byte = bytes[b++]!
      let step = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[b++]!
        step |= (byte & 127) << shift
      }
      position = position < 0 ? step : position + step
    }
    if (position === wanted) return true
  }
  return false
}

/** Adds the positions of the term in the document the cursor is at, each less by `offset`. */
export function readPositions(cursor: Cursor, list: PositionList, offset: number): void {
  const bytes = cursor.segment.positionBytes
  const length = findPositions(cursor)
  let at = cursor.positionFrom
  const stop = at + length
  // A position takes a byte at least.
  if (list.at.length < list.length + length) {
    const grown = new Int32Array(2 * (list.length + length))
    grown.set(list.at)
    list.at = grown
  }
  let position = -offset
  while (at < stop) {
    let byte = bytes[at++]!
    let step = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++]!
      step |= (byte & 127) << shift
    }
    list.at[list.length++] = position += step
  }
}

/** Documents in rising order, with what each has earned so far. */
export type Matches = { docs: Uint32Array; scores: Int32Array }

/** The documents of a term, rising. */
export function readDocs(segment: Segment, term: number): Uint32Array {
  return readTerm(segment, term, 1).docs
}

/** All documents of a term, with what it gives them. */
export function readTerm(segment: Segment, term: number, weight: number): Matches {
  const frequency = frequencyOf(segment, term)
  const { docBytes, impacts } = segment
  const first = segment.postingStarts[term]!
  const docs = anyNumbers(frequency)
  const scores = anyScores(frequency)
  let at = segment.docStarts[term]!
  let doc = 0
  for (let i = 0; i < frequency; i++) {
    let byte = docBytes[at++]!
    let step = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docBytes[at++]!
      step |= (byte & 127) << shift
    }
    doc += step
    docs[i] = doc
    scores[i] = impacts[first + i]! * weight
  }
  return { docs, scores }
}

/** Raises what each document earned, by its place, to what this term gives it. */
export function raiseTo(segment: Segment, term: number, weight: number, best: Int32Array): void {
  const { docBytes, impacts } = segment
  const stop = segment.postingStarts[term + 1]!
  let at = segment.docStarts[term]!
  let doc = 0
  for (let posting = segment.postingStarts[term]!; posting < stop; posting++) {
    let byte = docBytes[at++]!
    doc += byte & 127
    // Frequent terms lie close together: nearly every step is one byte.
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docBytes[at++]!
      doc += (byte & 127) << shift
    }
    const score = impacts[posting]! * weight
    if (score > best[doc]!) best[doc] = score
  }
}
