/** A lesson without a name: submitted, judged, published; and nothing leads back to who told it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'
import { limits } from '#accounts/rate-limit.ts'
import type { DraftTables } from './tables.ts'

const path = '/lessons/anonymous'
const told = {
  title: 'When one supplier owns the data, do not sign.',
  polarity: 'avoid',
  event: 'The supplier left and took the marks of all pupils along.',
  recommendation: 'Ask for the data in an open format each month.',
}

test('anybody tells a lesson without an account; what is missing is said, and nothing typed is lost', async () => {
  const node = await testApp()
  const browser = visitor(node)
  await browser.open(`/en${path}`)
  const half = await browser.send(path, { title: told.title, countries: 'Atlantis' })
  assert.equal(half.status, 422)
  assert.match(half.body, /When one supplier owns[^]*Atlantis/)
  const other = await browser.send(path, { countries: '' })
  assert.equal(other.status, 422)
  assert.match(other.body, /href="#f-event"/)
  await browser.send(path, { ...told, countries: 'Kenya' })
  assert.match(browser.page, /Thank you/)
})

test('whoever is signed in leaves no trace either: no account, no address, no time of day', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open(`/en${path}`)
  await amina.send(path, told)
  assert.match(amina.page, /Thank you/)
  const db = node.app.database.read.withTables<DraftTables>()
  const rows = [
    await db.selectFrom('draft').selectAll().execute(),
    await db.selectFrom('draft_save').selectAll().execute(),
    await db.selectFrom('draft_step').selectAll().execute(),
  ]
  assert.deepEqual(
    rows.map(({ length }) => length),
    [1, 1, 1],
  )
  assert.deepEqual(await db.selectFrom('draft_author').selectAll().execute(), [])
  const kept = JSON.stringify(rows)
  assert.doesNotMatch(kept, new RegExp(`${amina.id}|Amina|198\\.51\\.100`))
  assert.doesNotMatch(kept, /T03:04/, 'of the time, only the day is kept')
  await amina.open('/en/desk')
  assert.ok(!amina.page.includes('one supplier'))
})

test('a curator mends and publishes it like any other, or declines it', async () => {
  const node = await testApp()
  const browser = visitor(node)
  await browser.open(`/en${path}`)
  await browser.send(path, told)
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const amina = await person(node, 'Amina')
  await chen.open('/en/queue')
  assert.match(chen.page, /one supplier owns[^]*anonymous/)
  const id = /\/drafts\/([0-9a-z]{16})/.exec(chen.page)![1]!
  assert.equal((await amina.open(`/en/drafts/${id}`)).status, 404)
  await chen.open(`/en/drafts/${id}`)
  assert.ok(!chen.page.includes('Request changes'), 'there is nobody to ask')
  assert.ok(!chen.page.includes('Withdraw'), 'that is the way of authors')
  await chen.send(`/drafts/${id}/steps`, { step: 'decline', reason: 'spam', note: 'An advertisement.' })
  assert.match(chen.page, /Declined\. Nobody is told[^]*Advertising or spam[^]*An advertisement\./)
  await chen.send(`/drafts/${id}/steps`, { step: 'reconsider' })
  await chen.open(`/en/drafts/${id}/edit/identity`)
  const mended = { event: 'The supplier left and took the marks along.' }
  await chen.send(`/drafts/${id}/edit/identity`, mended, { button: ['go', 'overview'] })
  const accept = [...chen.page.matchAll(/<form[^]*?<\/form>/g)].find(([one]) => one.includes('value="accept"'))![0]
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(accept)![1]!
  const same = { 'sec-fetch-site': 'same-origin' }
  const base = { csrf: hidden('csrf'), revision: hidden('revision') }
  await chen.post(`/en/drafts/${id}/steps`, { ...base, step: 'accept', verdict: 'sound', note: '' }, same)
  await chen.post(`/en/drafts/${id}/steps`, { ...base, step: 'publish' }, same)
  const page = (await node.get(`/en/records/${id}`)).body
  assert.match(page, /took the marks along\.[^]*Public, without names/)
  assert.match((await node.get(`/en/records/${id}/history`)).body, /Chen/, 'who published it is known')
})

test('nobody floods the curators', async () => {
  const node = await testApp()
  const browser = visitor(node)
  for (let i = 0; i < limits.anonymousFrom.most; i++) {
    await browser.open(`/en${path}`)
    await browser.send(path, told)
  }
  await browser.open(`/en${path}`)
  assert.equal((await browser.send(path, told)).status, 429)
  const elsewhere = visitor(node, { remote: '203.0.113.99' })
  await elsewhere.open(`/en${path}`)
  assert.equal((await elsewhere.send(path, told)).status, 200)
  const cross = await elsewhere.post(`/en${path}`, told, { 'sec-fetch-site': 'cross-site' })
  assert.equal(cross.status, 403)
})
