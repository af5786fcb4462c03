/** Owners are reminded of records that grow old, each once at each stage, however many others were told before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, testApp } from '../../../test/app.ts'
import { lettersOf, person } from '../../../test/people.ts'
import { assignSteward } from './stewardship.ts'

const day = 24 * 60 * 60_000

test('a record that must be looked at again is not forgotten behind two hundred whose owners know already', async () => {
  let at = Date.parse('2026-01-02T00:00:00Z')
  const node = await testApp({ now: () => new Date(at) })
  const amina = await person(node, 'Amina')
  const put = async (ids: readonly string[]) =>
    node.app.database.write(async (tx) => {
      for (const id of ids) await assignSteward({ db: tx, now: node.app.environment.now }, id, amina.id)
    })
  await put(Array.from({ length: 205 }, (_, i) => `gone${i}`))
  at += 7 * day
  const { id } = await node.as('curator')('practices.share', {
    title: { en: 'Radio lessons' },
    originalLanguage: 'en',
    type: 'practice',
  })
  await put([id])
  at += 360 * day
  for (let times = 0; times < 2; times++) assert.deepEqual(await doJob(node.app, 'care'), { reminded: 0 })
  at += 6 * day
  assert.deepEqual(await doJob(node.app, 'care'), { reminded: 1 })
  assert.match((await lettersOf(node)).at(-1)!, /Radio lessons/)
  assert.deepEqual(await doJob(node.app, 'care'), { reminded: 0 })
})
