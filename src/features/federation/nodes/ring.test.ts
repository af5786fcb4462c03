/**
 * Three nodes as processes follow one another in a ring, and all goes wrong that can: a line that is cut, a node that is
 * started anew, one that is killed while it reads, changes at both ends, withdrawals, new keys. Afterwards all three
 * agree, and nothing is doubled or lost. What databases have to do with it is tested beside, so this runs on one engine.
 */
import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Acts, Held } from '../../../../test/ring-node.ts'
import { freshFolder } from '../../../../test/temporary.ts'

const program = fileURLToPath(new URL('../../../../test/ring-node.ts', import.meta.url))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

class NodeProcess {
  readonly folder = freshFolder()
  readonly address: string
  private child: ChildProcess | undefined
  private waiting = new Map<number, { resolve: (value: any) => void; reject: (error: Error) => void }>()
  private number = 0

  constructor(port: number) {
    this.address = `http://127.0.0.1:${port}`
  }

  async start(): Promise<void> {
    const child = fork(program, [this.folder, join(this.folder, 'qingdao.sqlite'), this.address])
    this.child = child
    child.on('message', ({ number, value, failed }: { number: number; value?: unknown; failed?: string }) => {
      const one = this.waiting.get(number)
      this.waiting.delete(number)
      if (failed === undefined) one?.resolve(value)
      else one?.reject(new Error(failed))
    })
    child.on('exit', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the process is gone'))
      this.waiting.clear()
    })
    await new Promise((resolve, reject) => this.waiting.set(0, { resolve, reject }))
  }

  tell<Act extends keyof Acts>(act: Act, input: object = {}): Promise<Awaited<ReturnType<Acts[Act]>>> {
    const number = ++this.number
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject })
      this.child!.send({ number, act, input })
    })
  }
  as(role: string) {
    return (name: string, input: object = {}) => this.tell('ask', { role, name, input }) as Promise<any>
  }

  async end(): Promise<void> {
    const gone = once(this.child!, 'exit')
    await this.tell('end')
    await gone
  }
  kill(): void {
    this.child?.kill('SIGKILL')
  }
  get gone(): Promise<unknown[]> {
    return once(this.child!, 'exit')
  }
}

const nodes = [new NodeProcess(await freePort()), new NodeProcess(await freePort()), new NodeProcess(await freePort())]
const [kenya, senegal, china] = nodes as [NodeProcess, NodeProcess, NodeProcess]
after(() => {
  for (const node of nodes) node.kill()
})
await Promise.all(nodes.map((node) => node.start()))
const ring = [
  [kenya, china],
  [senegal, kenya],
  [china, senegal],
] as const

const bodyOf = (title: string) => ({ title: { en: title }, originalLanguage: 'en', type: 'practice' })
const share = async (node: NodeProcess, title: string): Promise<string> =>
  (await node.as('curator')('practices.share', bodyOf(title))).id
const heldBy = async (node: NodeProcess, id: string) => (await node.tell('held')).find((one) => one.id === id)
const revise = async (node: NodeProcess, id: string, title: string): Promise<void> => {
  const revision = Math.max(...(await heldBy(node, id))!.versions)
  await node.as('curator')('practices.revise', { id, revision, body: bodyOf(title) })
}
const titleAt = async (node: NodeProcess, id: string) => (await heldBy(node, id))?.body.title.en

/** Until a whole round brings nothing new. */
async function settle(): Promise<number> {
  for (let round = 1; round < 10; round++) {
    let news = 0
    for (const [node, from] of ring) {
      const { added, changed, withdrawn, failed } = await node.tell('pull', { from: from.address })
      assert.equal(failed, undefined)
      news += added + changed + withdrawn
    }
    if (news === 0) return round
  }
  return assert.fail('the ring does not settle')
}

/** What is the same everywhere; which versions a record had here is not, where it was changed here. */
const shown = (held: Held) =>
  held
    .map(({ id, status, note, body, createdAt }) => ({
      id,
      status,
      note,
      createdAt,
      body: status === 'published' && body,
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1))

async function expectAgreement(): Promise<void> {
  const [here, ...others] = await Promise.all(nodes.map((node) => node.tell('held')))
  for (const other of others) assert.deepEqual(shown(other!), shown(here!))
  for (const held of [here!, ...others])
    for (const { id, versions } of held) assert.equal(new Set(versions).size, versions.length, `doubled: ${id}`)
}

const many = 130
const ids: string[] = []

test('a node that is killed while it reads, in the middle of keeping, goes on from there: all is there once', async () => {
  for (let i = 0; i < many; i++) ids.push(await share(kenya, `Radio ${i}`))
  for (const [node, from] of ring) await node.as('operator')('nodes.follow', { address: from.address })
  const { gone } = senegal
  const pulling = senegal.tell('fallWhilePulling', { from: kenya.address, after: 15 })
  await assert.rejects(pulling, /gone/)
  assert.deepEqual(await gone, [null, 'SIGKILL'])

  await senegal.start()
  const some = (await senegal.tell('held')).length
  assert.equal(some, 100, 'what was kept whole is there, and nothing of what was not')
  const { added, unchanged } = await senegal.tell('pull', { from: kenya.address })
  assert.deepEqual([added, unchanged], [many - some, some])
  await settle()
  await expectAgreement()
  assert.equal((await china.tell('held')).length, many)
})

test('cut off, changed at home and at the copy, withdrawn, given new keys, started anew: then all agree', async () => {
  const [both, gone, alone, kept] = ids as [string, string, string, string]
  const ofSenegal = await share(senegal, 'Tablets')
  for (const node of nodes) await node.tell('cut', { from: nodes.map(({ address }) => address) })

  await revise(kenya, both, 'Radio at home')
  await revise(kenya, kept, 'Radio that is ours at home')
  await revise(senegal, both, 'Radio with local notes')
  await revise(senegal, kept, 'Radio that is ours here')
  await revise(china, alone, 'Radio with a local word')
  await kenya.as('curator')('records.withdraw', { id: gone, revision: 1, reason: 'It names a child' })
  for (let i = 0; i < 2; i++) await kenya.tell('rotateKey')
  ids.push(await share(kenya, 'Signed with a new key'), ofSenegal)
  assert.equal((await senegal.tell('pull', { from: kenya.address })).failed, 'fetchFailed')
  await kenya.end()
  await kenya.start()
  for (const node of nodes) await node.tell('cut', { from: [] })
  await settle()

  // What was changed at both ends waits, and nothing of it is lost.
  assert.equal(await titleAt(senegal, both), 'Radio with local notes')
  assert.equal(await titleAt(china, both), 'Radio 0', 'what was changed at a copy goes no further')
  assert.equal(await titleAt(china, alone), 'Radio with a local word')
  assert.equal(await titleAt(kenya, alone), 'Radio 2', 'and does not come back to its home')
  assert.equal((await heldBy(china, gone))!.status, 'withdrawn')
  const { refused } = await senegal.as('curator')('packs.refused')
  assert.deepEqual(
    refused.map(({ id, code }: { id: string; code: string }) => [id, code]).sort(),
    [both, kept].map((id) => [id, 'editedHere']).sort(),
  )
  for (const { id, via } of refused)
    await senegal.as('curator')('packs.settle', { id, via, keep: id === kept ? 'ours' : 'theirs' })
  await revise(kenya, alone, 'Radio that changed at home too')
  await settle()
  const [waiting] = (await china.as('curator')('packs.refused')).refused
  await china.as('curator')('packs.settle', { id: waiting.id, via: waiting.via, keep: 'theirs' })
  await settle()

  // Who keeps a version of their own still passes on what its home says.
  assert.equal(await titleAt(senegal, kept), 'Radio that is ours here')
  assert.equal(await titleAt(china, kept), 'Radio that is ours at home')
  await revise(kenya, kept, 'Radio that both took')
  await settle()
  const [again] = (await senegal.as('curator')('packs.refused')).refused
  await senegal.as('curator')('packs.settle', { id: again.id, via: again.via, keep: 'theirs' })
  await settle()
  await expectAgreement()
  assert.equal(await titleAt(china, both), 'Radio at home')
  assert.equal((await heldBy(china, ofSenegal))!.chain.length, 1)
  assert.equal((await heldBy(china, both))!.chain.length, 2)
  const journals = async () =>
    Promise.all(nodes.map(async (node) => (await node.tell('held')).map(({ versions }) => versions)))
  const before = await journals()
  assert.equal(await settle(), 1, 'nothing moves any more')
  assert.deepEqual(await journals(), before)
})
