/** Collections: their policies bind, their curators decide there and nowhere else, and names are kept where promised. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp, type TestApp } from '../../../../test/app.ts'
import { as, collectionWith, submitted } from '../../../../test/acting.ts'
import { lettersOf, person, type Person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'

const ministry = { title: { en: 'Collection of the Ministry' }, originalLanguage: 'en' }

/** All that an author, or a reader, can get hold of: pages, API, formats, e-mails. */
async function allThatReach(app: TestApp, who: Person | undefined, id: string): Promise<string> {
  const paths = [
    `/en/records/${id}`,
    `/en/records/${id}/history`,
    `/records/${id}.json`,
    `/records/${id}.jsonld`,
    `/records/${id}.bib`,
    `/api/records/${id}/review`,
    `/api/records/${id}/history`,
    '/api/reviews',
    '/api/collections',
    '/en/collections',
    '/en/search?q=radio',
    '/api/records/changes',
  ]
  const drafts = ['', '/reviews', '/edit/what'].map((part) => `/en/drafts/${id}${part}`)
  const pages = await Promise.all(paths.map(async (path) => (await app.get(path)).body))
  if (who)
    for (const path of [...drafts, '/en/desk', '/en/queue', `/en/queue?mine=true`])
      pages.push((await who.open(path)).body)
  if (who)
    for (const [name, input] of [
      ['drafts.read', { id }],
      ['drafts.steps', { id }],
      ['drafts.comments', { id }],
      ['reviews.written', { id }],
      ['reviews.assignments', { id }],
      ['drafts.list', {}],
    ] as const)
      pages.push(JSON.stringify(await as(app, who)(name, input)))
  return pages.join('\n')
}

test('where reviewers stay unnamed, no page, answer, e-mail or export gives them away to authors and readers', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omarzzz', { roles: ['reviewer'] })
  const chen = await person(app, 'Chen')
  const collection = await collectionWith(app, { blindness: 'reviewers-unnamed', reviewsNeeded: 1 }, chen)
  const id = await submitted(app, amina, { collection })
  const [reviewer, curator] = [as(app, omar, 'reviewer'), as(app, chen)]
  const tells = async (who?: Person) => {
    const all = await allThatReach(app, who, id)
    for (const secret of [omar.id, 'Omarzzz', omar.email]) assert.ok(!all.includes(secret), `${secret} is told`)
    return all
  }
  await curator('reviews.assign', { id, reviewer: omar.id })
  await reviewer('reviews.declare', { id, hasInterest: false, note: 'I once met Omarzzz.' })
  await reviewer('drafts.comment', { id, place: 'problem', text: 'How far?' })
  await tells(amina)
  await amina.open(`/en/drafts/${id}`)
  assert.match(amina.page, /anonymous[^]*How far\?/, 'the comment itself is there')
  await reviewer('reviews.write', { id, language: 'en', verdict: 'sound', summary: 'Good.', handIn: true })
  const draft = await curator('drafts.read', { id })
  await curator('drafts.step', { id, revision: draft.revision, step: 'accept', verdict: 'sound' })
  await curator('drafts.step', { id, revision: draft.revision, step: 'publish' }).catch((error: unknown) =>
    assert.fail(String(error)),
  )

  const told = await tells(amina)
  assert.match(told, /Reviewer 1 \(anonymous\)/)
  await tells()
  const page = (await app.get(`/en/records/${id}`)).body
  assert.match(page, /anonymous reviewers, appointed by Collection of the Ministry/)
  assert.match(page, /In collections[^]*Collection of the Ministry/)
  const { records } = await app.as()('reviews.list')
  assert.equal(records[0].body.unnamed, true)
  assert.equal(records[0].body.creators, undefined)
  assert.equal(records[0].body.interest, undefined)
  for (const letter of await lettersOf(app)) if (/To: amina/.test(letter)) assert.doesNotMatch(letter, /Omarzzz/)
  const seenByCurator = await curator('reviews.written', { id })
  assert.equal(seenByCurator.reviews[0].reviewer, 'Omarzzz', 'who decides knows whom they asked')
})

test('an author who reviews for the node learns nothing of the reviewers of their own work from the queue', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina', { roles: ['reviewer', 'curator'] })
  const omar = await person(app, 'Omarzzz', { roles: ['reviewer'] })
  const chen = await person(app, 'Chen')
  const collection = await collectionWith(app, { blindness: 'reviewers-unnamed' }, chen)
  const id = await submitted(app, amina, { collection })
  await as(app, chen)('reviews.assign', { id, reviewer: omar.id })
  const ask = as(app, amina, 'reviewer', 'curator')
  assert.deepEqual((await ask('reviews.queue')).drafts[0].assignments, [])
  assert.deepEqual((await ask('reviews.queue', { reviewer: omar.id })).drafts, [])
  const first = await ask('reviews.queue', { reviewer: omar.id, limit: 1 })
  assert.deepEqual(first, { drafts: [], next: null }, 'nor from there being a next page')
  assert.equal(await problemOf(ask('reviews.reviewers', { id })), 'forbidden')
  assert.equal((await as(app, chen)('reviews.queue', { reviewer: omar.id })).drafts.length, 1)
  assert.deepEqual((await ask('reviews.workload')).reviewers, [], 'nor from who has one more to do')
  assert.equal((await as(app, chen)('reviews.workload')).reviewers[0].open, 1)
  const bela = await person(app, 'Bela')
  const other = await submitted(app, bela, { collection })
  const { reviewers } = await ask('reviews.reviewers', { id: other })
  assert.equal(reviewers.find(({ id: one }: any) => one === omar.id).open, 0, 'nor where one gives the work of others')
})

test('where authors stay unnamed too, reviewers judge without learning whose work it is', async () => {
  const app = await testApp()
  const amina = await person(app, 'Aminazzz')
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  const chen = await person(app, 'Chen')
  const collection = await collectionWith(app, { blindness: 'both-unnamed' }, chen)
  const { id: school } = await app.as('curator')('organisations.share', {
    title: { en: 'Schoolzzz' },
    originalLanguage: 'en',
  })
  const values = {
    ...practice,
    contact: 'radio@aminazzz.example',
    organisations: [{ organisation: school, role: 'lead' }],
  }
  const id = await submitted(app, amina, { collection, values })
  await as(app, amina)('drafts.comment', { id, text: 'Please be kind.' })
  await as(app, chen)('reviews.assign', { id, reviewer: omar.id })
  await omar.open(`/en/drafts/${id}`)
  await omar.send(`/queue/${id}/declare`, { hasInterest: 'false' })
  const seen = []
  for (const path of [
    `/en/drafts/${id}`,
    `/en/drafts/${id}/review`,
    `/en/drafts/${id}/edit/what`,
    `/en/drafts/${id}/edit/people`,
    `/en/drafts/${id}/edit/governance`,
    '/en/queue',
    '/en/desk',
  ])
    seen.push((await omar.open(path)).body)
  const ask = as(app, omar, 'reviewer')
  for (const [name, input] of [
    ['drafts.read', { id }],
    ['drafts.steps', { id }],
    ['drafts.comments', { id }],
    ['reviews.queue', {}],
  ] as const)
    seen.push(JSON.stringify(await ask(name, input)))
  for (const secret of ['Aminazzz', amina.id, amina.email, 'aminazzz.example', 'Schoolzzz', school])
    assert.ok(!seen.join('\n').includes(secret), secret)
  assert.match(seen[0]!, /Authors are anonymous to reviewers/)
  await chen.open(`/en/drafts/${id}`)
  assert.match(chen.page, /Aminazzz/, 'who decides sees both')
  await chen.open(`/en/drafts/${id}/edit/governance`)
  assert.match(chen.page, /radio@aminazzz/)
  assert.deepEqual((await as(app, amina)('drafts.read', { id })).withheld, [])
})

test('a promise to stay unnamed outlives a change of policy, and a draft does not change its collection once submitted', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omarzzz', { roles: ['reviewer'] })
  const chen = await person(app, 'Chen')
  const collection = await collectionWith(app, { blindness: 'reviewers-unnamed' }, chen)
  const id = await submitted(app, amina, { collection })
  await as(app, chen)('reviews.assign', { id, reviewer: omar.id })
  await as(app, omar, 'reviewer')('reviews.declare', { id, hasInterest: false })
  await as(app, omar, 'reviewer')('drafts.comment', { id, text: 'How far?' })
  await app.as('curator')('curated-collections.revise', {
    id: collection,
    revision: 1,
    body: { ...ministry, blindness: 'open' },
  })
  const ask = as(app, amina)
  assert.ok(!JSON.stringify(await ask('drafts.comments', { id })).includes('Omarzzz'))
  await ask('drafts.step', { id, revision: 1, step: 'withdraw' })
  await ask('drafts.step', { id, revision: 1, step: 'reopen' })
  assert.equal(await problemOf(ask('drafts.choose', { id, collection: null })), 'forbidden')
})

test('a collection asks for more: fields, notes, reasons of its own, reviews before a decision', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  const chen = await person(app, 'Chen')
  const policy = {
    requires: ['setUpCost'],
    noteNeeded: true,
    reasons: ['complete', 'incomplete'],
    reviewsNeeded: 1,
    publishesReviews: false,
  }
  const collection = await collectionWith(app, policy, chen)
  const ask = as(app, amina)
  const { id } = await ask('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  await ask('drafts.choose', { id, collection })
  await amina.open(`/en/drafts/${id}`)
  const refused = await amina.send(`/drafts/${id}/steps`, { step: 'submit', note: 'Ready.' })
  assert.match(refused.body, /edit\/cost#f-setUpCost/)
  await ask('drafts.save', { id, revision: 1, values: { setUpCost: { amount: 100, currency: 'KES' } } })
  assert.equal(await problemOf(ask('drafts.step', { id, revision: 2, step: 'submit' })), 'invalid', 'a note is missing')
  await ask('drafts.step', { id, revision: 2, step: 'submit', note: 'Ready.' })

  const [curator, reviewer] = [as(app, chen), as(app, omar, 'reviewer')]
  const accept = { id, revision: 2, step: 'accept', verdict: 'sound', note: 'Fine.', reason: 'complete' }
  assert.equal(await problemOf(curator('drafts.step', accept)), 'invalid', 'no review is there yet')
  await curator('reviews.assign', { id, reviewer: omar.id })
  await reviewer('reviews.declare', { id, hasInterest: false })
  await reviewer('reviews.write', { id, language: 'en', verdict: 'sound', handIn: true })
  assert.equal(await problemOf(reviewer('drafts.step', accept)), 'forbidden', 'reviewers write, a curator decides')
  assert.equal(await problemOf(curator('drafts.step', { ...accept, reason: 'rights' })), 'invalid')
  await curator('drafts.step', accept)
  await curator('drafts.step', { id, revision: 2, step: 'publish', note: 'Out.', reason: 'complete' })
  assert.match((await app.get(`/en/records/${id}`)).body, /Reviewed: meets the criteria/)
  assert.equal((await app.as()('reviews.list')).records.length, 0, 'only the verdict is told')
  assert.equal((await app.as()('reviews.state', { id })).note, '')
  assert.match(JSON.stringify(await ask('drafts.steps', { id })), /Fine\./, 'its authors learn why')
  const { id: change } = await ask('drafts.begin', { record: id })
  await ask('drafts.choose', { id: change, collection })
  await ask('drafts.save', { id: change, revision: 1, values: { place: { en: 'Kisumu' } } })
  await ask('drafts.step', { id: change, revision: 2, step: 'submit', note: 'Ready.' })
  await curator('reviews.assign', { id: change, reviewer: omar.id })
  await reviewer('reviews.declare', { id: change, hasInterest: false })
  await reviewer('reviews.write', { id: change, language: 'en', verdict: 'sound', handIn: true })
  await curator('drafts.step', { ...accept, id: change, note: 'Between us.' })
  await curator('drafts.step', { id: change, revision: 2, step: 'publish', note: 'Out.', reason: 'complete' })
  for (const path of [`/en/records/${id}`, `/en/records/${id}/history`, `/api/records/${id}/history`])
    assert.doesNotMatch((await app.get(path)).body, /Fine\.|Between us\./, path)
  const page = (await app.get(`/en/collections/${collection}`)).body
  assert.match(
    page,
    /1 review is needed before a curator decides[^]*A note is required for each change of status[^]*Set-up cost[^]*Chen/,
  )
  assert.match(page, /Radio lessons/)
})

test('a collection that asks for no review publishes at once, and readers see that nobody reviewed it', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const chen = await person(app, 'Chen')
  const collection = await collectionWith(app, { reviewsNeeded: 0 }, chen)
  const id = await submitted(app, amina, { collection })
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/steps`, { step: 'publish' })
  assert.match((await app.get(`/en/records/${id}`)).body, /Not reviewed/)
})

test('a review says of its reviewer what they declared; a long title keeps nothing from being published', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  const chen = await person(app, 'Chen')
  const fatou = await person(app, 'Fatou', { roles: ['focal-point'], country: 'KE' })
  const collection = await collectionWith(app, { reviewsNeeded: 1 }, chen)
  const [reviewer, curator] = [as(app, omar, 'reviewer'), as(app, chen)]
  const interest = async () => {
    const id = await submitted(app, amina, {
      collection,
      values: { ...practice, title: { en: 'long '.repeat(200).trim() } },
    })
    assert.equal(await problemOf(curator('reviews.assign', { id, reviewer: fatou.id })), 'invalid', 'no reviewer')
    await curator('reviews.assign', { id, reviewer: omar.id })
    await reviewer('reviews.declare', { id, hasInterest: false, note: 'I once taught there.' })
    await reviewer('reviews.write', { id, language: 'en', verdict: 'sound', summary: 'Good.', handIn: true })
    await curator('reviews.assign', { id, reviewer: omar.id, dueOn: '2026-02-01' })
    const { revision } = await curator('drafts.read', { id })
    await curator('drafts.step', { id, revision, step: 'accept', verdict: 'sound' })
    await curator('drafts.step', { id, revision, step: 'publish' })
    const { records } = await app.as()('reviews.list', {})
    return records.find(({ body }: { body: { reviews: string } }) => body.reviews === id).body.interest
  }
  assert.deepEqual(await interest(), { en: 'I once taught there.' })
})
