/** Imports go on by themselves until they are done, and after a fall where they had stopped. */
import type { Kysely } from 'kysely'
import type { Actor, Environment } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import { people } from '#accounts/store.ts'
import { advanceSpreadsheetImport } from './import.ts'
import { sheets } from './store.ts'

/** Does the rest of an import, or of its undoing, as the one who began it. */
export async function resumeImport(perform: Perform, actor: Actor, id: string): Promise<void> {
  for (;;) {
    const { state } = await perform(advanceSpreadsheetImport, actor, { id })
    if (state !== 'running' && state !== 'undoing') return
  }
}

const silentMs = 60_000

/** What has stood still for a minute was left by a process that fell. */
export async function resumeAllImports(
  perform: Perform,
  db: Kysely<unknown>,
  { now }: Pick<Environment, 'now'>,
): Promise<number> {
  const since = new Date(now().getTime() - silentMs).toISOString()
  const left = await sheets(db).inStates(['running', 'undoing'], since)
  const failures: unknown[] = []
  for (const { id, ownerId } of left) {
    const account = await people(db).byId(ownerId)
    if (account?.state !== 'active') continue
    // A failing import is reported and does not hold up the others.
    const actor: Actor = { kind: 'person', id: ownerId, roles: account.roles }
    await resumeImport(perform, actor, id).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
  return left.length
}
