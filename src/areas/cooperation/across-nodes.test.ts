/** An offer of one node meets the request of another, and what came of it is known on both: two nodes, over real HTTP. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { outbound } from '#kernel/outbound.ts'
import { pullNode } from '#features/federation/nodes/pull.ts'
import { testApp, type TestApp } from '../../../test/app.ts'

async function nodeAt() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.close()
  await once(server, 'close')
  let time = Date.parse('2026-03-01T00:00:00.000Z')
  const now = () => new Date((time += 1_000))
  const node = await testApp({ address, fetch: outbound(undefined, () => false), now })
  await node.app.log.follow()
  return { ...node, address }
}
const [kenya, senegal] = [await nodeAt(), await nodeAt()]
async function take(node: TestApp, from: { address: string }): Promise<void> {
  const known = (await node.as()('nodes.list')).nodes.find(
    ({ address }: { address: string }) => address === from.address,
  )
  const { id } = known ?? (await node.as('operator')('nodes.follow', { address: from.address }))
  await pullNode(node.app.running, id)
  await node.app.follow()
}
const support = { originalLanguage: 'en', supportTypes: ['mentoring'], countries: ['SN'], workingLanguages: ['fr'] }

test('a match names the node that it comes from, and the outcome goes back there', async () => {
  const { id: offer } = await kenya.as('curator')('offers.share', { ...support, title: { en: 'Trainers for radio' } })
  const { id: request } = await senegal.as('curator')('requests.share', {
    ...support,
    title: { en: 'Help with radio' },
  })
  await take(senegal, kenya)
  const { node, name } = (await kenya.get('/.well-known/qingdao.json')).json()
  const { matches } = (await senegal.get(`/api/support/${request}/matches`)).json()
  assert.deepEqual(
    matches.map(({ line }: any) => [line.record.id, line.from]),
    [[offer, { node, name }]],
  )
  const fit = /Offers that fit[^]*?<\/section>/
  const said = fit.exec((await senegal.get(`/en/records/${request}`)).body)![0]
  assert.match(said, new RegExp(`Trainers for radio[^]*From the node[^]*${name.en}[^]*Why it fits`))
  assert.match((await senegal.get('/en/offers')).body, /From the node/)
  assert.doesNotMatch((await kenya.get('/en/offers')).body, /From the node/)

  await senegal.as('curator')('cooperation-outcomes.share', {
    title: { en: 'Twelve teachers trained' },
    originalLanguage: 'en',
    ofOffer: offer,
    ofRequest: request,
    cooperationResult: 'completed',
    saidOn: '2026-03-01',
    signedBy: 'A. Ndiaye, ministry',
    summary: { en: 'They teach by radio now.' },
  })
  await take(kenya, senegal)
  assert.match((await kenya.get(`/en/records/${offer}`)).body, /What came of it[^]*Twelve teachers trained/)
})
