/** What comes back after changes is reviewed anew, and what was found before is not lost; who may judge, and who not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp, type TestApp } from '../../../../test/app.ts'
import { drafts } from '../drafts/store.ts'
import { as, collectionWith, give, submitted } from '../../../../test/acting.ts'
import { password, person, type Person } from '../../../../test/people.ts'

/** A practice of Amina, submitted and given to Omar; Chen curates. */
async function underReview(reviewerName = 'Omar') {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const omar = await person(node, reviewerName, { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await submitted(node, amina)
  await give(node, chen, id, omar)
  return { app: node, amina, omar, chen, id }
}

async function publish(node: TestApp, curator: Person, id: string, revision = 1): Promise<void> {
  const ask = as(node, curator, 'curator')
  await ask('drafts.step', { id, revision, step: 'accept', verdict: 'sound' })
  await ask('drafts.step', { id, revision, step: 'publish' })
}

const handIn = (node: TestApp, reviewer: Person, id: string, summary: string) =>
  as(node, reviewer, 'reviewer')('reviews.write', { id, language: 'en', verdict: 'sound', summary, handIn: true })

/** Sent back, changed, and submitted anew. */
async function anotherRound(node: TestApp, curator: Person, author: Person, id: string): Promise<number> {
  const { revision } = await as(node, curator, 'curator')('drafts.read', { id })
  await as(node, curator, 'curator')('drafts.step', { id, revision, step: 'requestChanges', note: 'More, please.' })
  const values = { title: { en: `Radio lessons, told in ${revision + 1} ways` } }
  await as(node, author)('drafts.save', { id, revision, values })
  await as(node, author)('drafts.step', { id, revision: revision + 1, step: 'submit' })
  return revision + 1
}

test('what was found before changes stays to be read, and the last review of each is published', async () => {
  const { app: node, amina, omar, chen, id } = await underReview()
  const lin = await person(node, 'Lin', { roles: ['reviewer'] })
  const eve = await person(node, 'Eve', { roles: ['reviewer'] })
  await give(node, chen, id, lin)
  await handIn(node, omar, id, 'Omar at first')
  await handIn(node, lin, id, 'Lin at first')
  const revision = await anotherRound(node, chen, amina, id)
  await give(node, chen, id, eve)

  for (const who of [chen, amina, omar, lin]) {
    await who.open(`/en/drafts/${id}/reviews`)
    assert.match(who.page, /No reviews submitted yet[^]*Round 1, before changes[^]*Omar at first/, who.email)
    assert.match(who.page, /Lin at first/, who.email)
    await who.open(`/en/drafts/${id}`)
    assert.match(who.page, /2 from earlier rounds/, who.email)
  }
  await eve.open(`/en/drafts/${id}/reviews`)
  assert.doesNotMatch(eve.page, /at first/, 'whoever comes to it later judges alone too')
  await handIn(node, eve, id, 'Eve sees it so')
  await eve.open(`/en/drafts/${id}/reviews`)
  assert.match(eve.page, /Omar at first/)
  await omar.open(`/en/drafts/${id}/review`)
  assert.doesNotMatch(omar.page, /Omar at first/, 'a new round begins with an empty form')
  await handIn(node, omar, id, 'Omar in the end')
  await amina.open(`/en/drafts/${id}/reviews`)
  assert.doesNotMatch(amina.page, /Eve sees it so|Omar in the end/, 'authors wait for the decision of this round')

  await publish(node, chen, id, revision)
  const { records } = await node.as()('reviews.list')
  const told = records.map(({ body }: any) => [body.summary.en, body.revision ?? null, body.earlierText ?? false])
  assert.deepEqual(told.toSorted(), [
    ['Eve sees it so', 1, false],
    ['Lin at first', null, true],
    ['Omar in the end', 1, false],
  ])
  const { reviewers } = await node.as()('reviews.state', { id })
  assert.deepEqual(reviewers.toSorted(), ['Eve', 'Lin', 'Omar'])
  const lins = records.find(({ body }: any) => body.earlierText)
  assert.match((await node.get(`/en/records/${lins.id}`)).body, /From an earlier text/)
})

test('a round that nobody decided tells authors nothing when they take it back and submit it anew', async () => {
  const { app: node, amina, omar, chen, id } = await underReview()
  await handIn(node, omar, id, 'Not to be told yet')
  for (const step of ['withdraw', 'reopen', 'submit']) await as(node, amina)('drafts.step', { id, revision: 1, step })
  assert.deepEqual((await as(node, amina)('reviews.written', { id })).reviews, [])
  assert.equal((await as(node, chen, 'curator')('reviews.written', { id })).reviews[0].isEarlier, true)
})

test('a reviewer who did not say whether they have an interest takes no step', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await submitted(node, amina)
  const noDay = { id, reviewer: omar.id, dueOn: '2026-13-45' }
  await assert.rejects(as(node, chen, 'curator')('reviews.assign', noDay), { code: 'invalid' })
  await as(node, chen, 'curator')('reviews.assign', { id, reviewer: omar.id })
  const reviewer = as(node, omar, 'reviewer')
  const accept = { id, revision: 1, step: 'accept', verdict: 'sound' }
  assert.equal(await problemOf(reviewer('drafts.step', accept)), 'forbidden')
  assert.deepEqual((await reviewer('drafts.read', { id })).mayStep, [])
  await reviewer('reviews.declare', { id, hasInterest: false })
  await reviewer('drafts.step', accept)
})

test('what was handed in is not given back; who finds an interest in a later round takes their review with them', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen')
  const collection = await collectionWith(node, { reviewsNeeded: 1 }, chen)
  const id = await submitted(node, amina, { collection })
  await give(node, chen, id, omar)
  await handIn(node, omar, id, 'All is well')
  const reviewer = as(node, omar, 'reviewer')
  assert.equal(await problemOf(reviewer('reviews.declare', { id, hasInterest: true })), 'invalid')
  assert.equal((await as(node, chen)('reviews.assignments', { id })).assignments.length, 1)

  const revision = await anotherRound(node, chen, amina, id)
  await handIn(node, await other(), id, 'Without an interest')
  await reviewer('reviews.declare', { id, hasInterest: true })
  await as(node, chen)('drafts.step', { id, revision, step: 'accept', verdict: 'sound' })
  await as(node, chen)('drafts.step', { id, revision, step: 'publish' })
  const { records } = await node.as()('reviews.list')
  assert.deepEqual(
    records.map(({ body }: any) => body.summary.en),
    ['Without an interest'],
  )

  async function other(): Promise<Person> {
    const lin = await person(node, 'Lin', { roles: ['reviewer'] })
    await give(node, chen, id, lin)
    return lin
  }
})

test('a reviewer who has come to work where its author does leaves the verdict to others; a curator gives it', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const dao = await person(node, 'Dao', { roles: ['reviewer'] })
  const id = await submitted(node, amina)
  await give(node, chen, id, dao)
  const { id: school } = await node.as('curator')('organisations.share', {
    title: { en: 'School' },
    originalLanguage: 'en',
  })
  const change = (who: Person, name: string) =>
    as(node, who)('accounts.change', { language: 'en', affiliations: [school], name })
  await change(amina, 'Amina')
  await change(dao, 'Dao')
  await change(chen, 'Chen')
  const accept = { id, revision: 1, step: 'accept', verdict: 'sound' }
  assert.equal(await problemOf(as(node, dao, 'reviewer')('drafts.step', accept)), 'invalid')
  // In a node whose people all work in one place nobody could decide else; the name stands beside the verdict.
  await as(node, chen, 'curator')('drafts.step', accept)
})

test('who leaves without their name leaves no name in what they reviewed; what they wrote they take along', async () => {
  const { app: node, omar, chen, id } = await underReview('Omarzzz')
  await as(node, omar, 'reviewer')('drafts.comment', { id, place: 'problem', text: 'How far?' })
  await handIn(node, omar, id, 'All is well')
  await publish(node, chen, id)
  const [review] = (await node.as()('reviews.list')).records
  const pages = [`/en/records/${id}`, `/en/records/${review.id}`, `/records/${review.id}.json`]
  const shown = async () => (await Promise.all(pages.map(async (path) => (await node.get(path)).body))).map(isTold)
  const isTold = (page: string) => /<bdi>Omarzzz|(and|by|,|") ?Omarzzz|"Omarzzz"/.test(page)
  assert.deepEqual(await shown(), [true, true, true])

  const own = await as(node, omar)('accounts.export')
  assert.equal(own.reviews[0].summary, 'All is well')
  assert.equal(own.reviews[0].publishedAs, review.id)
  assert.equal(own.comments[0].text, 'How far?')
  assert.deepEqual([own.drafts, own.spreadsheets, own.collections], [[], [], []])

  await omar.open('/en/account')
  await omar.send('/account/erase', { erasePassword: password, keepName: 'false' })
  await node.app.followOwn()
  assert.deepEqual((await node.as()('reviews.state', { id })).reviewers, [])
  const after = await node.as()('records.read', { id: review.id })
  assert.deepEqual([after.body.creators, after.body.unnamed, after.revision], [undefined, true, 2])
  assert.equal(after.note, 'The reviewer has removed their name.')
  assert.deepEqual(await shown(), [false, false, false])
  const found = (await node.get('/en/search?q=Omarzzz')).body
  assert.ok(!found.includes(review.id), 'nor is it found by it')
})

test('verdicts that were kept with names stay readable, and lose the name of who leaves without it', async () => {
  const { app: node, omar, chen, id } = await underReview()
  await handIn(node, omar, id, 'All is well')
  await publish(node, chen, id)
  await node.app.database.write((tx) => drafts(tx).setReviewers(id, 1, JSON.stringify(['Omar', 'Lin'])))
  assert.deepEqual((await node.as()('reviews.state', { id })).reviewers, ['Omar', 'Lin'])
  await omar.open('/en/account')
  await omar.send('/account/erase', { erasePassword: password, keepName: 'false' })
  assert.deepEqual((await node.as()('reviews.state', { id })).reviewers, ['Lin'])
})

test('who curates a collection finds it in what they take along, and authors what they write', async () => {
  const node = await testApp()
  const chen = await person(node, 'Chen')
  const collection = await collectionWith(node, {}, chen)
  await as(node, chen)('drafts.begin', { kind: 'lesson', language: 'en', values: { title: { en: 'Half a thought' } } })
  const own = await as(node, chen)('accounts.export')
  assert.deepEqual(own.collections, [{ id: collection, title: { en: 'Collection of the Ministry' } }])
  assert.equal(own.drafts[0].body.title.en, 'Half a thought')
})
