/** The official focal point of a country submits a record in its name; readers see it, and it can be taken back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

const radio = {
  title: { en: 'Radio lessons' },
  originalLanguage: 'en',
  type: 'practice',
  countries: ['KE', 'UG'],
}

test('a focal point submits a practice in the name of her country; readers see it at once, also in her country’s list', async () => {
  const node = await testApp()
  const { id } = await node.as('curator')('practices.share', radio)
  const wanjiru = await person(node, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  await wanjiru.open(`/en/records/${id}`)
  assert.match(wanjiru.page, /Submit on behalf of your country/)
  await wanjiru.open(`/en/records/${id}/national-submission`)
  assert.match(wanjiru.page, /Submit on behalf of Kenya/)
  await wanjiru.send(`/records/${id}/national-submission`, { statement: 'Part of our policy of 2024.' })
  assert.equal(wanjiru.at, `/en/records/${id}`)

  const page = (await node.get(`/en/records/${id}`)).body
  assert.match(page, /class="note national">[^]*Submitted by Kenya/)
  assert.doesNotMatch(page, /Submit on behalf of your country/, 'others are not asked to')
  assert.match((await node.get(`/ar/records/${id}`)).body, /قُدّم باسم البلد: كينيا/)
  const list = (await node.get('/api/search?kind=national-submission&country=KE')).json()
  assert.equal(list.total, 1)
  const submission = list.records[0]
  assert.deepEqual(
    [submission.body.submits, submission.body.submittedOn, submission.body.statement],
    [id, '2026-01-02', { en: 'Part of our policy of 2024.' }],
  )
  const again = await wanjiru.open(`/en/records/${id}/national-submission`)
  assert.match(again.body, /It was submitted on behalf of Kenya/)
  assert.equal(await problemOf(node.as('curator')('drafts.begin', { kind: 'national-submission' })), 'invalid')
  assert.equal(node.app.operation('national-submissions.share'), undefined, 'nobody makes one by another way')
})

test('only a practice of one’s own country can be submitted, and only by its focal point', async () => {
  const node = await testApp()
  const { id } = await node.as('curator')('practices.share', { ...radio, countries: ['UG'] })
  const wanjiru = await person(node, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  assert.match((await wanjiru.open(`/en/records/${id}/national-submission`)).body, /does not name Kenya/)
  const focal = { kind: 'person' as const, id: wanjiru.id, roles: ['contributor', 'focal-point'] }
  const submit = node.app.operation('records.submitNationally')!
  assert.equal(await problemOf(node.app.perform(submit, focal, { id })), 'invalid')
  const omar = await person(node, 'Omar', { roles: ['curator'] })
  assert.equal((await omar.open(`/en/records/${id}/national-submission`)).status, 403)
})

test('what was submitted is taken back with a reason, and can be submitted again', async () => {
  const node = await testApp()
  const { id } = await node.as('curator')('practices.share', radio)
  const wanjiru = await person(node, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  await wanjiru.open(`/en/records/${id}/national-submission`)
  await wanjiru.send(`/records/${id}/national-submission`, { statement: '' })
  await wanjiru.open(`/en/records/${id}/national-submission`)
  const silent = await wanjiru.send(`/records/${id}/national-submission/retraction`, { reason: ' ' })
  assert.equal(silent.status, 422)
  await wanjiru.send(`/records/${id}/national-submission/retraction`, { reason: 'The programme has ended.' })
  assert.match(wanjiru.page, /Readers will see/, 'it can be submitted again')
  assert.doesNotMatch((await node.get(`/en/records/${id}`)).body, /Submitted by Kenya/)
  assert.match((await node.get('/en/changes')).body, /The programme has ended\./)
  const { changes } = (await node.get('/api/changes')).json()
  const back = { id: changes[0].id, revision: 2, reason: 'It was better so' }
  assert.equal(await problemOf(node.as('curator')('records.restore', back)), 'forbidden', 'nobody else brings it back')
})
