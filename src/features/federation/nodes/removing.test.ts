/** An operator follows a node no more, for good, and says what becomes of its records; and may follow it again. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { outbound } from '#kernel/outbound.ts'
import { records } from '#records/store.ts'
import { doJob, problemOf, testApp, usualNow, type TestApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { typed } from '../../../../test/typed.ts'
import { federated } from '../store.ts'
import { pullNode } from './pull.ts'

async function nodeAt(name: string) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const address = `http://127.0.0.1:${port}`
  let time = usualNow.getTime()
  const now = () => new Date((time += 1_000))
  const node = await testApp({ address, fetch: outbound(undefined, () => false), now })
  await node.app.log.follow()
  return { ...node, name, address }
}
const [kenya, senegal, china] = [await nodeAt('kenya'), await nodeAt('senegal'), await nodeAt('china')]
const share = async (node: TestApp, title: string): Promise<string> => {
  const body = { title: { en: title }, originalLanguage: 'en', type: 'practice' }
  return (await node.as('curator')('practices.share', body)).id
}
const follow = (node: TestApp, of: { address: string }) => node.as('operator')('nodes.follow', { address: of.address })
const known = async (node: TestApp, of: { address: string }) =>
  (await node.as()('nodes.list')).nodes.find(({ address }: { address: string }) => address === of.address)
const pull = async (node: TestApp, from: { address: string }) => {
  const run = await pullNode(node.app.running, (await known(node, from)).id)
  await node.app.follow()
  return run
}
const heldBy = async ({ app }: TestApp, id: string) => (await records(app.database.read).find(id))!
const olga = await person(kenya, 'Olga', { roles: ['operator'] })

test('what came from a node that is followed no more stays, and says so; nothing more comes, by no way', async () => {
  const first = await share(senegal, 'Radio in Dakar')
  await follow(kenya, senegal)
  await pull(kenya, senegal)
  const { id } = await known(kenya, senegal)
  await olga.open('/en/network')
  assert.match(olga.page, new RegExp(`href="/en/network/${id}/remove"`))
  await olga.open(`/en/network/${id}/remove`)
  assert.match(olga.page, /1 record here[^]*Keep them[^]*Withdraw them/)
  const unsaid = await olga.send(`/network/${id}/remove`, {})
  assert.equal(unsaid.status, 422, 'what becomes of the records is not guessed')
  await olga.send(`/network/${id}/remove`, { records: 'keep' })
  assert.match(olga.page, /You no longer follow this node\. Its records stay[^]*No longer followed · 1 record here/)
  assert.match(
    (await kenya.get(`/en/records/${first}`)).body,
    /Where this copy comes from[^]*no longer follows that node/,
  )

  const { place, lastRun, keys } = (await federated(kenya.app.database.read).node(id))!
  assert.deepEqual([place, lastRun, keys.length], [0, null, 1], 'its public key stays while what it signed is here')
  assert.equal(await problemOf(pullNode(kenya.app.running, id)), 'nodeRemoved')
  assert.equal(await problemOf(kenya.as('operator')('nodes.resume', { id })), 'nodeRemoved')
  await share(senegal, 'Radio in Thiès')
  await doJob(kenya.app, 'network')
  await follow(china, senegal)
  await pull(china, senegal)
  await follow(kenya, china)
  const byChina = await pull(kenya, china)
  assert.deepEqual([byChina.added, byChina.refused], [0, 2])
  assert.equal((await known(kenya, senegal)).state, 'removed')
  await olga.open('/en/audit')
  assert.match(olga.page, /stopped following another node for good/)
})

test('its records are withdrawn on request, but for what people here changed; followed again, they come back', async () => {
  const { id } = await known(kenya, senegal)
  await follow(kenya, senegal)
  await pull(kenya, senegal)
  const [mine, theirs] = await federated(kenya.app.database.read).copiesOf(id, { after: '', limit: 10 })
  const { body, revision } = await heldBy(kenya, mine!)
  await kenya.as('curator')('practices.revise', { id: mine, revision, body: { ...body, countries: ['SN'] } })
  const { withdraws } = await kenya.as('operator')('nodes.remove', { id, records: 'withdraw' })
  assert.equal(withdraws, true)
  await doJob(kenya.app, 'network-removals')
  assert.deepEqual(
    [(await heldBy(kenya, mine!)).status, (await heldBy(kenya, theirs!)).status],
    ['published', 'withdrawn'],
  )
  assert.equal((await kenya.get(`/en/records/${theirs}`)).statusCode, 410)
  const left = await known(kenya, senegal)
  assert.deepEqual([left.state, left.withdraws, left.records], ['removed', false, 1])

  await olga.open('/en/network')
  const looked = await olga.send('/network/look', { address: senegal.address })
  const key = /name="key" value="(z6Mk\w+)"/.exec(looked.body)![1]!
  await olga.send('/network/follow', { address: senegal.address, key })
  await pull(kenya, senegal)
  assert.equal((await heldBy(kenya, theirs!)).status, 'published')
})

test('only operators remove a node, and one that nobody knows is named', async () => {
  const { id } = await known(kenya, senegal)
  assert.equal(await problemOf(kenya.as('curator')('nodes.remove', { id, records: 'keep' })), 'forbidden')
  assert.equal(await problemOf(kenya.as('operator')('nodes.remove', { id: 'nowhere', records: 'keep' })), 'notFound')
  const amina = await person(kenya, 'Amina', { roles: ['curator'] })
  assert.equal((await amina.open(`/en/network/${id}/remove`)).status, 403)
  assert.equal((await olga.open('/en/network/nowhere/remove')).status, 404)
  assert.match(olga.page, /does not follow a site “nowhere”/)
})

test('on the machine the same is done by the address, and what becomes of the records must be said', async () => {
  const { folder, options } = kenya
  const database = options.databaseAddress.startsWith('postgres') ? { DATABASE_URL: options.databaseAddress } : {}
  const run = (...words: string[]) => typed(['node', 'remove', ...words], { DATA_DIR: folder, ...database })
  const unsaid = await run(senegal.address)
  assert.equal(unsaid.status, 2)
  assert.match(unsaid.stderr, /--records” needs: keep\|withdraw/)
  const done = await run(senegal.address, '--records', 'keep')
  assert.match(done.stdout, /No longer followed/)
  assert.equal((await known(kenya, senegal)).state, 'removed')
})
