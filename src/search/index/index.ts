/** The index of the node, in this thread: what is put into it is found by the next search. */
import type { SearchIndex } from '../contract.ts'
import { emptyState, indexWriterOf, tidy, type HeldState, type IndexWriterOptions } from './index-writer.ts'
import { memoryOf } from './memory.ts'
import { readingOf, type View } from './index-reader.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'

export function createSearchIndex(options: IndexWriterOptions = {}): SearchIndex {
  return indexOf(emptyState, options)
}

/** The index kept in a folder, or null if there is none that can be read: then begin with an empty one. */
export async function openSearchIndex(folder: string, options: IndexWriterOptions = {}): Promise<SearchIndex | null> {
  const { state, damaged } = await readSnapshot(folder)
  return state ? indexOf(state, options, damaged) : null
}

function indexOf(state: HeldState, options: IndexWriterOptions, damaged: string[] = []): SearchIndex {
  const indexWriter = indexWriterOf(state, options)
  const view: View = { version: 0, parts: indexWriter.parts, table: indexWriter.table }
  const reading = readingOf(view)
  let saving: Promise<void> = Promise.resolve()

  return {
    get seq() {
      return indexWriter.seq
    },
    async apply(change, seq) {
      indexWriter.apply(change, seq)
      tidy(indexWriter)
      view.parts = indexWriter.parts
      view.version++
    },
    search: async (request) => reading.search(request),
    complete: async (...given) => reading.complete(...given),
    explain: async (...given) => reading.explain(...given),
    similar: async (...given) => reading.similar(...given),
    save(folder) {
      const kept = indexWriter.state()
      const saved = saving.then(() => writeSnapshot(folder, kept))
      saving = saved.catch(() => {})
      return saved
    },
    memory: () => memoryOf(indexWriter.parts, indexWriter.directoryBytes, { threads: 0, damaged }),
    async close() {
      await saving
      view.parts = []
    },
  }
}
