/** Any earlier version comes back with one press on a page, by those who may change the record, as a new version. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../../../test/acting.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { practice } from '../../../test/practice.ts'

const radio = { ...practice, originalLanguage: 'en' }
const french = (title: string) => ({ language: 'fr', texts: { title } })

async function changed() {
  const app = await testApp()
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const judge = as(app, chen, 'curator')
  const { id } = await judge('practices.share', radio)
  await judge('records.translate', { id, revision: 1, ...french('Leçons à la radio') })
  const { body } = await judge('records.read', { id })
  await judge('practices.revise', { id, revision: 2, body: { ...body, title: { en: 'Buy radios', fr: 'Achetez' } } })
  return { app, chen, judge, id: id as string }
}

test('a version comes back with one press and a confirmation; nothing is lost', async () => {
  const { app, chen, id } = await changed()
  assert.ok(!(await app.get(`/en/records/${id}/history`)).body.includes('bring-back'), 'visitors are not offered it')
  await chen.open(`/en/records/${id}/history`)
  const offered = [...chen.page.matchAll(/versions\/(\d+)\/bring-back/g)].map(([, revision]) => revision)
  assert.deepEqual(offered, ['2', '1'], 'each but the newest')
  await chen.open(`/en/records/${id}/versions/2/bring-back`)
  assert.match(chen.page, /Restore version 2[^]*Nothing is lost[^]*difference\?from=2&(amp;)?to=3/)
  await chen.send(`/records/${id}/versions/2/bring-back`, { what: 'whole', reason: 'It was an advertisement.' })
  assert.match(chen.page, /It was an advertisement\.[^]*Restored from version 2/)
  assert.match((await app.get(`/fr/records/${id}`)).body, /<h1>Leçons à la radio<\/h1>/)
  const { body, translations, sourceRevision } = await app.as()('records.read', { id })
  assert.equal(body.title.en, 'Radio lessons')
  assert.equal(translations.fr.ofRevision, sourceRevision, 'its translation is of the text that came back')
  assert.match((await app.get(`/en/records/${id}/versions/3`)).body, /Buy radios/, 'what it replaced is still there')
})

test('a translation alone comes back, by whoever may publish it', async () => {
  const { app, judge, id } = await changed()
  const { body } = await judge('records.read', { id })
  const title = { en: 'Lessons by radio', fr: body.title.fr }
  await judge('practices.revise', { id, revision: 3, body: { ...body, title } })
  const awa = await person(app, 'Awa', { language: 'fr' })
  assert.equal((await awa.open(`/fr/records/${id}/versions/2/bring-back`)).status, 403)
  await awa.open(`/fr/records/${id}/history`)
  assert.ok(!awa.page.includes('bring-back'))
  await judge('translators.appoint', { email: awa.email, language: 'fr' })
  await awa.open(`/fr/records/${id}/history`)
  await awa.open(`/fr/records/${id}/versions/2/bring-back`)
  assert.match(awa.page, /Seulement la traduction\u00A0: français/)
  assert.doesNotMatch(awa.page, /La version entière/)
  await awa.send(`/records/${id}/versions/2/bring-back`)
  assert.match(awa.page, /Traduction\u00A0: Awa/)
  const after = await app.as()('records.read', { id })
  assert.deepEqual(after.body.title, { en: 'Lessons by radio', fr: 'Leçons à la radio' })
  assert.ok(after.translations.fr.ofRevision < after.sourceRevision, 'it is marked as older than the original')
  const whole = { id, version: 1, revision: 5 }
  assert.equal(await problemOf(as(app, awa)('records.bringBack', whole)), 'forbidden')
})

test('what comes back is of the newest version that was looked at, and was there', async () => {
  const { app, chen, judge, id } = await changed()
  await chen.open(`/en/records/${id}/versions/1/bring-back`)
  await judge('practices.revise', { id, revision: 3, body: radio })
  const late = await chen.send(`/records/${id}/versions/1/bring-back`, { what: 'whole' })
  assert.equal(late.status, 409)
  assert.match(late.body, /The record has changed in the meantime/)
  assert.equal(await problemOf(judge('records.bringBack', { id, version: 9, revision: 4 })), 'versionNotFound')
  assert.equal(await problemOf(judge('records.bringBack', { id, version: 4, revision: 4 })), 'versionNotFound')
  assert.equal(
    await problemOf(judge('records.bringBack', { id, version: 1, revision: 4, language: 'fr' })),
    'invalid',
    'it had no translation',
  )
  await judge('records.withdraw', { id, revision: 4, reason: 'It was an advertisement.' })
  assert.equal(await problemOf(judge('records.bringBack', { id, version: 1, revision: 5 })), 'withdrawn')
  assert.ok(!(await app.get(`/en/records/${id}/history`)).body.includes('bring-back'))
})
