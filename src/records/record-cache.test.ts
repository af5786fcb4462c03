/** The cache of records gives them as they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { records } from '#records/store.ts'
import { library } from '../../test/library.ts'
import { RecordCache } from './record-cache.ts'
import type { RecordTables } from './tables.ts'

test('a record that was read is given again as it was, and read anew once another version is there', async () => {
  const { app, practice } = await library()
  const id = await practice('Radio lessons')
  const { database } = app
  const first = (await records(database.read).find(id))!
  const again = (await records(database.read).find(id))!
  assert.equal(again.body, first.body)
  assert.equal((await records(database.read).byNumbers([first.number]))[0]!.body, first.body)
  // What another process does is not told here.
  await database.write((tx) =>
    records(tx).replace(first, { ...first, revision: 2, body: { ...first.body, title: { en: 'Radio and tablets' } } }),
  )
  assert.deepEqual((await records(database.read).find(id))!.body.title, { en: 'Radio and tablets' })
  assert.deepEqual((await records(database.read).findMany([id])).get(id)!.body.title, { en: 'Radio and tablets' })
})

test('what never came to be is not given to others', async () => {
  const { app, practice } = await library()
  const id = await practice('Radio lessons')
  const { database } = app
  const before = (await records(database.read).find(id))!
  await assert.rejects(
    database.write(async (tx) => {
      await records(tx).replace(before, { ...before, revision: 2, body: { ...before.body, title: { en: 'Never' } } })
      assert.deepEqual((await records(tx).find(id))!.body.title, { en: 'Never' })
      throw new Error('changed my mind')
    }),
  )
  assert.deepEqual((await records(database.read).find(id))!.body.title, { en: 'Radio lessons' })
})

test('what is given to many cannot be changed by one', async () => {
  const { app, practice } = await library()
  const { body } = (await records(app.database.read).find(await practice('Radio lessons')))!
  assert.throws(() => Object.assign(body.title!, { en: 'Mine' }), TypeError)
})

test('what another process writes is seen at once', async () => {
  const { app, practice } = await library()
  const id = await practice('Radio lessons')
  const { read, write } = app.database
  assert.deepEqual((await records(read).find(id))!.body.title, { en: 'Radio lessons' })
  // Written past the store, as whoever has another connection may.
  await write((tx) =>
    tx
      .withTables<RecordTables>()
      .updateTable('record')
      .set({ body: JSON.stringify({ title: { en: 'Tablets' } }), changedAt: '2026-02-01T00:00:00.000Z' })
      .where('id', '=', id)
      .execute(),
  )
  const after = (await records(read).find(id))!
  assert.deepEqual(after.body.title, { en: 'Tablets' })
  assert.deepEqual((await records(read).byNumbers([after.number]))[0]!.body.title, { en: 'Tablets' })
})

test('no more is kept than was said, and what was asked for lately stays', () => {
  const cache = new RecordCache(100)
  const version = (number: number) => ({ number, id: `record ${number}`, revision: 1, changedAt: '2026' })
  const cached = (number: number) => ({ record: { ...version(number) } as never, digest: null })
  for (let number = 1; number <= 30; number++) {
    cache.keep(cached(number), 10, 1)
    assert.ok(cache.ofVersion(version(1), 1), 'asked for each time')
  }
  const left = Array.from({ length: 30 }, (_, i) => cache.get(i + 1)).filter((one) => one !== undefined)
  assert.ok(left.length <= 12, `${left.length} left`)
  assert.equal(cache.ofVersion({ ...version(1), revision: 2 }, 1), undefined)
})

test('what was read of a version is known to be so in a later state of the database too', () => {
  const cache = new RecordCache()
  const version = { number: 1, id: 'one', revision: 1, changedAt: '2026' }
  const cached = { record: { ...version } as never, digest: null }
  cache.keep(cached, 10, 7)
  assert.equal(cache.get(1)!.seenAt, 7)
  assert.equal(cache.ofVersion(version, 8), cached)
  assert.equal(cache.get('one')!.seenAt, 8)
})
