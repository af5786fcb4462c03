/** What may be written into a draft, and what becomes of forms that were open for long. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testHouse, type TestHouse } from '../../../test/house.ts'
import { drafts } from './store.ts'
import type { DraftShape } from './shapes.ts'

type Saved = { draft: DraftShape; conflicts: { field: string; theirs: unknown; mine: unknown }[] }

const savesOf = async ({ house }: TestHouse, id: string, upTo: number) =>
  (await Promise.all(Array.from({ length: upTo }, (_, at) => drafts(house.database.read).bodyAt(id, at + 1)))).filter(
    Boolean,
  ).length

test('a draft may begin with what is known, if these are fields of its kind and not very many words', async () => {
  const house = await testHouse()
  const ask = house.as('contributor')
  const begin = (values: object) => ask('drafts.begin', { kind: 'practice', language: 'en', values })
  const { body } = await begin({ title: { en: 'Radio lessons' } })
  assert.deepEqual(body, { title: { en: 'Radio lessons' }, originalLanguage: 'en' })
  assert.equal(await problemOf(begin({ titel: { en: 'Radio lessons' } })), 'invalid')
  assert.equal(await problemOf(begin({ description: { en: 'x'.repeat(500_000) } })), 'tooLarge')
})

test('a form that was open while others saved hundreds of times is shown what differs, and loses nothing', async () => {
  const house = await testHouse()
  const ask = house.as('contributor')
  const { id } = await ask<DraftShape>('drafts.begin', { kind: 'practice', language: 'en' })
  const save = (revision: number, values: object) => ask<Saved>('drafts.save', { id, revision, values })
  for (let revision = 1; revision <= 505; revision++) await save(revision, { summary: { en: `Words ${revision}` } })
  assert.ok((await savesOf(house, id, 506)) <= 501, 'old saves are let go')
  const late = await save(2, { summary: { en: 'My words' }, problem: { en: 'Far away' } })
  assert.deepEqual(late.conflicts, [{ field: 'summary', theirs: { en: 'Words 505' }, mine: { en: 'My words' } }])
  assert.deepEqual((late.draft.body as { problem?: unknown }).problem, { en: 'Far away' })
})

test('once a draft is published, the saves that led to it are let go', async () => {
  const house = await testHouse()
  const [author, curator] = [house.as('contributor'), house.as('curator')]
  const { id } = await author<DraftShape>('drafts.begin', { kind: 'organisation', language: 'en' })
  await author('drafts.save', { id, revision: 1, values: { title: { en: 'Ministry' } } })
  const step = (as: typeof author, name: string, more = {}) =>
    as('drafts.step', { id, revision: 2, step: name, ...more })
  await step(author, 'submit')
  await step(curator, 'accept', { verdict: 'sound' })
  assert.equal(await savesOf(house, id, 2), 2)
  await step(curator, 'publish')
  assert.equal(await savesOf(house, id, 2), 0)
})
