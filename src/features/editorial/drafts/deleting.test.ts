/** An author deletes a draft, and drafts that a click began and nobody wrote go by themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, problemOf, testApp, type TestApp } from '../../../../test/app.ts'
import { person, type Person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'
import { draftNotes } from './note-store.ts'
import { drafts } from './store.ts'

const hourMs = 60 * 60_000
const as = ({ app }: TestApp, { id }: Person) => {
  return <Result = any>(name: string, input: object = {}) =>
    app.perform(app.operation(name)!, { kind: 'person', id, roles: ['contributor'] }, input) as Promise<Result>
}
const isThere = async ({ app }: TestApp, id: string) => (await drafts(app.database.read).find(id)) !== undefined
const idAt = ({ at }: Person) => /\/drafts\/([0-9a-z]{16})/.exec(at)![1]!

test('an author deletes a draft after a page that asks, and it is gone from their work', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const { id } = await as(node, amina)('drafts.begin', { kind: 'practice', values: { title: { en: 'Radio lessons' } } })
  await amina.open(`/en/drafts/${id}`)
  assert.match(amina.page, new RegExp(`href="/en/drafts/${id}/delete">Delete this draft`))
  await amina.open(`/en/drafts/${id}/delete`)
  assert.match(amina.page, /Radio lessons[^]*cannot be undone[^]*Keep the draft/)
  assert.ok(await isThere(node, id), 'the page alone deletes nothing')
  await amina.send(`/drafts/${id}/delete`)
  assert.match(amina.page, /role="status">The draft was deleted\./)
  assert.doesNotMatch(amina.page, /Radio lessons/)
  assert.equal((await amina.open(`/en/drafts/${id}`)).status, 404)
})

test('a change of a record is deleted, and the record stays', async () => {
  const node = await testApp()
  const record = await node.as('curator')('practices.share', { ...practice, originalLanguage: 'en' })
  const amina = await person(node, 'Amina')
  const { id } = await as(node, amina)('drafts.begin', { record: record.id })
  await amina.open(`/en/drafts/${id}/delete`)
  assert.match(amina.page, /The published record stays as it is\./)
  await amina.send(`/drafts/${id}/delete`)
  assert.equal((await node.get(`/en/records/${record.id}`)).statusCode, 200)
})

test('what others have a part in, what was submitted, and what was saved meanwhile is not deleted, and it is said why', async () => {
  const node = await testApp()
  const [amina, ben] = [await person(node, 'Amina'), await person(node, 'Ben')]
  const ask = as(node, amina)
  const values = { ...practice, originalLanguage: 'en' }
  const begin = async (): Promise<string> => (await ask('drafts.begin', { kind: 'practice', values })).id

  const changed = await begin()
  await amina.open(`/en/drafts/${changed}/delete`)
  await ask('drafts.save', { id: changed, revision: 1, values: { summary: { en: 'More' } } })
  assert.equal((await amina.send(`/drafts/${changed}/delete`)).status, 422)
  assert.match(amina.page, /saved again in the meantime/)
  assert.ok(await isThere(node, changed))
  await amina.send(`/drafts/${changed}/delete`)
  assert.ok(!(await isThere(node, changed)), 'after a second look it goes')

  const shared = await begin()
  await ask('drafts.inviteAuthor', { id: shared, email: ben.email })
  await as(node, ben)('drafts.answerInvitation', { id: shared, accepts: true })
  await amina.open(`/en/drafts/${shared}`)
  assert.doesNotMatch(amina.page, /Delete this draft/)
  await amina.open(`/en/drafts/${shared}/delete`)
  assert.equal((await amina.send(`/drafts/${shared}/delete`)).status, 422)
  assert.match(amina.page, /others wrote, commented on or reviewed this draft/)
  assert.equal(await problemOf(as(node, ben)('drafts.delete', { id: shared })), 'forbidden')
  await as(node, ben)('drafts.leave', { id: shared })
  assert.equal(await problemOf(ask('drafts.delete', { id: shared })), 'invalid', 'Ben wrote some of it')

  const submitted = await begin()
  await ask('drafts.step', { id: submitted, step: 'submit', revision: 1 })
  await amina.open(`/en/drafts/${submitted}/delete`)
  assert.equal((await amina.send(`/drafts/${submitted}/delete`)).status, 422)
  assert.match(amina.page, /withdraw it first/)
  await ask('drafts.step', { id: submitted, step: 'withdraw', revision: 1 })
  await ask('drafts.delete', { id: submitted })
  assert.ok(!(await isThere(node, submitted)))

  const own = await begin()
  assert.equal(await problemOf(as(node, ben)('drafts.delete', { id: own })), 'notFound', 'a draft of others is none')
})

test('a draft that a click began and nobody wrote goes after a day; one with a word, an invitation, a comment or a note stays', async () => {
  let now = new Date('2026-01-10T12:00:00Z')
  const node = await testApp({ now: () => now })
  const record = await node.as('curator')('practices.share', { ...practice, originalLanguage: 'en' })
  const amina = await person(node, 'Amina')
  const ask = as(node, amina)
  const clicked = async (page: string, form: string, values = {}) => {
    await amina.open(page)
    await amina.send(form, values)
    return idAt(amina)
  }
  const unwritten = [
    await clicked('/en/share', '/share', { kind: 'practice', language: 'en' }),
    await clicked('/en/share?country=404&area=access', '/share', { kind: 'practice', language: 'en' }),
    await clicked(`/en/records/${record.id}/change`, `/records/${record.id}/change`),
    await clicked(`/en/records/${record.id}`, `/records/${record.id}/answer`),
  ]
  const begin = async (values = {}): Promise<string> => (await ask('drafts.begin', { kind: 'practice', values })).id
  const titled = await begin({ title: { en: 'A' } })
  const [saved, invited, discussed, noted] = [await begin(), await begin(), await begin(), await begin()]
  await ask('drafts.save', { id: saved, revision: 1, values: { summary: { en: 'A word' } } })
  await ask('drafts.inviteAuthor', { id: invited, email: 'ben@example.org' })
  await ask('drafts.comment', { id: discussed, text: 'To do: ask Ben' })
  const note = { id: 'a-note', draftId: noted, number: 1, field: '', name: 'Remarks', text: 'Ask Ben' }
  await node.app.database.write((tx) => draftNotes(tx).add([note]))
  const kept = [titled, saved, invited, discussed, noted]

  now = new Date(now.getTime() + 23 * hourMs)
  assert.equal(await doJob(node.app, 'unwritten-drafts'), 0, 'a day has not passed')
  now = new Date(now.getTime() + 2 * hourMs)
  const young = await begin()
  assert.equal(await doJob(node.app, 'unwritten-drafts'), unwritten.length)
  for (const id of unwritten) assert.ok(!(await isThere(node, id)))
  for (const id of [...kept, young]) assert.ok(await isThere(node, id))
  assert.equal((await node.get(`/en/records/${record.id}`)).statusCode, 200)
})
