import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refreshing } from './refreshing.ts'

test('it is made once for all who ask, and again after it was spoilt', async () => {
  let made = 0
  const thing = refreshing(async () => ++made, { meanwhile: false })
  assert.deepEqual(await Promise.all([thing.current(), thing.current()]), [1, 1])
  thing.spoil()
  assert.equal(await thing.current(), 2)
  assert.equal(await thing.current(), 2)
})

test('what was spoilt while it was made is made again before anyone gets it', async () => {
  let made = 0
  const thing = refreshing(
    async () => {
      const now = ++made
      await new Promise((resolve) => setImmediate(resolve))
      return now
    },
    { meanwhile: false },
  )
  const asked = thing.current()
  thing.spoil()
  assert.equal(await asked, 2)
})

test('where the old one will do, nobody waits for the new', async () => {
  let made = 0
  let go = () => {}
  const thing = refreshing(
    async () => {
      if (++made > 1) await new Promise<void>((resolve) => (go = resolve))
      return made
    },
    { meanwhile: true },
  )
  assert.equal(await thing.current(), 1)
  thing.spoil()
  assert.equal(await thing.current(), 1)
  go()
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await thing.current(), 2)
})

test('a failure is told to whoever waits, and the next one tries again', async () => {
  let tries = 0
  const thing = refreshing(
    async () => {
      if (++tries === 1) throw new Error('no database')
      return tries
    },
    { meanwhile: false },
  )
  await assert.rejects(thing.current(), /no database/)
  assert.equal(await thing.current(), 2)
})
