/** The official focal point of a country submits a record in its name; readers see it, and it can be taken back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testHouse } from '../../../test/house.ts'
import { person } from '../../../test/people.ts'

const radio = {
  title: { en: 'Radio lessons' },
  originalLanguage: 'en',
  type: 'practice',
  countries: ['KE', 'UG'],
}

test('a focal point submits a practice in the name of her country; readers see it at once, also in her country’s list', async () => {
  const house = await testHouse()
  const { id } = await house.as('curator')('practices.share', radio)
  const wanjiru = await person(house, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  await wanjiru.open(`/en/records/${id}`)
  assert.match(wanjiru.page, /Submit it in the name of your country/)
  await wanjiru.open(`/en/records/${id}/national-submission`)
  assert.match(wanjiru.page, /Submit in the name of Kenya/)
  await wanjiru.send(`/records/${id}/national-submission`, { statement: 'Part of our policy of 2024.' })
  assert.equal(wanjiru.at, `/en/records/${id}`)

  const page = (await house.get(`/en/records/${id}`)).body
  assert.match(page, /class="note national">[^]*Submitted in the name of Kenya/)
  assert.doesNotMatch(page, /Submit it in the name of your country/, 'others are not asked to')
  assert.match((await house.get(`/ar/records/${id}`)).body, /قُدّم باسم البلد: كينيا/)
  const list = (await house.get('/api/search?kind=national-submission&country=KE')).json()
  assert.equal(list.total, 1)
  const submission = list.records[0]
  assert.deepEqual(
    [submission.body.submits, submission.body.submittedOn, submission.body.statement],
    [id, '2026-01-02', { en: 'Part of our policy of 2024.' }],
  )
  const again = await wanjiru.open(`/en/records/${id}/national-submission`)
  assert.match(again.body, /It is submitted in the name of Kenya/)
  assert.equal(await problemOf(house.as('curator')('drafts.begin', { kind: 'national-submission' })), 'notFound')
  assert.equal(house.house.operation('national-submissions.share'), undefined, 'nobody makes one by another way')
})

test('only a practice of one’s own country can be submitted, and only by its focal point', async () => {
  const house = await testHouse()
  const { id } = await house.as('curator')('practices.share', { ...radio, countries: ['UG'] })
  const wanjiru = await person(house, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  assert.match((await wanjiru.open(`/en/records/${id}/national-submission`)).body, /does not name Kenya/)
  const focal = { kind: 'person' as const, id: wanjiru.id, roles: ['contributor', 'focal-point'] }
  const submit = house.house.operation('records.submitNationally')!
  assert.equal(await problemOf(house.house.perform(submit, focal, { id })), 'invalid')
  const omar = await person(house, 'Omar', { roles: ['curator'] })
  assert.equal((await omar.open(`/en/records/${id}/national-submission`)).status, 403)
})

test('what was submitted is taken back with a reason, and can be submitted again', async () => {
  const house = await testHouse()
  const { id } = await house.as('curator')('practices.share', radio)
  const wanjiru = await person(house, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  await wanjiru.open(`/en/records/${id}/national-submission`)
  await wanjiru.send(`/records/${id}/national-submission`, { statement: '' })
  await wanjiru.open(`/en/records/${id}/national-submission`)
  const silent = await wanjiru.send(`/records/${id}/national-submission/retraction`, { reason: ' ' })
  assert.equal(silent.status, 422)
  await wanjiru.send(`/records/${id}/national-submission/retraction`, { reason: 'The programme has ended.' })
  assert.match(wanjiru.page, /Readers will see/, 'it can be submitted again')
  assert.doesNotMatch((await house.get(`/en/records/${id}`)).body, /in the name of Kenya/)
  assert.match((await house.get('/en/changes')).body, /The programme has ended\./)
  const { changes } = (await house.get('/api/changes')).json()
  const back = { id: changes[0].id, revision: 2, reason: 'It was better so' }
  assert.equal(await problemOf(house.as('curator')('records.restore', back)), 'forbidden', 'nobody else brings it back')
})
