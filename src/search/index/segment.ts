/**
 * One immutable part of the index, in typed arrays that can lie over one buffer, in a file or in shared memory.
 * Documents are counted from 0, terms are sorted by their UTF-8 bytes and counted from 0.
 */
import { languageTags } from '../contract.ts'
import { compareBytes } from './bytes.ts'

/** Facets whose values hardly two documents share, or that are asked of single documents only. */
export const ownFacets: ReadonlySet<string> = new Set(['linked', languageTags])

export const blockSize = 128
/** A year that is not known. */
export const noYear = -2_147_483_648
/** How many numbers hold the sort key of a title. */
export const titleWidth = 4

export type Segment = {
  documents: number
  numbers: Uint32Array
  years: Int32Array
  changedAt: Float64Array
  standings: Float64Array
  titles: Float64Array

  termBytes: Uint8Array
  termStarts: Uint32Array
  /** Where the postings of each term begin in `impacts`; one more at the end, so frequency is a difference. */
  postingStarts: Uint32Array
  docStarts: Uint32Array
  positionStarts: Uint32Array
  /** Where the blocks of each term begin in the block arrays; a term of a single block has none. */
  blockStarts: Uint32Array
  blockLast: Uint32Array
  blockDocs: Uint32Array
  blockPositions: Uint32Array
  /** Differences of document to document, running on through the blocks. */
  docBytes: Uint8Array
  /** How much the term says about the document, 1 to 255. */
  impacts: Uint8Array
  /** For each posting the length of its positions in bytes, then their differences. */
  positionBytes: Uint8Array

  /** Many documents have just the same values. Each such set is kept once, as a profile. */
  profiles: Uint32Array
  profileStarts: Uint32Array
  profileValues: Uint32Array
  /** The values that hardly two documents share: where those of each document begin, and their numbers. */
  rowStarts: Uint32Array
  rowValues: Uint32Array
}

export function termCount(segment: Segment): number {
  return segment.docStarts.length
}

export function frequencyOf(segment: Segment, term: number): number {
  return segment.postingStarts[term + 1]! - segment.postingStarts[term]!
}

/** The first term that is not before these bytes. */
export function firstTermFrom(segment: Segment, bytes: Uint8Array): number {
  const { termBytes, termStarts } = segment
  let low = 0
  let high = termCount(segment)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareBytes(termBytes, termStarts[middle]!, termStarts[middle + 1]!, bytes, 0, bytes.length) < 0)
      low = middle + 1
    else high = middle
  }
  return low
}

export function termBegins(segment: Segment, term: number, bytes: Uint8Array): boolean {
  const start = segment.termStarts[term]!
  if (segment.termStarts[term + 1]! - start < bytes.length) return false
  for (let i = 0; i < bytes.length; i++) if (segment.termBytes[start + i] !== bytes[i]) return false
  return true
}

/** The place of a term, or -1. */
export function findTerm(segment: Segment, bytes: Uint8Array): number {
  const term = firstTermFrom(segment, bytes)
  if (term === termCount(segment) || !termBegins(segment, term, bytes)) return -1
  return termBytesAt(segment, term).length === bytes.length ? term : -1
}

export function termBytesAt(segment: Segment, term: number): Uint8Array {
  return segment.termBytes.subarray(segment.termStarts[term]!, segment.termStarts[term + 1]!)
}

const columnNames = [
  'numbers',
  'years',
  'changedAt',
  'standings',
  'titles',
  'termBytes',
  'termStarts',
  'postingStarts',
  'docStarts',
  'positionStarts',
  'blockStarts',
  'blockLast',
  'blockDocs',
  'blockPositions',
  'docBytes',
  'impacts',
  'positionBytes',
  'profiles',
  'profileStarts',
  'profileValues',
  'rowStarts',
  'rowValues',
] as const satisfies (keyof Segment)[]

export type SegmentArray = Uint8Array | Uint32Array | Int32Array | Float64Array

/** All arrays of a segment by name, for snapshots and for counting memory. */
export function arraysOf(segment: Segment): [name: string, array: SegmentArray][] {
  return columnNames.map((name) => [name, segment[name]])
}
