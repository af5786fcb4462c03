/** Following a node no more, for good: nothing more is taken of it, and what came from it stays or is withdrawn. */
import { Type } from 'typebox'
import type { Running } from '#kernel/feature.ts'
import { eachApart } from '#kernel/jobs/each-apart.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { records } from '#records/store.ts'
import { change } from '#records/write.ts'
import { byNodes, takerOf } from '../packs/take.ts'
import { federated } from '../store.ts'
import { isOperator, NodeId } from './operations.ts'

export const removals = ['keep', 'withdraw'] as const
const recordsAtOnce = 250

/**
 * The other node is told nothing: it answers who asks, and keeps no list of them. What stays of it here is its name and
 * address, as records say where they came from; and its public keys, while records that they sign are here.
 */
export const removeNode = operation({
  name: 'nodes.remove',
  summary:
    'Stop following a node for good: nothing more is taken of it, and its records stay as they are or are withdrawn',
  http: 'POST /nodes/:id/removal',
  changesPages: true,
  input: Type.Object(
    {
      id: NodeId,
      records: Type.Enum([...removals], {
        description: 'What becomes of the records that began there; those that people here changed stay',
      }),
    },
    closed,
  ),
  output: Type.Object({ state: Type.Literal('removed'), withdraws: Type.Boolean() }),
  allow: isOperator,
  run: async (context, { id, records: chosen }) => {
    const store = federated(context.db)
    const node = await store.node(id)
    if (!node) throw noSuch('node', id)
    const isAnyHere = (await store.copiesOf(id, { after: '', limit: 1 })).length > 0
    const withdraws = chosen === 'withdraw' && isAnyHere
    await store.putNode({
      ...node,
      state: 'removed',
      withdraws,
      keys: isAnyHere ? node.keys : [],
      kinds: null,
      reviews: 'shown',
      place: 0,
      lastRun: null,
      lastRunAt: null,
    })
    await store.dropRefusedOf(id)
    await noteEvent(context, 'node.removed', '', node.address)
    return { state: 'removed' as const, withdraws }
  },
})

/** The next records of a node that is left; a process that falls in between has done them whole or not at all. */
export const withdrawSome = operation({
  name: 'nodes.withdrawSome',
  summary: 'Withdraw the next records of a node that is followed no more',
  http: 'POST /nodes/:id/withdrawals',
  isForPages: true,
  changesPages: true,
  input: Type.Object({ id: NodeId, after: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({ next: Type.Union([Type.String(), Type.Null()]) }),
  allow: (actor) => actor.kind === 'system',
  run: async (context, { id, after }) => {
    const store = federated(context.db)
    const node = await store.node(id)
    // It is followed again.
    if (!node?.withdraws) return { next: null }
    const ids = await store.copiesOf(id, { after, limit: recordsAtOnce })
    const held = await records(context.db).findMany(ids)
    const gone: string[] = []
    for (const before of held.values()) {
      const kind = context.services.kinds.get(before.kind)
      // A later version is somebody’s work here.
      if (!kind || !before.changedBy.startsWith(byNodes)) continue
      // In no language, as a record is read in each.
      const note = node.address
      if (before.status === 'published')
        await change({ ...context, actor: takerOf(id) }, kind, before, 'withdraw', { status: 'withdrawn', note })
      gone.push(before.id)
    }
    await store.takeBack(gone)
    const next = ids.length < recordsAtOnce ? null : ids.at(-1)!
    if (next === null) {
      const isAnyLeft = (await store.copiesOf(id, { after: '', limit: 1 })).length > 0
      await store.putNode({ ...node, withdraws: false, keys: isAnyLeft ? node.keys : [] })
    }
    return { next }
  },
})

type Withdrawing = Pick<Running, 'database' | 'perform'>

/** All records of a node that is left, some at a time, so that others write in between. */
export async function withdrawAllOf({ perform }: Pick<Withdrawing, 'perform'>, id: string): Promise<void> {
  for (let after: string | null = ''; after !== null;)
    ({ next: after } = await perform(withdrawSome, takerOf(id), { id, after }))
}

/** What a process left behind that fell, and what was asked for by the API. */
export async function withdrawLeft(app: Withdrawing): Promise<void> {
  const leaving = (await federated(app.database.read).nodes()).filter(({ withdraws }) => withdraws)
  await eachApart(leaving, ({ id }) => withdrawAllOf(app, id))
}
