/** Files that nothing names any more, and tables that were brought long ago, are cleared after some days. */
import type { World } from '#core/context.ts'
import type { Database } from '#core/database/database.ts'
import type { FileStore } from '#core/files.ts'
import { sheets } from '../sheets/store.ts'
import { attachedFiles } from './store.ts'

const dayMs = 24 * 60 * 60_000
const daysUnnamed = 7
const daysOfTables = 30

/** Answers how many files went. */
export async function clearFiles(database: Database, files: FileStore, { now }: Pick<World, 'now'>): Promise<number> {
  const before = (days: number) => new Date(now().getTime() - days * dayMs)
  const stale = await sheets(database.read).inStates(['mapping'], before(daysOfTables).toISOString())
  if (stale.length > 0) await database.write((tx) => sheets(tx).remove(stale.map(({ id }) => id)))
  const inUse = new Set(await sheets(database.read).filesSince(before(daysOfTables).toISOString()))
  let cleared = 0
  for await (const { sha256, since } of files.all()) {
    if (since > before(daysUnnamed) || inUse.has(sha256)) continue
    // In the transaction of those who write: what is named from now on is seen, or waits and is brought again.
    const isForgotten = await database.write(async (tx) => {
      const store = attachedFiles(tx)
      if (await store.isNamed(sha256)) return false
      await store.forget(sha256)
      return true
    })
    if (!isForgotten) continue
    // Only what is forgotten for good goes, unless somebody brought it again in this moment.
    await database.write(async (tx) => {
      if ((await attachedFiles(tx).known([sha256])).size === 0) await files.remove(sha256)
    })
    cleared++
  }
  return cleared
}
