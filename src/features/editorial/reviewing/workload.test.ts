/** The queue as far as it is asked for, and who has how much to review. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../../test/app.ts'
import { as, give, submitted } from '../../../../test/acting.ts'
import { practice } from '../../../../test/practice.ts'
import { person } from '../../../../test/people.ts'
import { medianOf } from './workload.ts'

const dayMs = 86_400_000

test('curators find by collection, kind, reviewer and what is late, page by page, and see who has how much', async () => {
  let now = new Date('2026-03-01T08:00:00Z')
  const after = (days: number) => (now = new Date(Date.parse('2026-03-01T08:00:00Z') + days * dayMs))
  const app = await testApp({ now: () => now })
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  const lin = await person(app, 'Lin', { roles: ['reviewer'] })
  const [curator, author] = [as(app, chen, 'curator'), as(app, amina)]
  const { id: collection } = await curator('curated-collections.share', {
    title: { en: 'Africa' },
    originalLanguage: 'en',
  })
  const submit = (title: string, within?: string) =>
    submitted(app, amina, { collection: within, values: { ...practice, title: { en: title } } })
  const first = await submit('First', collection)
  after(0.1)
  const second = await submit('Second')
  after(0.2)
  await submit('Third')
  after(0)
  await give(app, chen, first, omar, '2026-03-05')
  await give(app, chen, second, omar, '2026-03-30')
  await give(app, chen, second, lin, '2026-03-05')
  after(3)
  await as(app, omar, 'reviewer')('reviews.write', { id: first, language: 'en', verdict: 'sound', handIn: true })
  after(10)

  const titles = async (filters: object) =>
    (await curator('reviews.queue', filters)).drafts.map(({ title }: any) => title.en)
  assert.deepEqual(await titles({}), ['First', 'Second', 'Third'])
  assert.deepEqual(await titles({ collection }), ['First'])
  assert.deepEqual(await titles({ reviewer: omar.id }), ['First', 'Second'])
  assert.deepEqual(await titles({ overdue: true }), ['Second'], 'what was handed in is not late')
  assert.deepEqual(await titles({ overdue: true, reviewer: omar.id }), [], 'nor is what is late for somebody else')
  assert.deepEqual(await titles({ kind: 'lesson' }), [])
  const page = await curator('reviews.queue', { limit: 2 })
  assert.equal(page.next, 2)
  assert.deepEqual(await titles({ limit: 2, after: page.next }), ['Third'])

  const { reviewers } = await curator('reviews.workload')
  assert.deepEqual(
    reviewers.map(({ id: _, ...load }: any) => load),
    [
      { name: 'Lin', open: 1, overdue: 1, done: 0, medianDays: null },
      { name: 'Omar', open: 1, overdue: 0, done: 1, medianDays: 3 },
    ],
  )
  assert.equal(await problemOf(as(app, omar, 'reviewer')('reviews.workload')), 'forbidden')

  await curator('drafts.step', { id: first, revision: 1, step: 'requestChanges', note: 'More.' })
  assert.deepEqual(await titles({ overdue: true }), ['Second'], 'what is with its authors is not late')
  after(11)
  await author('drafts.step', { id: first, revision: 1, step: 'submit' })
  const again = async () => (await curator('reviews.workload')).reviewers.find(({ id }: any) => id === omar.id)
  assert.deepEqual(await again(), { id: omar.id, name: 'Omar', open: 2, overdue: 1, done: 1, medianDays: 3 })
  assert.deepEqual(await titles({ overdue: true }), ['Second', 'First'], 'a second round is late too')
  await give(app, chen, first, omar, '2026-03-20')
  assert.deepEqual(await titles({ overdue: true }), ['Second'], 'until it is given another day')
  after(12)
  await as(app, omar, 'reviewer')('reviews.write', { id: first, language: 'en', verdict: 'sound', handIn: true })
  assert.deepEqual(await again(), { id: omar.id, name: 'Omar', open: 1, overdue: 0, done: 2, medianDays: 2 })

  await chen.open('/en/sign-in')
  await chen.send('/sign-in', { email: chen.email, password: 'seven quiet radios' })
  await chen.open('/en/queue?overdue=true')
  assert.match(chen.page, /Second/)
  assert.doesNotMatch(chen.page, /Third/)
  assert.match(chen.page, /name="overdue" value="true" checked/)
  assert.match(chen.page, /Reviewers’ workload[^]*Lin[^]*<strong>1<\/strong>[^]*Omar/)
  await chen.open(`/en/queue?collection=${collection}`)
  assert.match(chen.page, /First[^]*Africa/)
})

test('a curator reads whether anybody has a submission; a reviewer is not told to write it', async () => {
  const app = await testApp()
  const [amina, chen, omar] = [
    await person(app, 'Amina'),
    await person(app, 'Chen', { roles: ['curator'] }),
    await person(app, 'Omar', { roles: ['reviewer'] }),
  ]
  const id = await submitted(app, amina)
  await chen.open('/en/desk')
  assert.match(chen.page, /1 submission to assign, decide on or publish[^]*No submission is assigned to you/)
  assert.doesNotMatch(chen.page, /Nothing is waiting/)
  await chen.open(`/en/drafts/${id}`)
  assert.match(chen.page, /class="lead">Submitted\. Nobody is assigned to review it yet/)
  await chen.send(`/drafts/${id}/steps`, { step: 'take' })
  assert.match(
    chen.page,
    /class="lead">In review\. Nobody is assigned to review it yet\. Assign a reviewer below, or yourself/,
  )
  await chen.send(`/queue/${id}/assign`, { reviewer: omar.id })
  await chen.open(`/en/drafts/${id}`)
  assert.match(chen.page, /class="lead">In review\. [^<]*Assigned to Omar\./)

  await omar.open(`/en/drafts/${id}`)
  assert.match(omar.page, /of all fields are filled in\./)
  assert.doesNotMatch(omar.page, /You can complete the rest later/)
  await chen.send(`/drafts/${id}/steps`, { step: 'requestChanges', note: 'Say more.' })
  assert.match(chen.page, /Changes requested\. Its authors are making the changes/)
  await amina.open(`/en/drafts/${id}`)
  assert.match(amina.page, /Read the comments, make the changes[^]*You can complete the rest later/)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  assert.match(amina.page, /Submitted\. It is waiting for review/)
  await chen.open(`/en/drafts/${id}`)
  assert.match(chen.page, /Submitted\. [^<]*Assigned to Omar/, 'who had it has it still')
})

test('who curates a collection sees what waits there, and nothing of other collections', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const sam = await person(app, 'Sam')
  const keeper = app.as('curator')
  const ids: string[] = []
  for (const title of ['Own', 'Other']) {
    const { id } = await keeper('curated-collections.share', { title: { en: title }, originalLanguage: 'en' })
    await submitted(app, amina, { collection: id })
    ids.push(id)
  }
  assert.equal((await sam.open('/en/queue')).status, 403)
  await keeper('collections.appoint', { id: ids[0], email: sam.email })
  const { drafts } = await as(app, sam)('reviews.queue')
  assert.deepEqual(
    drafts.map(({ collection }: any) => collection.title.en),
    ['Own'],
  )
  assert.equal(await problemOf(as(app, sam)('reviews.queue', { collection: ids[1] })), 'forbidden')
  assert.equal((await sam.open('/en/queue')).status, 200)
})

test('the median of days is the middle one, or between the two in the middle', () => {
  assert.equal(medianOf([]), null)
  assert.equal(medianOf([4, 1, 2]), 2)
  assert.equal(medianOf([1, 2, 4, 10]), 3)
})
