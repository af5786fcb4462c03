/** The index of the house, in this thread: what is put into it is found by the next search. */
import type { SearchIndex } from '../contract.ts'
import { emptyState, holdingsOf, tidy, type HeldState, type HoldingsOptions } from './holdings.ts'
import { memoryOf } from './memory.ts'
import { readingOf, type View } from './reading.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'

export function createSearchIndex(options: HoldingsOptions = {}): SearchIndex {
  return indexOf(emptyState, options)
}

/** The index kept in a folder, or null if there is none that can be read: then begin with an empty one. */
export async function openSearchIndex(folder: string, options: HoldingsOptions = {}): Promise<SearchIndex | null> {
  const { state, damaged } = await readSnapshot(folder)
  return state ? indexOf(state, options, damaged) : null
}

function indexOf(state: HeldState, options: HoldingsOptions, damaged: string[] = []): SearchIndex {
  const holdings = holdingsOf(state, options)
  const view: View = { version: 0, parts: holdings.parts, table: holdings.table }
  const reading = readingOf(view)
  let saving: Promise<void> = Promise.resolve()

  return {
    get seq() {
      return holdings.seq
    },
    async apply(change, seq) {
      holdings.apply(change, seq)
      tidy(holdings)
      view.parts = holdings.parts
      view.version++
    },
    search: async (request) => reading.search(request),
    complete: async (...given) => reading.complete(...given),
    explain: async (...given) => reading.explain(...given),
    similar: async (...given) => reading.similar(...given),
    save(folder) {
      const kept = holdings.state()
      const saved = saving.then(() => writeSnapshot(folder, kept))
      saving = saved.catch(() => {})
      return saved
    },
    memory: () => memoryOf(holdings.parts, holdings.directoryBytes, { threads: 0, damaged }),
    async close() {
      await saving
      view.parts = []
    },
  }
}
