/** Whoever did not write a record suggests its translation; its authors, curators and trusted translators decide. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { lettersOf, person } from '../../../test/people.ts'

const practice = {
  title: { en: 'Radio lessons' },
  summary: { en: 'Lessons by radio.' },
  originalLanguage: 'en',
  type: 'practice',
  problemsMet: [{ trouble: { en: 'No batteries.' } }],
}
const texts = { title: 'Leçons à la radio', summary: 'Des leçons par radio.' }
const actorOf = ({ id }: { id: string }, roles: string[] = []) => ({
  kind: 'person' as const,
  id,
  roles: ['contributor', ...roles],
})

/** A record that somebody wrote, and that a curator published. */
async function written(app: TestApp) {
  const [nia, chen] = [await person(app, 'Nia'), await person(app, 'Chen', { roles: ['curator'] })]
  const [as, judge] = [app.askAs(actorOf(nia)), app.askAs(actorOf(chen, ['curator']))]
  const draft = await as('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  return { nia, chen, as, judge, draft }
}
