/** Whatever form somebody fills in wrongly, the same page comes back: above what to mend, the error beside its field, what was typed kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, collectionWith, give, submitted } from './acting.ts'
import { testApp } from './app.ts'
import { password, person, type Person } from './people.ts'
import { practice } from './practice.ts'

const csrfOf = (page: string) => /name="csrf" value="([^"]+)"/.exec(page)![1]!

/** Sends to this address what the page’s own controls would not let through, and looks at what comes back. */
async function refused(who: Person, page: string, path: string, sent: Record<string, string>, field: string) {
  await who.open(`/en${page}`)
  const answer = await who.post(`/en${path}`, { csrf: csrfOf(who.page), ...sent }, {})
  const where = `POST ${path} ${JSON.stringify(sent)}`
  assert.equal(answer.status, 422, where)
  assert.match(answer.body, /<div class="errors" role="alert"/, `${where}: a summary above`)
  const id = `f-${field.replaceAll(/[^\w-]/g, '-')}`
  assert.ok(answer.body.includes(`href="#${id}"`), `${where}: the summary leads to the field`)
  assert.match(answer.body, new RegExp(`id="${id}"`), `${where}: the field is there`)
  assert.match(answer.body, new RegExp(`id="${id}-error"|id="${id}"[^>]*>[^]*?class="error"`), `${where}: beside it`)
  assert.match(answer.body, new RegExp(`action="/en${path}"`), `${where}: the form can be sent again`)
  return answer.body
}

test('forms of a draft: authors, comments, collection, assignment, declaration, steps', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  await collectionWith(app, {}, chen)
  const { id } = await as(app, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  const at = `/drafts/${id}`
  for (const email of ['', 'nobody', 'a@b@c'])
    assert.ok((await refused(amina, at, `${at}/authors`, { email }, 'email')).includes(`value="${email}"`))
  await refused(amina, at, `${at}/comments`, { text: ' ', place: '' }, 'text')
  const long = 'x'.repeat(10_001)
  assert.ok((await refused(amina, at, `${at}/comments`, { text: long, place: 'title' }, 'text')).includes(long))
  await refused(amina, at, `${at}/collection`, { collection: 'none' }, 'collection')
  await as(app, amina)('drafts.step', { id, revision: 1, step: 'submit' })

  const { id: parentId } = await as(app, chen, 'curator')('drafts.comment', { id, text: 'How far?' })
  await refused(chen, at, `${at}/comments`, { text: '', parentId }, 'text')
  await refused(chen, at, `/queue/${id}/assign`, { reviewer: '' }, 'reviewer')
  await refused(chen, at, `/queue/${id}/assign`, { reviewer: amina.id }, 'reviewer')
  await refused(chen, at, `/queue/${id}/assign`, { reviewer: omar.id, dueOn: 'soon' }, 'dueOn')
  const more = { step: 'requestChanges', revision: '1', reason: 'none' }
  await refused(chen, at, `${at}/steps`, { ...more, note: '' }, 'note')
  const typed = await refused(chen, at, `${at}/steps`, { ...more, note: long }, 'note')
  assert.ok(typed.includes(long), 'what was typed stays')
  await as(app, chen, 'curator')('reviews.assign', { id, reviewer: omar.id })
  await refused(omar, at, `/queue/${id}/declare`, {}, 'hasInterest')
})

test('forms of a review, of sharing and of a lesson without a name', async () => {
  const app = await testApp()
  const [amina, chen, omar] = [
    await person(app, 'Amina'),
    await person(app, 'Chen', { roles: ['curator'] }),
    await person(app, 'Omar', { roles: ['reviewer'] }),
  ]
  const id = await submitted(app, amina)
  await give(app, chen, id, omar)
  const at = `/drafts/${id}/review`
  await refused(omar, at, at, { go: 'handIn', summary: '' }, 'verdict')
  await refused(amina, '/share', '/share', { language: 'en' }, 'kind')
  await refused(amina, '/share', '/share', { kind: 'practice', language: '!!' }, 'language')
  await refused(amina, '/lessons/anonymous', '/lessons/anonymous', {}, 'title')
})

test('forms of records: withdrawing, translating, merging, a national submission', async () => {
  const app = await testApp()
  const keeper = app.as('curator')
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const focal = await person(app, 'Fatou', { roles: ['focal-point'], country: 'SN' })
  const { id } = await keeper('practices.share', { ...practice, originalLanguage: 'en', countries: ['SN'] })
  const at = (part: string) => `/records/${id}/${part}`
  await refused(chen, at('withdraw'), at('withdraw'), { reason: '', revision: '1' }, 'reason')
  await refused(chen, at('translate/fr'), at('translate/fr'), { revision: '1', title: 'x'.repeat(100_000) }, 'title')
  await refused(
    focal,
    at('national-submission'),
    at('national-submission'),
    { statement: 'x'.repeat(100_000) },
    'statement',
  )
  const { id: other } = await keeper('practices.share', {
    ...practice,
    originalLanguage: 'en',
    title: { en: 'Another radio' },
  })
  const merging = { into: other, revision: '1', intoRevision: '1', reason: '' }
  await refused(chen, `${at('merge')}?into=${other}`, at('merge'), merging, 'reason')
  await chen.open(`/en${at('merge')}`)
  const answer = await chen.post(`/en${at('merge')}`, { csrf: csrfOf(chen.page), ...merging, into: 'nothing' }, {})
  assert.equal(answer.status, 422)
  assert.match(answer.body, /role="alert"/)
})

test('forms of collections, of people and of translators', async () => {
  const app = await testApp()
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const olga = await person(app, 'Olga', { roles: ['operator'] })
  const ben = await person(app, 'Ben')
  const id = await collectionWith(app, {}, chen)
  const at = `/collections/${id}`
  await refused(chen, at, `${at}/invite`, { record: 'nothing', note: '' }, 'record')
  await refused(chen, at, `${at}/curators`, { email: 'nobody', appointPassword: password }, 'email')
  await refused(chen, at, `${at}/curators`, { email: ben.email, appointPassword: 'wrong' }, 'appointPassword')
  await refused(chen, '/collections/new', '/collections/new', {}, 'title')
  await refused(chen, `${at}/change`, `${at}/change`, { title: '', revision: '1' }, 'title')
  await refused(
    olga,
    `/people/${ben.id}`,
    `/people/${ben.id}`,
    { state: 'active', managePassword: 'wrong' },
    'managePassword',
  )
  await refused(
    olga,
    `/people/${ben.id}`,
    `/people/${ben.id}`,
    { roles: 'king', state: 'active', managePassword: 'wrong' },
    'roles',
  )
  await refused(chen, '/translators', '/translators', { email: '', language: '', appointPassword: password }, 'email')
  await refused(
    chen,
    '/translators',
    '/translators',
    { email: ben.email, language: 'klingonish!', appointPassword: password },
    'language',
  )
})

test('a spreadsheet: no file', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  await amina.open('/en/sheets')
  const none = await amina.send('/sheets', { kind: 'practice' }, { files: {} })
  assert.equal(none.status, 422)
  assert.match(none.body, /id="f-file-error"/)
})
