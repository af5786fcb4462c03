/** What is in a collection: records that are invited and taken out, and the collection itself, begun by a form. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, collectionWith, submitted } from '../../../../test/acting.ts'
import { problemOf, testApp, usualNow } from '../../../../test/app.ts'
import { lettersOf, password, person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'

const levels = [1, 2].map((number) => ({ number, description: { en: `Level ${number}` } }))
const rubricOfTwo = {
  title: { en: 'Two questions' },
  originalLanguage: 'en',
  criteria: [{ code: 'clarity', name: { en: 'Clear' }, levels }],
}

test('a record is invited: its owner says yes or no, and one without an owner is taken in', async () => {
  let now = usualNow
  const app = await testApp({ now: () => now })
  const amina = await person(app, 'Amina')
  const chen = await person(app, 'Chen')
  const first = await collectionWith(app, { reviewsNeeded: 0 }, chen)
  const other = await collectionWith(app, { title: { en: 'Radio of the world' } }, chen)
  const id = await submitted(app, amina, { collection: first })
  await as(app, chen)('drafts.step', { id, revision: 1, step: 'publish' })
  await chen.open(`/en/collections/${other}`)
  const odd = await chen.send(`/collections/${other}/invite`, { record: 'nothing of ours' })
  assert.equal(odd.status, 422)
  await chen.send(`/collections/${other}/invite`, {
    record: `http://localhost/en/records/${id}`,
    note: 'It would fit.',
  })
  assert.match(chen.page, /Invited, not answered yet[^]*Radio lessons/)
  assert.match((await lettersOf(app)).at(-1)!, /To: amina[^]*Radio of the world[^]*> It would fit\./)
  assert.doesNotMatch((await app.get(`/en/collections/${other}`)).body, /Radio lessons/)

  await amina.open('/en/collections')
  await amina.send(`/collections/${other}/answer`, { accepts: 'true' })
  assert.match((await app.get(`/en/collections/${other}`)).body, /Radio lessons/)
  assert.match(
    (await app.get(`/en/records/${id}`)).body,
    /In collections(?=[^]*Collection of the Ministry)[^]*Radio of the world/,
  )
  assert.equal(
    await problemOf(as(app, amina)('collections.answer', { id: other, record: id, accepts: false })),
    'notFound',
  )

  const third = await collectionWith(app, { title: { en: 'Radio of the south' } }, chen)
  const invite = () => as(app, chen)('collections.invite', { id: third, record: id })
  const letters = async () =>
    (await lettersOf(app)).filter((one) => one.includes(`To: ${amina.email}`) && /Radio of the south/.test(one)).length
  await invite()
  await as(app, amina)('collections.answer', { id: third, record: id, accepts: false })
  await chen.open(`/en/collections/${third}`)
  const again = await chen.send(`/collections/${third}/invite`, { record: id })
  assert.equal(again.status, 422)
  assert.match(again.body, /was invited recently: its owner can be asked again from 2026-04-02/)
  await as(app, chen)('collections.remove', { id: third, record: id })
  assert.equal(await problemOf(invite()), 'invalid', 'taking it out is no way around')
  now = new Date('2026-04-02T03:04:06Z')
  await invite()
  await as(app, chen)('collections.remove', { id: third, record: id })
  assert.equal(await problemOf(invite()), 'invalid', 'nor taking back what was asked')
  assert.equal(await letters(), 2)

  const { id: imported } = await app.as('curator')('practices.share', {
    ...practice,
    originalLanguage: 'en',
    title: { en: 'By others' },
  })
  assert.equal((await as(app, chen)('collections.invite', { id: other, record: imported })).state, 'member')
  assert.equal(await problemOf(as(app, amina)('collections.invite', { id: other, record: imported })), 'forbidden')
  await as(app, amina)('collections.remove', { id: other, record: id })
  assert.doesNotMatch((await app.get(`/en/collections/${other}`)).body, /Radio lessons/)
  assert.equal(await problemOf(as(app, chen)('collections.invite', { id: other, record: id })), 'invalid')
})

test('an operator begins a collection by a form, in Arabic, and people submit to it from its page', async () => {
  const app = await testApp()
  const fatou = await person(app, 'Fatou', { roles: ['operator'], language: 'ar' })
  await fatou.open('/ar/collections/new')
  const wrong = await fatou.send('/collections/new', {
    title: 'مجموعة الوزارة',
    requires: 'nothing',
    reviewsNeeded: '2',
  })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /value="مجموعة الوزارة"/, 'what was typed is there again')
  await fatou.send('/collections/new', {
    title: 'مجموعة الوزارة',
    requires: 'evidence',
    reviewsNeeded: '2',
    blindness: 'both-unnamed',
  })
  const id = /\/collections\/([0-9a-z]{16})/.exec(fatou.at)![1]!
  assert.match(fatou.page, /تلزم مراجعتان قبل أن يقرر أمين المحتوى/)
  const { id: rubric } = await app.as('curator')('rubrics.share', rubricOfTwo)
  await fatou.open(`/ar/collections/${id}/change`)
  assert.match(fatou.page, new RegExp(`<select[^>]* name="rubric"[^]*<option value="${rubric}">Two questions`))
  await fatou.send(`/collections/${id}/change`, { rubric })
  await fatou.open(`/en/collections/${id}/change`)
  assert.match(fatou.page, /<a href="[^"]*">Two questions/, 'the rubric is told by its title')
  assert.match(fatou.page, new RegExp(`<option value="${rubric}" selected>Two questions`))
  assert.match(fatou.page, /type="checkbox" name="requires" value="evidence"[^>]* checked/)
  assert.match(fatou.page, /type="checkbox" name="requires" value="setUpCost"[^]{0,80}Set-up cost/)
  await fatou.open(`/ar/collections/${id}`)
  const amina = await person(app, 'Amina')
  await fatou.send(`/collections/${id}/curators`, { email: 'nobody@example.org', appointPassword: password })
  assert.match(fatou.page, /ليس اسمًا أو عنوانًا لأي شخص له حساب هنا/)
  await fatou.open(`/en/collections/${id}`)
  await fatou.send(`/collections/${id}/curators`, { email: amina.email, appointPassword: password })
  assert.match(fatou.page, /<bdi>Amina<\/bdi>/)
  await amina.open(`/en/share?collection=${id}`)
  await amina.send('/share', { kind: 'practice', language: 'en' })
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  await amina.open(`/en/drafts/${draft}`)
  assert.match(amina.page, new RegExp(`<option value="${id}" selected`))
  await amina.send(`/drafts/${draft}/collection`, { collection: '' })
  assert.doesNotMatch(amina.page, new RegExp(`<option value="${id}" selected`))
})

test('a curator of a collection is found by name, and a record by its title, without scripts', async () => {
  const app = await testApp()
  const fatou = await person(app, 'Fatou', { roles: ['curator'] })
  const amina = await person(app, 'Amina Diallo')
  await person(app, 'Amina Sow')
  const share = app.as('curator')
  const { id } = await share('curated-collections.share', { title: { en: 'Radio' }, originalLanguage: 'en' })
  const at = `/collections/${id}`
  await fatou.open(`/en${at}`)
  await fatou.send(`${at}/curators`, { email: 'ami', appointPassword: password })
  assert.match(fatou.page, /Amina Diallo[^]*a…@example\.org[^]*Amina Sow/, 'those who may be meant, to choose from')
  assert.doesNotMatch(fatou.page, /amina\.diallo@|amina\.sow@/, 'their addresses are not told')
  const chosen = new RegExp(`name="account" value="(${amina.id})"`).exec(fatou.page)![1]!
  await fatou.send(`${at}/curators`, { email: 'somebody else', account: chosen, appointPassword: password })
  assert.match(fatou.page, /neither the name nor the address/, 'what is typed since counts, not what was chosen before')
  await fatou.send(`${at}/curators`, { email: 'ami', appointPassword: password })
  await fatou.send(`${at}/curators`, { account: chosen, appointPassword: password })
  assert.match(fatou.page, /<li><bdi>Amina Diallo<\/bdi>/)

  const one = await share('practices.share', {
    title: { en: 'Lessons by radio' },
    originalLanguage: 'en',
    type: 'practice',
  })
  await share('practices.share', { title: { en: 'Lessons by post' }, originalLanguage: 'en', type: 'practice' })
  await fatou.open(`/en${at}`)
  await fatou.send(`${at}/invite`, { record: 'lessons' })
  assert.match(fatou.page, /may mean the records listed below[^]*Lessons by radio/)
  await fatou.send(`${at}/invite`, { picked: one.id })
  assert.match(fatou.page, /class="cards"[^]*Lessons by radio/)
  await fatou.send(`${at}/invite`, { record: 'Lessons by post' })
  assert.match(fatou.page, /class="cards"[^]*Lessons by post/, 'one that is called exactly so is meant')
  await fatou.send(`${at}/invite`, { record: 'Nothing of the kind' })
  assert.match(fatou.page, /neither|is not the title or the address of a published record/)

  await amina.open(`/en${at}`)
  await assert.rejects(app.as('reviewer')('accounts.find', { q: 'amina' }), { code: 'forbidden' })
})
