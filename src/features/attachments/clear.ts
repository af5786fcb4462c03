/** Files that nothing needs any more are cleared after some days. */
import type { Context, Services, Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import type { PersonNamed } from '#kernel/personal-data.ts'
import { usersOfFiles } from './in-use.ts'
import { attachedFiles } from './store.ts'

const dayMs = 24 * 60 * 60_000
const daysUnnamed = 7

/** Answers how many files went. */
export async function clearFiles(app: {
  database: Database
  services: Services
  environment: Environment
}): Promise<number> {
  const { database, services, environment } = app
  const { files } = services
  for (const { tidy } of usersOfFiles(app)) await tidy?.(database, environment)
  const before = new Date(environment.now().getTime() - daysUnnamed * dayMs)
  let cleared = 0
  for await (const { sha256, since } of files.all()) {
    if (since > before) continue
    // In the transaction of those who write: what is named from now on is seen, or waits and is brought again.
    const isForgotten = await database.write(async (tx) => {
      if (await isInUse({ ...environment, db: tx, services }, sha256)) return false
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

async function isInUse(app: Pick<Context, 'db' | 'services' | 'now'>, file: string): Promise<boolean> {
  if (await attachedFiles(app.db).isOfRecord(file)) return true
  for (const user of usersOfFiles(app)) if (await user.isInUse(app.db, file, app)) return true
  return false
}

/** Files that nobody else brought and nothing published names go with whom they belonged to; what they were called, too. */
export async function leaveFiles(context: Context, { id }: PersonNamed): Promise<void> {
  const store = attachedFiles(context.db)
  for (const file of await store.broughtBy(id)) {
    await store.removeOwner(file, id)
    await clearUnneeded(context, file)
  }
}

/** At once, where nobody brought it any more and nothing needs it. */
export async function clearUnneeded(context: Context, file: string): Promise<void> {
  const store = attachedFiles(context.db)
  if ((await store.owners(file)).length > 0 || (await isInUse(context, file))) return
  await store.forget(file)
  // Before the transaction ends: were it to fail, a file would be missing that its owner wanted gone.
  await context.services.files.remove(file)
}
