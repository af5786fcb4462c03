/** Imports go on by themselves until they are done, and after a fall where they had stopped. */
import type { Kysely } from 'kysely'
import type { Actor, World } from '#core/context.ts'
import type { Perform } from '#core/operation.ts'
import { people } from '../people/store.ts'
import { advanceSheet } from './import.ts'
import { sheets } from './store.ts'

/** Does the rest of an import, or of its undoing, as the one who began it. */
export async function carryOn(perform: Perform, actor: Actor, id: string): Promise<void> {
  for (;;) {
    const { state } = await perform(advanceSheet, actor, { id })
    if (state !== 'running' && state !== 'undoing') return
  }
}

const silentMs = 60_000

/** What has stood still for a minute was left by a process that fell. */
export async function carryOnAll(perform: Perform, db: Kysely<unknown>, { now }: Pick<World, 'now'>): Promise<number> {
  const since = new Date(now().getTime() - silentMs).toISOString()
  const left = await sheets(db).inStates(['running', 'undoing'], since)
  const failures: unknown[] = []
  for (const { id, ownerId } of left) {
    const account = await people(db).byId(ownerId)
    if (account?.state !== 'active') continue
    // One that cannot go on is told of, and does not hold up the others.
    const actor: Actor = { kind: 'person', id: ownerId, roles: account.roles }
    await carryOn(perform, actor, id).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
  return left.length
}
