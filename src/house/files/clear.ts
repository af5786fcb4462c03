/** Files that nothing needs any more are cleared after some days. */
import type { Kysely } from 'kysely'
import type { Services, World } from '#core/context.ts'
import type { Database } from '#core/database/database.ts'
import { usersOfFiles } from './in-use.ts'
import { attachedFiles } from './store.ts'

const dayMs = 24 * 60 * 60_000
const daysUnnamed = 7

/** Answers how many files went. */
export async function clearFiles(house: { database: Database; services: Services; world: World }): Promise<number> {
  const { database, services, world } = house
  const { files } = services
  const users = usersOfFiles(house)
  for (const { tidy } of users) await tidy?.(database, world)
  const isInUse = async (db: Kysely<unknown>, file: string) => {
    if (await attachedFiles(db).isOfRecord(file)) return true
    for (const user of users) if (await user.isInUse(db, file, world)) return true
    return false
  }
  const before = new Date(world.now().getTime() - daysUnnamed * dayMs)
  let cleared = 0
  for await (const { sha256, since } of files.all()) {
    if (since > before) continue
    // In the transaction of those who write: what is named from now on is seen, or waits and is brought again.
    const isForgotten = await database.write(async (tx) => {
      if (await isInUse(tx, sha256)) return false
      await attachedFiles(tx).forget(sha256)
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
