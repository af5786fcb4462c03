/** The search index of a node: opened from its last snapshot, saved, and begun anew. */
import type { Kysely } from 'kysely'
import { journalHead } from '#kernel/journal.ts'
import type { SearchIndex } from './contract.ts'
import { createSearchIndex, openSearchIndex } from './index/index.ts'
import { checkSnapshots } from './index/snapshot.ts'
import { createThreadedIndex } from './index/threads/index.ts'

type Indexes = ReturnType<typeof indexesIn>
type Progress = { done: number; of: number }
export type KeptIndex = Awaited<ReturnType<typeof keptIndex>>

/**
 * Indexes in so many threads that answer, or in this one where there are none. `report` hears of threads that fell. The
 * first threads begin to load at once, `early`, so that they load while a database is opened.
 */
export function indexesIn(threads: number, report: (error: Error) => void) {
  const threaded = () => createThreadedIndex({ readers: threads, report })
  return {
    early: threads ? threaded() : null,
    empty: (): SearchIndex => (threads ? threaded() : createSearchIndex()),
  }
}

/** The index that is kept in `folder`; an empty one where there is none that can be read. */
export async function keptIndex({ early, empty }: Indexes, db: Kysely<unknown>, folder: string) {
  let index = await open()
  // Parts are made one while nothing changes: that is kept too, so that it need not be done again after each start.
  const state = () => `${index.seq} ${index.memory().segments}`
  let saved = state()
  let rebuilding = await rebuildingFrom(index.seq)

  async function open(): Promise<SearchIndex> {
    const found = early ?? (await openSearchIndex(folder))
    await early?.open(folder)
    // A snapshot ahead of the journal belongs to a database that was since put back from a backup.
    if (found && found.seq <= (await journalHead(db))) return found
    await found?.close()
    return empty()
  }

  /** An index that begins anew though there is much to find: what it finds meanwhile is not all. */
  async function rebuildingFrom(done: number): Promise<Progress | null> {
    const of = await journalHead(db)
    return done === 0 && of > 0 ? { done, of } : null
  }

  // The index can be begun anew, so services hold the node's, whichever it is.
  const current: SearchIndex = {
    get seq() {
      return index.seq
    },
    apply: (...given) => index.apply(...given),
    search: (request) => index.search(request),
    complete: (...given) => index.complete(...given),
    explain: (...given) => index.explain(...given),
    similar: (...given) => index.similar(...given),
    save: (to) => index.save(to),
    memory: () => ({ ...index.memory(), ...(rebuilding && { rebuilding }) }),
    close: () => index.close(),
  }
  return {
    index: current,
    /** How far it has come, where it began anew. */
    progressed: (progress: Progress): void => {
      if (rebuilding) rebuilding = progress
    },
    complete: (): void => {
      rebuilding = null
    },
    /** Writes a snapshot where something changed since the last. */
    save: async (): Promise<void> => {
      const now = state()
      if (saved === now) return
      await index.save(folder)
      saved = now
    },
    beginAnew: async (): Promise<void> => {
      const old = index
      index = empty()
      rebuilding = await rebuildingFrom(0)
      await old.close()
      saved = ''
    },
    /** Reads and checks the snapshots as they lie in the data folder. */
    check: () => checkSnapshots(folder),
  }
}
