/** The thread that changes the index: it makes parts of documents, merges parts, and keeps snapshots. */
import { workerData } from 'node:worker_threads'
import {
  emptyState,
  indexWriterOf,
  type Change,
  type HeldState,
  type IndexWriter,
  type IndexWriterOptions,
} from '../index-writer.ts'
import { mergeAtRest } from '../tiers.ts'
import { readSnapshot, writeSnapshot } from '../snapshot.ts'
import { changeFor, toldNothing } from './shared-view.ts'
import { respondWith, tellParent } from './thread.ts'

const { options } = workerData as { options: IndexWriterOptions }
let indexWriter: IndexWriter = indexWriterOf(emptyState, options)
const told = toldNothing()
let merging: Generator<void, boolean> | null = null
let saving: Promise<void> = Promise.resolve()

function publish(): void {
  const { seq, parts, table, directoryBytes } = indexWriter
  tellParent(changeFor(told, { seq, parts, entries: table.entries, directoryBytes }))
}

/** After so long without a change, parts are made one that would else wait for others of their size. */
const restMs = 5_000
const atRest = setTimeout(() => {
  if (merging) atRest.refresh()
  else begin(indexWriter.merging(mergeAtRest))
}, restMs).unref()

function begin(next: Generator<void, boolean>): void {
  if (merging) return
  merging = next
  setImmediate(mergeOn)
}

/** One step of a merge at a time, so that changes need not wait for the whole of it. */
function mergeOn(): void {
  const { done, value: merged } = merging!.next()
  if (done) {
    merging = null
    if (!merged) return
    publish()
    merging = indexWriter.merging()
  }
  setImmediate(mergeOn)
}

/** Begins anew with what is given; nothing of it need be told where the asker has it already. */
function hold(state: HeldState): void {
  indexWriter = indexWriterOf(state, options)
  publish()
  atRest.refresh()
}

respondWith({
  hold,
  open: async (folder: string) => {
    const { state, damaged } = await readSnapshot(folder)
    if (state) hold(state)
    return { found: state !== null, damaged }
  },
  apply: (change: Change, seq: number) => {
    indexWriter.apply(change, seq)
    publish()
    begin(indexWriter.merging())
    atRest.refresh()
  },
  save: (folder: string) => {
    const kept = indexWriter.state()
    const saved = saving.then(() => writeSnapshot(folder, kept))
    saving = saved.catch(() => {})
    return saved
  },
})
