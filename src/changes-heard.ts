/** Whoever keeps what pages show hears when it is no longer true, changed by this process or by another. */
import type { Kysely } from 'kysely'
import { pagesHead } from '#kernel/journal.ts'

/** `place` is that of search in the journal: what was published up to there is visible. */
export function changesHeard(db: Kysely<unknown>, place: () => number) {
  let listener = (_seq: number) => {}
  let pagesSeen: number | undefined
  const changed = (): void => listener(place())
  return {
    listen: (next: (seq: number) => void): void => {
      listener = next
    },
    heard: (seq: number): void => listener(seq),
    changed,
    /** Whoever changed what pages show beside the records, here or in another process: what was kept is forgotten. */
    lookAtPages: async (): Promise<void> => {
      const pages = await pagesHead(db)
      if (pages === pagesSeen) return
      pagesSeen = pages
      changed()
    },
    end: (): void => {
      listener = () => {}
    },
  }
}
