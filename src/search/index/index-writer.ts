/** What the index holds and how it changes: documents arrive as segments, segments are merged, deleted ones are marked. */
import { buildSegment } from './builder.ts'
import type { SearchDocument } from '../contract.ts'
import { createDirectory, greatestNumber, partIdOf, place } from './directory.ts'
import { tableOf, type ValueTable } from './facets.ts'
import { mergeSegments } from './merge.ts'
import { pack, type Packed } from './packed.ts'
import { isDeleted, livingIn, partOf, withDeleted, type Part } from './part.ts'
import { nextMerge } from './tiers.ts'

export type IndexWriterOptions = {
  /** How many documents of one change are made into one segment. */
  segmentDocuments?: number
}

/** All there is to keep, so that the index can be had again. Nothing in it changes afterwards. */
export type HeldState = {
  seq: number
  parts: { packed: Packed; deleted: Uint8Array | null }[]
  values: [facet: string, value: string][]
}

export const emptyState: HeldState = { seq: 0, parts: [], values: [] }

export type Change = { put: SearchDocument[]; remove: number[] }

export type IndexWriter = {
  readonly seq: number
  /** A new list after each change; a part in it never changes. */
  readonly parts: Part[]
  readonly table: ValueTable
  /** How many bytes it takes to know where each record lies. */
  readonly directoryBytes: number
  apply: (change: Change, seq: number) => void
  /** Makes some parts into one, if it is time to, giving way after every step. Changes may come between steps. */
  merging: (choose?: (parts: Part[]) => Part[]) => Generator<void, boolean>
  state: () => HeldState
}

/** The documents to put: the last of each number, and none that is to be removed as well. */
function lastOfEach({ put, remove }: Change): SearchDocument[] {
  const removed = new Set(remove)
  const last = new Map(put.map((document) => [document.number, document]))
  for (const number of last.keys()) {
    if (!Number.isInteger(number) || number < 1 || number > greatestNumber) {
      throw new RangeError(`A record number is a whole number from 1 to ${greatestNumber}, not ${number}`)
    }
  }
  return [...last.values()].filter(({ number }) => !removed.has(number))
}

export function indexWriterOf(state: HeldState, { segmentDocuments = 5_000 }: IndexWriterOptions = {}): IndexWriter {
  let seq = state.seq
  let parts: Part[] = []
  let nextId = 1
  const directory = createDirectory()
  const table = tableOf(state.values)

  function add(packed: Packed, deleted: Uint8Array | null = null): void {
    const part = partOf(nextId++, packed, deleted)
    parts = [...parts, part]
    const { numbers } = part.segment
    for (let doc = 0; doc < numbers.length; doc++)
      if (!deleted || !isDeleted(deleted, doc)) place(directory, numbers[doc]!, part.id, doc)
  }

  /** A part that is being read stays as it is: another takes its place, with more of its documents marked as dead. */
  function forget(numbers: number[]): void {
    const dying = new Map<number, number[]>()
    for (const number of numbers) {
      const id = partIdOf(directory, number)
      if (id === 0) continue
      const docs = dying.get(id) ?? []
      dying.set(id, docs)
      docs.push(directory.docs[number]!)
      place(directory, number, 0, 0)
    }
    if (dying.size > 0)
      parts = parts.map((part) => (dying.has(part.id) ? withDeleted(part, dying.get(part.id)!) : part))
  }

  function apply(change: Change, to: number): void {
    // Everything that can fail comes before the first change.
    const documents = lastOfEach(change)
    const made: Packed[] = []
    for (let at = 0; at < documents.length; at += segmentDocuments)
      made.push(pack(buildSegment(documents.slice(at, at + segmentDocuments), table)))
    forget([...new Set([...change.remove, ...documents.map(({ number }) => number)])])
    for (const packed of made) add(packed)
    parts = parts.filter((part) => livingIn(part) > 0)
    seq = to
  }

  function* merging(choose = nextMerge): Generator<void, boolean> {
    const chosen = choose(parts)
    if (chosen.length === 0) return false
    const merged = pack(yield* mergeSegments(chosen))
    const ids = new Set(chosen.map(({ id }) => id))
    const now = new Map(parts.map((part) => [part.id, part]))
    const died = diedSince(chosen, now)
    parts = parts.filter(({ id }) => !ids.has(id))
    add(merged, died)
    parts = parts.filter((part) => livingIn(part) > 0)
    return true
  }

  for (const { packed, deleted } of state.parts) add(packed, deleted)

  return {
    get seq() {
      return seq
    },
    get parts() {
      return parts
    },
    table,
    get directoryBytes() {
      return directory.parts.byteLength + directory.docs.byteLength
    },
    apply,
    merging,
    state: () => ({
      seq,
      parts: parts.map(({ packed, deleted }) => ({ packed, deleted })),
      values: table.entries.slice(),
    }),
  }
}

/** Which documents of the merged part, made of these, have died while it was made. */
function diedSince(before: Part[], now: Map<number, Part>): Uint8Array | null {
  const living = before.reduce((sum, part) => sum + livingIn(part), 0)
  const died = new Uint8Array(new SharedArrayBuffer((living + 7) >>> 3))
  let doc = 0
  let count = 0
  for (const { id, segment, deleted } of before) {
    // A part all of whose documents have died is gone.
    const since = now.get(id)
    for (let old = 0; old < segment.documents; old++) {
      if (deleted && isDeleted(deleted, old)) continue
      if (!since || (since.deleted && isDeleted(since.deleted, old))) {
        died[doc >>> 3]! |= 1 << (doc & 7)
        count++
      }
      doc++
    }
  }
  return count > 0 ? died : null
}

/** Merges until there is nothing left to merge. */
export function tidy(indexWriter: IndexWriter): void {
  for (;;) {
    const steps = indexWriter.merging()
    let step = steps.next()
    while (!step.done) step = steps.next()
    if (!step.value) return
  }
}
