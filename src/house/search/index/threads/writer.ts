/** The thread that changes the index: it makes parts of documents, merges parts, and keeps snapshots. */
import { workerData } from 'node:worker_threads'
import {
  emptyState,
  holdingsOf,
  type Change,
  type HeldState,
  type Holdings,
  type HoldingsOptions,
} from '../holdings.ts'
import { readSnapshot, writeSnapshot } from '../snapshot.ts'
import { changeFor, toldNothing } from './shared-view.ts'
import { answerWith, tellParent } from './thread.ts'

const { options } = workerData as { options: HoldingsOptions }
let holdings: Holdings = holdingsOf(emptyState, options)
const told = toldNothing()
let merging: Generator<void, boolean> | null = null
let saving: Promise<void> = Promise.resolve()

function publish(): void {
  const { seq, parts, table, directoryBytes } = holdings
  tellParent(changeFor(told, { seq, parts, entries: table.entries, directoryBytes }))
}

/** One step of a merge at a time, so that changes need not wait for the whole of it. */
function mergeOn(): void {
  const { done, value: merged } = merging!.next()
  if (done) {
    merging = null
    if (!merged) return
    publish()
    merging = holdings.merging()
  }
  setImmediate(mergeOn)
}

/** Begins anew with what is given; nothing of it need be told where the asker has it already. */
function hold(state: HeldState): void {
  holdings = holdingsOf(state, options)
  publish()
}

answerWith({
  hold,
  open: async (folder: string) => {
    const { state, damaged } = await readSnapshot(folder)
    if (state) hold(state)
    return { found: state !== null, damaged }
  },
  apply: (change: Change, seq: number) => {
    holdings.apply(change, seq)
    publish()
    if (merging) return
    merging = holdings.merging()
    setImmediate(mergeOn)
  },
  save: (folder: string) => {
    const kept = holdings.state()
    const saved = saving.then(() => writeSnapshot(folder, kept))
    saving = saved.catch(() => {})
    return saved
  },
})
