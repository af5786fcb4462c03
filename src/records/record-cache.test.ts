/** The cache of records gives them as they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { records } from '#records/store.ts'
import { library } from '../../test/library.ts'
import { recordCache } from './record-cache.ts'

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

test('no more is kept than was said, and what was asked for lately stays', () => {
  const kept = recordCache(100)
  const state = (number: number) => ({ number, revision: 1, changedAt: '2026' })
  const cached = (number: number) => ({ record: { ...state(number) } as never, digest: null })
  for (let number = 1; number <= 30; number++) {
    kept.keep(cached(number), 10)
    assert.ok(kept.get(state(1)), 'asked for each time')
  }
  const left = Array.from({ length: 30 }, (_, i) => kept.get(state(i + 1))).filter((one) => one !== undefined)
  assert.ok(left.length <= 12, `${left.length} left`)
  assert.equal(kept.get({ ...state(1), revision: 2 }), undefined)
})
