/** A curator withdraws a record, brings it back, and takes a merged one apart, on pages alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

const radio = (title: string) => ({ title: { en: title }, originalLanguage: 'en', type: 'practice' })

test('a curator withdraws a record with a reason that readers see, and brings it back', async () => {
  const app = await testApp()
  const { id } = await app.as('curator')('practices.share', radio('Radio lessons'))
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open(`/en/records/${id}`)
  assert.match(chen.page, new RegExp(`href="/en/records/${id}/withdraw"`))
  await chen.open(`/en/records/${id}/withdraw`)
  await chen.send(`/records/${id}/withdraw`, { reason: '' })
  assert.match(chen.page, /<p class="error"/)
  assert.equal((await app.get(`/en/records/${id}`)).statusCode, 200)
  await chen.send(`/records/${id}/withdraw`, { reason: 'It names a child' })
  assert.equal((await app.get(`/en/records/${id}`)).statusCode, 410)
  assert.match(chen.page, /It names a child/)
  assert.match(chen.page, new RegExp(`href="/en/records/${id}/restore"`))
  await chen.open(`/en/records/${id}/restore`)
  assert.match(chen.page, /<blockquote[^>]*>It names a child/)
  await chen.send(`/records/${id}/restore`, { reason: 'The name was taken out' })
  assert.equal((await app.get(`/en/records/${id}`)).statusCode, 200)
})

test('a record that was merged by mistake is taken apart again from the history of the other', async () => {
  const app = await testApp()
  const share = app.as('curator')
  const one = await share('practices.share', radio('Radio lessons'))
  const two = await share('practices.share', radio('Radio at school'))
  await share('records.merge', { id: two.id, revision: 1, into: one.id, intoRevision: 1, reason: 'The same' })
  assert.match(String((await app.get(`/en/records/${two.id}`)).statusCode), /^30/)
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  await chen.open(`/en/records/${one.id}/history`)
  assert.match(chen.page, new RegExp(`href="/en/records/${two.id}/restore"`))
  await chen.open(`/en/records/${two.id}/restore`)
  assert.match(chen.page, new RegExp(`href="/en/records/${one.id}"`))
  await chen.send(`/records/${two.id}/restore`, { reason: 'They are two' })
  assert.equal((await app.get(`/en/records/${two.id}`)).statusCode, 200)
  await chen.open(`/en/records/${one.id}/history`)
  assert.doesNotMatch(chen.page, /\/restore"/)
})

test('who may not withdraw sees no link and no form', async () => {
  const app = await testApp()
  const { id } = await app.as('curator')('practices.share', radio('Radio lessons'))
  const amina = await person(app, 'Amina')
  await amina.open(`/en/records/${id}`)
  assert.doesNotMatch(amina.page, /\/withdraw"/)
  await amina.open(`/en/records/${id}/withdraw`)
  assert.doesNotMatch(amina.page, /<textarea/)
  await amina.send(`/records/${id}/withdraw`, { reason: 'I dislike it' }).catch(() => undefined)
  assert.equal((await app.get(`/en/records/${id}`)).statusCode, 200)
})
