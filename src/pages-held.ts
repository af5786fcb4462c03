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
export function pagesHeld({ features, db, changed, failed }: Options) {
  const pages = features.flatMap(({ listings = {} }) => Object.entries(listings))
  const lists = new Set(pages.map(([page]) => page))
  let held: ReadonlySet<string> = new Set()
  let looking: Promise<void> | undefined
  let isWanted = false

  async function ask(): Promise<void> {
    while (isWanted) {
      isWanted = false
      const found = new Set<string>()
      for (const [page, holdsAny] of pages) if (await holdsAny(db)) found.add(page)
      const isSame = found.symmetricDifference(held).size === 0
      held = found
      if (!isSame) changed()
    }
  }

  function look(): void {
    isWanted = true
    looking ??= ask()
      .catch(failed)
      .finally(() => (looking = undefined))
  }

  /** Whether it is worth going there: what is no list of what people add always is. */
  const isHeld = (page: string): boolean => !lists.has(page) || held.has(page)
  return { look, isHeld, settled: async () => looking }
}
