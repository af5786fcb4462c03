/** Pages that list what people add are linked from every footer once they list something. */
import type { Kysely } from 'kysely'
import type { Feature } from '#kernel/feature.ts'

type Options = {
  features: readonly Feature[]
  db: Kysely<unknown>
  /** Told when a page lists its first thing, or nothing any more. */
  changed: () => void
  failed: (error: unknown) => void
}

/** `look` asks the features again; while it asks, further calls wait for one more look. */
export function filledListings({ features, db, changed, failed }: Options) {
  const pages = features.flatMap(({ listings = {} }) => Object.entries(listings))
  const listed = new Set(pages.map(([page]) => page))
  let filled: ReadonlySet<string> = new Set()
  let last = Promise.resolve()
  let isLooking = false
  let isWanted = false

  async function ask(): Promise<void> {
    try {
      while (isWanted) {
        isWanted = false
        const found = new Set<string>()
        for (const [page, holdsAny] of pages) if (await holdsAny(db)) found.add(page)
        const isSame = found.symmetricDifference(filled).size === 0
        filled = found
        if (!isSame) changed()
      }
    } catch (error) {
      failed(error)
    } finally {
      isLooking = false
    }
  }

  function look(): void {
    isWanted = true
    if (isLooking) return
    isLooking = true
    last = ask()
  }

  /** Whether it is worth going there: what is no list of what people add always is. */
  const isFilled = (page: string): boolean => !listed.has(page) || filled.has(page)
  return { look, isFilled, settled: () => last }
}
