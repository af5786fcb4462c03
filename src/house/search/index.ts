/** The index of the house: what is put into it is found by the next search. */
import { buildSegment } from './builder.ts'
import { completeIn } from './complete.ts'
import type { SearchAnswer, SearchDocument, SearchIndex, SearchRequest } from './contract.ts'
import { createDirectory, greatestNumber, partIdOf, place } from './directory.ts'
import { explainIn } from './explain.ts'
import { tableOf } from './facets.ts'
import { mergeSegments } from './merge.ts'
import { bytesIn, deleteFrom, isDeleted, livingIn, partOf, type Part } from './part.ts'
import { searchParts } from './search.ts'
import { similarIn } from './similar.ts'
import type { Segment } from './segment.ts'
import { readSnapshot, writeSnapshot, type SnapshotState } from './snapshot.ts'
import { nextMerge } from './tiers.ts'

export type SearchIndexOptions = {
  /** How many documents of one change are made into one segment. */
  segmentDocuments?: number
}

const empty: SnapshotState = { seq: 0, parts: [], values: [] }

export function createSearchIndex(options: SearchIndexOptions = {}): SearchIndex {
  return indexOf(empty, options)
}

/** The index kept in a folder, or null if there is none that can be read: then begin with an empty one. */
export async function openSearchIndex(folder: string, options: SearchIndexOptions = {}): Promise<SearchIndex | null> {
  const state = await readSnapshot(folder)
  return state ? indexOf(state, options) : null
}

const mostOpenings = 32

/** The page that everyone sees first asks for nothing in particular: its answer holds until the next change. */
function openingKey({ query, filters, without, yearFrom, yearTo, after, ...rest }: SearchRequest): string | null {
  const asks = query.required.length + query.excluded.length + Object.keys({ ...filters, ...without }).length > 0
  if (asks || yearFrom !== undefined || yearTo !== undefined || after !== undefined) return null
  const { sort, limit, facets, facetLimit } = rest
  return JSON.stringify([sort, limit, facets, facetLimit])
}

/** The documents to put: the last of each number, and none that is to be removed as well. */
function lastOfEach(put: SearchDocument[], remove: number[]): SearchDocument[] {
  const removed = new Set(remove)
  const last = new Map(put.map((document) => [document.number, document]))
  for (const number of last.keys()) {
    if (!Number.isInteger(number) || number < 1 || number > greatestNumber) {
      throw new RangeError(`A record number is a whole number from 1 to ${greatestNumber}, not ${number}`)
    }
  }
  return [...last.values()].filter(({ number }) => !removed.has(number))
}

function indexOf(state: SnapshotState, { segmentDocuments = 5_000 }: SearchIndexOptions): SearchIndex {
  let seq = state.seq
  let parts: Part[] = []
  let nextId = 1
  let saving: Promise<void> = Promise.resolve()
  const openings = new Map<string, SearchAnswer>()
  const directory = createDirectory()
  const table = tableOf(state.values)

  function add(segment: Segment, deleted: Uint8Array | null = null): void {
    const part = partOf(nextId++, segment, deleted)
    parts = [...parts, part]
    for (let doc = 0; doc < segment.documents; doc++) {
      if (!deleted || !isDeleted(deleted, doc)) place(directory, segment.numbers[doc]!, part.id, doc)
    }
  }

  function forget(number: number): void {
    const id = partIdOf(directory, number)
    if (id === 0) return
    deleteFrom(
      parts.find((part) => part.id === id)!,
      directory.docs[number]!,
    )
    place(directory, number, 0, 0)
  }

  function tidy(): void {
    parts = parts.filter((part) => livingIn(part) > 0)
    for (let chosen = nextMerge(parts); chosen.length > 0; chosen = nextMerge(parts)) {
      const merged = mergeSegments(chosen)
      parts = parts.filter((part) => !chosen.includes(part))
      add(merged)
    }
  }

  async function apply(change: { put: SearchDocument[]; remove: number[] }, to: number): Promise<void> {
    const documents = lastOfEach(change.put, change.remove)
    openings.clear()
    // Everything that can fail comes before the first change.
    const segments: Segment[] = []
    for (let at = 0; at < documents.length; at += segmentDocuments) {
      segments.push(buildSegment(documents.slice(at, at + segmentDocuments), table))
    }
    for (const number of change.remove) forget(number)
    for (const { number } of documents) forget(number)
    for (const segment of segments) add(segment)
    tidy()
    seq = to
  }

  async function search(request: SearchRequest): Promise<SearchAnswer> {
    const opening = openingKey(request)
    const known = opening === null ? undefined : openings.get(opening)
    if (known) return structuredClone(known)
    const answer = searchParts(parts, table, request)
    if (opening !== null && openings.size < mostOpenings) openings.set(opening, structuredClone(answer))
    return answer
  }

  async function save(folder: string): Promise<void> {
    // Segments never change; the rest is copied now, so that changes may come while the files are written.
    const kept: SnapshotState = {
      seq,
      parts: parts.map(({ segment, deleted }) => ({ segment, deleted: deleted ? deleted.slice() : null })),
      values: table.entries.slice(),
    }
    const saved = saving.then(() => writeSnapshot(folder, kept))
    saving = saved.catch(() => {})
    return saved
  }

  for (const { segment, deleted } of state.parts) add(segment, deleted)

  return {
    get seq() {
      return seq
    },
    apply,
    search,
    explain: async (request, number) => explainIn(parts, request, number),
    similar: async (...given) => similarIn(parts, table, ...given),
    complete: async (prefix, limit) => completeIn(parts, prefix, limit),
    save,
    memory: () => ({
      documents: parts.reduce((sum, part) => sum + livingIn(part), 0),
      segments: parts.length,
      bytes: parts.reduce((sum, part) => sum + bytesIn(part), directory.parts.byteLength + directory.docs.byteLength),
    }),
    async close() {
      await saving
      openings.clear()
      parts = []
    },
  }
}
