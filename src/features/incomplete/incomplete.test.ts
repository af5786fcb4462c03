/** Curators find what published records lack, and suggest it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

test('a curator finds, by kind, the records without description, country or licence, and suggests what is missing', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const practice = { originalLanguage: 'en', type: 'practice' }
  await share('practices.share', {
    ...practice,
    title: { en: 'Whole story' },
    summary: { en: 'By radio.' },
    countries: ['KE'],
    licence: 'CC-BY-4.0',
  })
  const { id } = await share('practices.share', { ...practice, title: { en: 'Nowhere' }, summary: { en: 'By radio.' } })
  await share('practices.share', { ...practice, title: { en: 'Mute' }, countries: ['KE'], licence: 'CC-BY-4.0' })
  await share('organisations.share', { title: { en: 'Ministry' }, originalLanguage: 'en' })

  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open('/en/desk')
  assert.match(chen.page, /href="\/en\/incomplete">Incomplete records/)
  await chen.open('/en/incomplete?kind=practice')
  assert.match(chen.page, /Nowhere[^]*country and licence[^]*Mute[^]*description/)
  assert.doesNotMatch(chen.page, /Whole story/)
  await chen.open('/en/incomplete?kind=practice&lacks=description')
  assert.doesNotMatch(chen.page, /Nowhere/)
  await chen.open('/en/incomplete?kind=organisation')
  assert.match(chen.page, /Ministry/)
  await chen.open('/en/incomplete?kind=practice&lacks=country')
  await chen.send(`/records/${id}/change`)
  assert.match(chen.at, /\/drafts\//, 'the change is begun')

  const { found, next } = await share('records.incomplete', { kind: 'practice', limit: 1 })
  assert.equal(found[0].record.body.title.en, 'Nowhere')
  const rest = await share('records.incomplete', { kind: 'practice', limit: 1, after: next })
  assert.deepEqual([rest.found[0].record.body.title.en, rest.next], ['Mute', null])
  assert.equal(await problemOf(app.as('contributor')('records.incomplete', { kind: 'practice' })), 'forbidden')
  const amina = await person(app, 'Amina')
  assert.equal((await amina.open('/en/incomplete')).status, 403)
})
