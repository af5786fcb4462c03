/** What a reader finds in the footer of every page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { testApp } from '../test/app.ts'

type Get = Awaited<ReturnType<typeof testApp>>['get']

const footer = async (get: Get) => /<footer.*<\/footer>/s.exec((await get('/en/about')).body)![0]

/** A footer follows what is written within moments. */
async function until(get: Get, holds: (found: string) => boolean): Promise<string> {
  let found = await footer(get)
  for (let tries = 0; tries < 100 && !holds(found); tries++) {
    await setTimeout(50)
    found = await footer(get)
  }
  return found
}

test('the footer leads to calls, offers and experts once there are any, and always to what is explained', async () => {
  const node = await testApp()
  const { get } = node
  const before = await footer(get)
  for (const page of ['calls', 'offers', 'experts', 'commitments', 'policies', 'funding'])
    assert.ok(!before.includes(`href="/en/${page}"`), page)
  for (const page of ['declaration', 'about', 'indicators', 'help'])
    assert.ok(before.includes(`href="/en/${page}"`), page)

  const share = node.as('curator')
  const { id } = await share('calls.share', {
    title: { en: 'Grants for radio lessons' },
    originalLanguage: 'en',
    callType: 'funding-offered',
    closesOn: '2030',
  })
  node.app.running.changed()
  const after = await until(get, (found) => found.includes('href="/en/calls"'))
  assert.match(after, /href="\/en\/calls"/)
  assert.doesNotMatch(after, /href="\/en\/offers"/)

  await node.as('curator')('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  node.app.running.changed()
  assert.doesNotMatch(await until(get, (found) => !found.includes('href="/en/calls"')), /href="\/en\/calls"/)
})
