/** Somebody who brought a table submits what is complete with one press, and sees what the rest still needs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { drafts } from './store.ts'
import { beginDraft, saveDraft } from './write.ts'

const app = await testApp()
const amina = await person(app, 'Amina')
const actor = { kind: 'person', id: amina.id, roles: ['contributor'] } as const
const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

async function write(title: string, more: object = {}, kind = 'organisation'): Promise<string> {
  const { id } = await app.app.perform(beginDraft, actor, { kind, language: 'en' })
  await app.app.perform(saveDraft, actor, { id, revision: 1, values: { title: { en: title }, ...more } })
  return id
}
const complete = { types: ['ngo'], countries: ['KE'] }
const stateOf = async (id: string) => (await drafts(app.app.database.read).find(id))!.state

test('what is complete is chosen already, what is not says what it needs', async () => {
  const first = await write('Radio for all', complete)
  const second = await write('Books for all', complete)
  const bare = await write('Only a title', {}, 'practice')
  assert.match((await amina.open('/en/desk')).body, /href="[^"]*\/desk\/submit"/)
  const { body } = await amina.open('/en/desk/submit')
  const chosen = [...body.matchAll(/name="draft" value="([0-9a-z]{16})\.\d+" checked/g)].map(([, id]) => id)
  assert.deepEqual(chosen.toSorted(), [first, second].toSorted())
  assert.match(plain(body), /Drafts that are not complete Only a title : \d+ fields? to complete or correct: /)

  const sent = await amina.send('/desk/submit')
  assert.match(plain(sent.body), /2 drafts were submitted/)
  assert.deepEqual(await Promise.all([first, second, bare].map(stateOf)), ['submitted', 'submitted', 'draft'])
})

test('one that changed meanwhile keeps none of the others back, and is told', async () => {
  const first = await write('Maps for all', complete)
  const second = await write('Songs for all', complete)
  await amina.open('/en/desk/submit')
  await app.app.perform(saveDraft, actor, { id: first, revision: 2, values: { title: { en: 'Maps for some' } } })
  const sent = await amina.send('/desk/submit')
  assert.match(plain(sent.body), /1 draft was submitted.*1 draft could not be submitted Maps for all/)
  assert.deepEqual(await Promise.all([first, second].map(stateOf)), ['draft', 'submitted'])
})
