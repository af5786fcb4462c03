/** How much room the index takes, and what takes it. */
import type { SearchMemory } from '../contract.ts'
import { livingIn, type Part } from './part.ts'
import { arraysOf } from './segment.ts'

const pieceOf: Record<string, keyof SearchMemory['pieces']> = {
  termBytes: 'dictionary',
  termStarts: 'dictionary',
  postingStarts: 'dictionary',
  docStarts: 'dictionary',
  positionStarts: 'dictionary',
  blockStarts: 'dictionary',
  positionBytes: 'positions',
  blockPositions: 'positions',
  profiles: 'facets',
  profileStarts: 'facets',
  profileValues: 'facets',
  rowStarts: 'facets',
  rowValues: 'facets',
  titles: 'titles',
  numbers: 'documents',
  years: 'documents',
  changedAt: 'documents',
  standings: 'documents',
}

export function memoryOf(
  parts: readonly Part[],
  directoryBytes: number,
  { threads, damaged }: Pick<SearchMemory, 'threads' | 'damaged'>,
): SearchMemory {
  const pieces = { postings: 0, positions: 0, dictionary: 0, facets: 0, titles: 0, documents: directoryBytes }
  for (const { segment, deleted } of parts) {
    for (const [name, array] of arraysOf(segment)) pieces[pieceOf[name] ?? 'postings'] += array.byteLength
    pieces.documents += deleted?.byteLength ?? 0
  }
  return {
    documents: parts.reduce((sum, part) => sum + livingIn(part), 0),
    segments: parts.length,
    bytes: Object.values(pieces).reduce((sum, bytes) => sum + bytes, 0),
    pieces,
    threads,
    damaged,
  }
}
