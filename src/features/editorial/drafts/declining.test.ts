/** A submission that is not published: its author learns why, and both sides have a way back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, give, submitted } from '../../../../test/acting.ts'
import { problemOf, testApp } from '../../../../test/app.ts'
import { lettersOf, person } from '../../../../test/people.ts'

const node = await testApp()
const amina = await person(node, 'Amina')
const omar = await person(node, 'Omar', { roles: ['reviewer'] })
const chen = await person(node, 'Chen', { roles: ['curator'] })
const lastTo = async (name: string) =>
  (await lettersOf(node)).filter((letter) => letter.includes(`To: ${name}@example.org`)).at(-1)!

test('a curator declines a submission with a reason, its author learns it and submits again', async () => {
  const id = await submitted(node, amina)
  await give(node, chen, id, omar)
  await chen.open(`/en/drafts/${id}`)
  const silent = await chen.send(`/drafts/${id}/steps`, { step: 'decline', note: 'We have this already.' })
  assert.equal(silent.status, 422, 'a reason is chosen, not fallen upon')
  assert.match(silent.body, /We have this already\./)
  await chen.send(`/drafts/${id}/steps`, { step: 'decline', reason: 'duplicate', note: 'We have this already.' })
  assert.match(
    chen.page,
    /Declined\. Its authors can change it[^]*Duplicate of another record[^]*We have this already\./,
  )
  assert.match(
    await lastTo('amina'),
    /Chen declined[^]*Reason: Duplicate of another record[^]*> We have this already\./,
  )
  assert.match(await lastTo('omar'), /You need not review it any more/)
  assert.ok(!(await chen.open('/en/queue')).body.includes(id), 'it waits for nobody')
  assert.equal((await omar.open('/en/about')).body.includes('class="count"'), false)

  assert.match((await amina.open('/en/desk')).body, /<td>Declined<\/td>/)
  await amina.open(`/en/drafts/${id}`)
  assert.match(amina.page, /Declined\. It will not be published as it is\. You can reopen it[^]*Duplicate of another/)
  await amina.send(`/drafts/${id}/steps`, { step: 'reopen' })
  await as(node, amina)('drafts.step', { id, revision: 1, step: 'submit' })
  assert.match((await chen.open('/en/queue')).body, new RegExp(id))
})

test('what was declined by mistake is found again and put back into review', async () => {
  const id = await submitted(node, amina)
  await as(
    node,
    chen,
    'curator',
  )('drafts.step', { id, revision: 1, step: 'decline', reason: 'spam', note: 'Advertising.' })
  await chen.open('/en/queue?state=declined')
  assert.match(chen.page, new RegExp(id))
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/steps`, { step: 'reconsider' })
  assert.match(chen.page, /<p class="lead">In review\./)
  assert.match(await lastTo('amina'), /Chen put “[^]*” back into review[^]*no longer declined/)
  await as(node, chen, 'curator')('drafts.step', { id, revision: 1, step: 'accept', verdict: 'sound' })
  await as(node, chen, 'curator')('drafts.step', { id, revision: 1, step: 'publish' })
  assert.equal((await node.get(`/en/records/${id}`)).statusCode, 200)
})

test('neither reviewers nor authors decline, nothing published is declined, and not without words', async () => {
  const id = await submitted(node, amina)
  await give(node, chen, id, omar)
  const decline = { id, revision: 1, step: 'decline', reason: 'spam', note: 'Advertising.' }
  const curator = as(node, chen, 'curator')
  assert.equal(await problemOf(as(node, omar, 'reviewer')('drafts.step', decline)), 'forbidden')
  assert.equal(await problemOf(as(node, amina)('drafts.step', decline)), 'forbidden')
  for (const odd of [{ note: ' ' }, { reason: 'none' }, { reason: 'complete' }])
    assert.equal(await problemOf(curator('drafts.step', { ...decline, ...odd })), 'invalid')
  await curator('drafts.step', { id, revision: 1, step: 'accept', verdict: 'sound' })
  await curator('drafts.step', { id, revision: 1, step: 'publish' })
  assert.equal(await problemOf(curator('drafts.step', decline)), 'wrongState')
})
