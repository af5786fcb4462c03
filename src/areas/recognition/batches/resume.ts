/** Batches go on by themselves until they are done, and after a fall where they had stopped. */
import type { Kysely } from 'kysely'
import type { Actor, Environment } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import { eachApart } from '#kernel/jobs/each-apart.ts'
import { Problem } from '#kernel/problem.ts'
import { people } from '#accounts/store.ts'
import { advanceBatch, stopBatch, type Batch } from './batch.ts'
import { batches } from './store.ts'

export const system: Actor = { kind: 'system', id: 'credential-batches' }

/** Issues what is left. Who may issue no more, or an achievement that is gone, stops it. */
export async function resumeBatch(
  perform: Perform,
  actor: Actor,
  id: string,
  tell?: (batch: Batch) => void,
): Promise<Batch> {
  for (;;) {
    try {
      const batch = await perform(advanceBatch, actor, { id })
      tell?.(batch)
      if (batch.state !== 'running') return batch
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      return perform(stopBatch, system, { id })
    }
  }
}

const silentMs = 60_000

/**
 * What has stood still for a minute was left by a process that fell. One that fails keeps no other from going on.
 * @throws the first failure, once all were tried
 */
export async function resumeAllBatches(
  perform: Perform,
  db: Kysely<unknown>,
  { now }: Pick<Environment, 'now'>,
): Promise<void> {
  const since = new Date(now().getTime() - silentMs).toISOString()
  await eachApart(await batches(db).running(since), async ({ id, createdBy }) => {
    const account = createdBy ? await people(db).byId(createdBy) : undefined
    if (createdBy && account?.state !== 'active') await perform(stopBatch, system, { id })
    else await resumeBatch(perform, account ? { kind: 'person', id: account.id, roles: account.roles } : system, id)
  })
}
