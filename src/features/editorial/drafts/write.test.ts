/** What may be written into a draft, and what becomes of forms that were open for long. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp, type TestApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'
import { drafts } from './store.ts'
import type { DraftShape } from './shapes.ts'

type Saved = { draft: DraftShape; conflicts: { field: string; theirs: unknown; mine: unknown }[] }

const savesOf = async ({ app }: TestApp, id: string, upTo: number) =>
  (await Promise.all(Array.from({ length: upTo }, (_, at) => drafts(app.database.read).bodyAt(id, at + 1)))).filter(
    Boolean,
  ).length

test('a draft may begin with what is known, if these are fields of its kind and not very many words', async () => {
  const app = await testApp()
  const ask = app.as('contributor')
  const begin = (values: object) => ask('drafts.begin', { kind: 'practice', language: 'en', values })
  const { body } = await begin({ title: { en: 'Radio lessons' } })
  assert.deepEqual(body, { title: { en: 'Radio lessons' }, originalLanguage: 'en' })
  assert.equal(await problemOf(begin({ titel: { en: 'Radio lessons' } })), 'invalid')
  assert.equal(await problemOf(begin({ description: { en: 'x'.repeat(500_000) } })), 'tooLarge')
})

test('a form that was open while others saved hundreds of times is shown what differs, and loses nothing', async () => {
  const app = await testApp()
  const ask = app.as('contributor')
  const { id } = await ask<DraftShape>('drafts.begin', { kind: 'practice', language: 'en' })
  const save = (revision: number, values: object) => ask<Saved>('drafts.save', { id, revision, values })
  for (let revision = 1; revision <= 505; revision++) await save(revision, { summary: { en: `Words ${revision}` } })
  assert.ok((await savesOf(app, id, 506)) <= 501, 'old saves are let go')
  const late = await save(2, { summary: { en: 'My words' }, problem: { en: 'Far away' } })
  assert.deepEqual(late.conflicts, [{ field: 'summary', theirs: { en: 'Words 505' }, mine: { en: 'My words' } }])
  assert.deepEqual((late.draft.body as { problem?: unknown }).problem, { en: 'Far away' })
})

test('once a draft is published, the saves that led to it are let go', async () => {
  const app = await testApp()
  const [author, curator] = [app.as('contributor'), app.as('curator')]
  const { id } = await author<DraftShape>('drafts.begin', { kind: 'organisation', language: 'en' })
  await author('drafts.save', { id, revision: 1, values: { title: { en: 'Ministry' } } })
  const step = (as: typeof author, name: string, more = {}) =>
    as('drafts.step', { id, revision: 2, step: name, ...more })
  await step(author, 'submit')
  await step(curator, 'accept', { verdict: 'sound' })
  assert.equal(await savesOf(app, id, 2), 2)
  await step(curator, 'publish')
  assert.equal(await savesOf(app, id, 2), 0)
})

async function lampsWithDraft() {
  const app = await testApp()
  const [amina, curator] = [await person(app, 'Amina'), app.as('curator')]
  const { id } = await curator('practices.share', {
    ...practice,
    originalLanguage: 'en',
    title: { en: 'Solar lamps' },
    summary: { en: 'Forty lamps.' },
  })
  await amina.open(`/en/records/${id}`)
  await amina.send(`/records/${id}/change`)
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  const edit = async (values: Record<string, string>) => {
    const step = `/drafts/${draft}/edit/${'summary' in values ? 'outcome' : 'story'}`
    if (amina.at !== `/en${step}`) await amina.open(`/en${step}`)
    return amina.send(step, values, { button: ['go', 'overview'] })
  }
  const revise = async (values: object) => {
    const { revision, body } = (await app.get(`/api/records/${id}`)).json()
    await curator('practices.revise', { id, revision, body: { ...body, ...values } })
  }
  const publish = async () => {
    const step = async (name: string, more = {}) => {
      const { revision } = await curator('drafts.read', { id: draft })
      return curator('drafts.step', { id: draft, revision, step: name, ...more })
    }
    await step('accept', { verdict: 'sound' })
    await step('publish')
  }
  const read = async () => (await app.get(`/api/records/${id}`)).json().body
  return { app, amina, curator, id, draft, edit, revise, publish, read }
}

test('a record that changed while its change was written and reviewed keeps both', async () => {
  const { amina, draft, edit, revise, publish, read } = await lampsWithDraft()
  await edit({ title: 'Solar lamps for reading' })
  await revise({ countries: ['KE', 'UG'] })
  await amina.send(`/drafts/${draft}/steps`, { step: 'submit' })
  await revise({ description: { en: 'Sixty lamps.' } })
  await publish()
  const { title, countries, description } = await read()
  assert.deepEqual(
    [title, countries, description],
    [{ en: 'Solar lamps for reading' }, ['KE', 'UG'], { en: 'Sixty lamps.' }],
  )
})

test('where both changed the same, authors see what it says now before it is sent in, and decide', async () => {
  const { amina, draft, edit, revise, publish, read } = await lampsWithDraft()
  await edit({ summary: 'Fifty lamps.' })
  await revise({ summary: { en: 'Sixty lamps.' } })
  const shown = await amina.send(`/drafts/${draft}/steps`, { step: 'submit' })
  assert.equal(shown.status, 422)
  assert.match(shown.body, /It now says: “Sixty lamps\.”/)
  await amina.open(`/en/drafts/${draft}`)
  await amina.send(`/drafts/${draft}/steps`, { step: 'submit' })
  assert.match(amina.page, /Submitted/)
  await revise({ summary: { en: 'Seventy lamps.' } })
  assert.equal(await problemOf(publish()), 'invalid', 'what changed since goes back to them once more')
  assert.deepEqual((await read()).summary, { en: 'Seventy lamps.' })
})

test('a change of a record that was merged goes on as the record that it is now', async () => {
  const { amina, curator, id, draft, edit, publish, app } = await lampsWithDraft()
  await edit({ title: 'Solar lamps for reading' })
  const other = await curator('practices.share', { ...practice, originalLanguage: 'en', title: { en: 'Lamps' } })
  await curator('records.merge', { id, revision: 1, into: other.id, intoRevision: 1, reason: 'The same.' })
  const shown = await amina.send(`/drafts/${draft}/steps`, { step: 'submit' })
  if (shown.status === 422) {
    await amina.open(`/en/drafts/${draft}`)
    await amina.send(`/drafts/${draft}/steps`, { step: 'submit' })
  }
  await publish()
  assert.deepEqual((await app.get(`/api/records/${other.id}`)).json().body.title, { en: 'Solar lamps for reading' })
})
