/** A curator stops harvesting a source for good, and says what becomes of its records; and may add it again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from '#records/identifier.ts'
import { records } from '#records/store.ts'
import { doJob, problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { dc, list, oai, repository } from '../../../test/repository.ts'
import { goOnHarvesting } from './run.ts'

const outside = await repository(() => oai(list(dc(1) + dc(2))))
const node = await testApp({ fetch: outside.fetch })
const curator = node.as('curator')
const find = async (n: number) => (await records(node.app.database.read).find(idOf(`oai:repository.example:${n}`)))!
const statusOf = async (n: number) => (await find(n)).status

async function harvested(): Promise<string> {
  const { name } = await curator('harvest.add', { address: outside.address })
  await curator('harvest.run', { name, all: true })
  const { perform, services } = node.app.running
  const app = { perform, services, db: node.app.database.read, environment: node.app.environment, pauseMs: 0 }
  await goOnHarvesting(app, name)
  await node.app.followOwn()
  return name
}

test('records of a source that is left stay, say where they came from, and are changed here', async () => {
  const name = await harvested()
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  await chen.open(`/en/harvest/${name}`)
  assert.match(chen.page, new RegExp(`href="/en/harvest/${name}/remove"`))
  await chen.open(`/en/harvest/${name}/remove`)
  const unsaid = await chen.send(`/harvest/${name}/remove`, {})
  assert.equal(unsaid.status, 422, 'what becomes of the records is not guessed')
  assert.match(unsaid.body, /href="#f-records"/)
  await chen.send(`/harvest/${name}/remove`, { records: 'keep' })
  assert.match(chen.page, /no longer harvested\. Its records stay[^]*No source is harvested yet/)

  assert.equal(await problemOf(curator('harvest.run', { name })), 'notFound')
  assert.match((await node.get('/en/credits')).body, new RegExp(`id="${name}"[^]*${outside.address}`))
  const { id, body, revision, origin } = await find(1)
  assert.equal(origin?.collection, name)
  await curator('resources.revise', { id, revision, body: { ...body, title: { en: 'Changed here' } } })
  assert.equal((await find(1)).body.title.en, 'Changed here')
})

test('added again it keeps its name; left once more its records are withdrawn, but for what people changed', async () => {
  const name = await harvested()
  assert.equal((await find(2)).origin?.collection, name)
  await curator('harvest.remove', { name, records: 'withdraw' })
  await doJob(node.app, 'harvest-removals')
  assert.deepEqual([await statusOf(1), await statusOf(2)], ['published', 'withdrawn'])
  assert.match((await find(2)).note ?? '', new RegExp(outside.address))

  assert.equal(await harvested(), name)
  assert.equal(await statusOf(2), 'published', 'what the source has is published again')
})
