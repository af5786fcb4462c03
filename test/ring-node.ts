/**
 * A node as a process of its own, with its site on loopback, that does what it is told until it is killed: data folder,
 * database, address. It is told by messages, and answers each with what came of it.
 */
import { randomBytes } from 'node:crypto'
import { openApp } from '#app'
import type { Actor } from '#kernel/context.ts'
import { journalAfter } from '#kernel/journal.ts'
import type { Perform } from '#kernel/operation.ts'
import { outbound, type Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { pullNode } from '#features/federation/nodes/pull.ts'
import { takeCopies } from '#features/federation/packs/take.ts'
import { federated } from '#features/federation/store.ts'
import { records } from '#records/store.ts'
import { buildSite } from '../src/server.ts'

const [dataDir = '', databaseAddress = '', address = ''] = process.argv.slice(2)

const cut = new Set<string>()
const loopback = outbound(undefined, () => false)
/** The line to a node that was cut off is dead. */
const fetch: Outbound = (url, limits, sent) =>
  loopback(cut.has(new URL(url).origin) ? 'http://127.0.0.1:9/' : url, limits, sent)

let stepsToLive = Infinity
/** Asked for each copy that is kept, in the middle of its transaction: a good place to die. */
const now = (): Date => {
  if (--stepsToLive === 0) process.kill(process.pid, 'SIGKILL')
  return new Date()
}

const app = await openApp({
  dataDir,
  databaseAddress,
  environment: { now, random: (size) => randomBytes(size), fetch },
  site: { name: new URL(address).port, address },
  privateNodes: true,
})
const report = (error: unknown, where: string) => console.error(where, error)
const web = buildSite(app, { publicUrl: address, siteName: 'Node', dataDir, version: 'test', report })
await web.fastify.listen({ port: Number(new URL(address).port), host: '127.0.0.1' })
await app.log.follow()

const nodeAt = async (wanted: string) =>
  (await federated(app.database.read).nodes()).find((node) => node.address === wanted)!

/** Every record of the journal as it is kept here, and how often each of its versions stands in the journal. */
async function held() {
  const lines = await journalAfter(app.database.read, 0, 10_000)
  const ids = [...new Set(lines.map(({ recordId }) => recordId))]
  const found = await records(app.database.read).findMany(ids)
  const copies = await federated(app.database.read).copies(ids)
  return ids.map((id) => {
    const { status, note, body, createdAt } = found.get(id)!
    const versions = lines.filter(({ recordId }) => recordId === id).map(({ revision }) => revision)
    return { id, status, note, body, createdAt, versions, chain: copies.get(id)?.chain ?? [] }
  })
}
export type Held = Awaited<ReturnType<typeof held>>

const acts = {
  held,
  ask: async ({ role, name, input }: { role: string; name: string; input: object }) => {
    const actor: Actor = { kind: 'person', id: role, roles: [role] }
    return app.perform(app.operation(name)!, actor, input)
  },
  pull: async ({ from }: { from: string }) => pullNode(app.running, (await nodeAt(from)).id),
  /** Dies while it keeps so many records after the first hundred of a pack. */
  fallWhilePulling: async ({ from, after }: { from: string; after: number }) => {
    let batches = 0
    const perform = ((op, ...given) => {
      if ((op as { name: string }).name === takeCopies.name && ++batches === 2) stepsToLive = after
      return app.perform(op, ...given)
    }) as Perform
    return pullNode({ ...app.running, perform }, (await nodeAt(from)).id)
  },
  rotateKey: () => app.log.rotateKey(),
  cut: async ({ from }: { from: string[] }) => {
    cut.clear()
    for (const one of from) cut.add(one)
  },
  end: async () => {
    await web.fastify.close()
    await app.close()
    setImmediate(() => process.disconnect())
  },
} satisfies Record<string, (input: never) => Promise<unknown>>
export type Acts = typeof acts

process.on('message', ({ number, act, input }: { number: number; act: keyof Acts; input: never }) => {
  void acts[act](input).then(
    (value: unknown) => process.send!({ number, value }),
    (error: unknown) => process.send!({ number, failed: error instanceof Problem ? error.code : String(error) }),
  )
})
process.send!({ number: 0 })
