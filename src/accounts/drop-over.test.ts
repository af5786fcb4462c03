/** What is over is kept no longer, though nobody signs in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, testApp } from '../../test/app.ts'
import { atTheDoor, isInside, person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'
import type { PeopleTables } from './tables.ts'

const minute = 60_000
const day = 24 * 60 * minute

test('ended sessions, expired links, forgotten browsers and tries that no longer count are dropped, others stay', async () => {
  let at = Date.parse('2026-01-02T03:04:05.000Z')
  const node = await testApp({ now: () => new Date(at) })
  const own = node.app.database.read.withTables<PeopleTables>()
  const count = async () => {
    await doJob(node.app, 'past-sign-ins')
    const of = async (table: 'session' | 'device' | 'one_time_link' | 'tries') =>
      (await own.selectFrom(table).selectAll().execute()).length
    return [await of('session'), await of('device'), await of('one_time_link'), await of('tries')]
  }
  const amina = await person(node, 'Amina')
  const stranger = visitor(node)
  await stranger.open('/en/sign-in')
  await stranger.send('/sign-in', { email: amina.email, password: 'a wrong guess' })
  await stranger.open('/en/forgot-password')
  await stranger.send('/forgot-password', { email: amina.email })
  const [sessions, devices, links, tries] = await count()
  assert.deepEqual([sessions, devices, links], [1, 1, 1])
  assert.ok(tries! > 2)
  at += 16 * minute
  const [, , , later] = await count()
  assert.ok(later! > 0 && later! < tries!, 'each sort of try counts for its own time')
  at += day
  assert.deepEqual(await count(), [1, 1, 0, 0])
  assert.ok(await isInside(amina))
  at += 8 * day
  assert.deepEqual(await count(), [0, 1, 0, 0])
  await atTheDoor(node, amina.email)
  assert.deepEqual((await count()).slice(0, 2), [1, 2])
  at += 360 * day
  assert.deepEqual((await count()).slice(0, 2), [0, 1])
})
