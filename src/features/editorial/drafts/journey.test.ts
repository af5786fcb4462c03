/** From an empty page to a published record, by people with browsers that run no scripts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, testApp } from '../../../../test/app.ts'
import { lettersOf, password, person } from '../../../../test/people.ts'
import type { Visitor } from '../../../../test/visitor.ts'

const idIn = (path: string) => /\/drafts\/([0-9a-z]{16})/.exec(path)![1]!

/** A snapshot, as a busy teacher tells it. */
async function snapshot(browser: Visitor, language = 'en'): Promise<string> {
  await browser.open(`/${language}/share`)
  await browser.send('/share', { kind: 'practice', language })
  const id = idIn(browser.at)
  const on = (step: string) => `/drafts/${id}/edit/${step}`
  const go = (step: string): { button: [string, string] } => ({ button: ['go', step] })
  const place = {
    problem: 'Schools are far away.',
    technologies: ['radio'],
    levels: ['1'],
    startedOn: 'September 2024',
  }
  const story = { title: 'Radio lessons for nomads', description: 'Twenty lessons a term.', ...place }
  await browser.send(on('story'), { ...story, countries: 'Kenya\nОуганда' }, go('outcome'))
  assert.match(browser.page, /Оуганда/, 'what cannot be read is shown again')
  await browser.send(on('story'), { countries: 'Kenya\nУганда' }, go('outcome'))
  await browser.send(
    on('outcome'),
    {
      outcome: 'partly-worked',
      stage: 'pilot',
      type: 'practice',
      areas: ['access'],
      summary: 'Lessons by radio, with printed sheets.',
    },
    go('check'),
  )
  return id
}

test('a practice goes from first words through review to readers, and each step is told', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })

  const id = await snapshot(amina)
  assert.match(amina.page, /Check your answers[^]*September 2024[^]*CC BY 4\.0[^]*Amina/)
  await amina.send(`/drafts/${id}/steps`)
  assert.match(amina.page, /Submitted\. It is waiting for review/)
  assert.equal((await node.get(`/records/${id}`)).statusCode, 404, 'nobody else sees it yet')

  await chen.open('/en/queue')
  assert.match(chen.page, /Radio lessons for nomads[^]*not assigned/)
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/queue/${id}/assign`, { reviewer: omar.id, dueOn: '2026-02-01' })
  assert.match(
    (await lettersOf(node)).at(-1)!,
    /To: omar@example.org[^]*assigned “Radio lessons for nomads” to you for review by 1 February 2026/,
  )

  await omar.open('/en/desk')
  assert.match(omar.page, /Radio lessons for nomads/)
  await omar.open(`/en/drafts/${id}`)
  await omar.send(`/queue/${id}/declare`, { hasInterest: 'false' })
  await omar.send(`/drafts/${id}/steps`, { step: 'take' })
  await omar.open(`/en/drafts/${id}/edit/story`)
  await omar.send(`/drafts/${id}/comments`, { place: 'problem', text: 'How far?' })
  await omar.open(`/en/drafts/${id}`)
  const offeredFor = (step: string) =>
    new RegExp(`value="${step}"[^]*?name="reason"[^>]*>([^]*?)</select>`).exec(omar.page)![1]!
  assert.match(offeredFor('requestChanges'), /Duplicate of another record/)
  assert.doesNotMatch(offeredFor('requestChanges'), /Complete and clear/)
  assert.match(offeredFor('accept'), /Complete and clear/)
  assert.doesNotMatch(offeredFor('accept'), /Duplicate of another record/)
  const odd = await omar.send(`/drafts/${id}/steps`, { step: 'accept', verdict: 'sound', reason: 'duplicate' })
  assert.equal(odd.status, 422, 'a duplicate is not accepted because it is one')
  await omar.open(`/en/drafts/${id}`)
  const silent = await omar.send(`/drafts/${id}/steps`, { step: 'requestChanges', note: '' })
  assert.equal(silent.status, 422, 'nothing is sent back without a reason')
  await omar.send(`/drafts/${id}/steps`, { step: 'requestChanges', reason: 'incomplete', note: 'Please say how far.' })
  assert.match((await lettersOf(node)).at(-1)!, /To: amina@example.org[^]*> Please say how far\./)

  await amina.open(`/en/drafts/${id}/edit/story`)
  assert.match(amina.page, /Omar<\/bdi>: <span dir="auto">How far\?/)
  await amina.send(`/drafts/${id}/edit/story`, { problem: 'Schools are 40 km away.' }, { button: ['go', 'overview'] })
  await amina.send(`/drafts/${id}/comments/${/comments\/([0-9a-z]{16})"/.exec(amina.page)![1]}`)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })

  await omar.open(`/en/drafts/${id}`)
  await omar.send(`/drafts/${id}/steps`, {
    step: 'accept',
    verdict: 'weaknesses',
    note: 'Sound, but nothing was measured.',
  })
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/steps`, { step: 'publish' })

  const page = (await node.get(`/en/records/${id}`)).body
  assert.match(page, /Radio lessons for nomads/)
  assert.match(page, /Reviewed: has weaknesses[^]*Omar[^]*nothing was measured/)
  assert.match((await node.get('/en/search?q=nomads')).body, /Radio lessons/)
  assert.match((await node.get(`/en/records/${id}/history`)).body, /Chen/)
})

test('what was published is changed the same way, and readers see what the review was of', async () => {
  const node = await testApp()
  const { body } = { body: { title: { en: 'Solar lamps' }, originalLanguage: 'en', type: 'practice' } }
  const kept = await node.as('curator')('practices.share', body)
  assert.match((await node.get(`/en/records/${kept.id}`)).body, /Not reviewed/)
  const amina = await person(node, 'Amina')
  await amina.open(`/en/records/${kept.id}`)
  await amina.send(`/records/${kept.id}/change`)
  const id = idIn(amina.at)
  await amina.send(`/drafts/${id}/edit/story`, { title: 'Solar lamps for reading' }, { button: ['go', 'overview'] })
  const sent = await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  assert.equal(sent.status, 200, 'what the record did not tell before need not be told to change one word')
  assert.match(sent.body, /Submitted\. It is waiting for review/)
  assert.match((await node.get(`/en/records/${kept.id}`)).body, /Solar lamps<\/h1>/)
})

test('a translation leaves the review as it is; a change of the text makes it one of an older version', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await snapshot(amina)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/steps`, { step: 'accept', verdict: 'sound' })
  await chen.send(`/drafts/${id}/steps`, { step: 'publish' })
  const curator = node.as('curator')
  const older = /This review was of version/
  await curator('records.translate', { id, language: 'fr', revision: 1, texts: { title: 'Cours par radio' } })
  assert.doesNotMatch((await node.get(`/en/records/${id}`)).body, older)
  assert.doesNotMatch((await node.get(`/fr/records/${id}`)).body, /Cette évaluation portait/)
  const { body } = await curator('records.read', { id })
  await curator('practices.revise', { id, revision: 2, body: { ...body, countries: ['NE'] } })
  assert.match((await node.get(`/en/records/${id}`)).body, older)
})

test('two who write at once overwrite nothing: the later one sees the difference', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ben = await person(node, 'Ben')
  const id = await snapshot(amina)
  await amina.open(`/en/drafts/${id}`)
  await amina.send(`/drafts/${id}/authors`, { email: ben.email })
  await ben.open('/en/desk')
  await ben.send(`/draft-invitations/${id}/answer`)
  const on = `/drafts/${id}/edit/story`
  await amina.open(`/en${on}`)
  await ben.open(`/en${on}`)
  await amina.send(on, { description: 'Thirty lessons a term.' }, { button: ['go', 'stay'] })
  const late = await ben.send(on, { description: 'Lessons twice a week.', endedOn: '2025' }, { button: ['go', 'stay'] })
  assert.equal(late.status, 409)
  assert.match(late.body, /Their text: Thirty lessons a term\./)
  assert.match(late.body, />\n?Lessons twice a week\.<\/textarea>/)
  await ben.send(on, { description: 'Thirty lessons a term, twice a week.' }, { button: ['go', 'stay'] })
  await amina.open(`/en${on}`)
  assert.match(amina.page, /Thirty lessons a term, twice a week\./)
  assert.match(amina.page, /value="2025"/)
})

test('what was typed when the session had ended is not lost', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const id = await snapshot(amina)
  const on = `/drafts/${id}/edit/story`
  await amina.open(`/en${on}`)
  amina.dropCookie('session')
  const asked = await amina.send(on, { description: 'A very long text.' }, { button: ['go', 'stay'] })
  assert.match(asked.body, /Sign in, or create an account, to continue\. What you wrote is kept/)
  await amina.send('/sign-in', { email: amina.email, password })
  assert.match(amina.page, /You are signed in again/)
  await amina.send(on)
  assert.match(amina.page, /A very long text\./)
})

test('nobody reviews what they wrote, or what colleagues wrote; strangers see no drafts', async () => {
  const node = await testApp()
  const curator = node.as('curator')
  const organisation = await curator('organisations.share', { title: { en: 'Ministry' }, originalLanguage: 'en' })
  const amina = await person(node, 'Amina', { roles: ['curator'] })
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  for (const one of [amina, omar]) {
    await one.open('/en/account')
    await one.send('/account', { affiliations: organisation.id })
  }
  const id = await snapshot(amina)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  assert.ok(!amina.page.includes('Start review'), 'a curator does not decide on her own')
  await chen.open(`/en/drafts/${id}`)
  assert.match(chen.page, /Omar<\/bdi>: works for an organisation of its authors/)
  const stranger = await person(node, 'Sam')
  assert.equal((await stranger.open(`/en/drafts/${id}`)).status, 404)
  assert.equal((await stranger.open('/en/queue')).status, 403)
})

test('what nobody looks after grows due, stale and archived before the readers’ eyes, until its owner says it is true', async () => {
  let now = new Date('2026-01-02T00:00:00Z')
  const node = await testApp({ now: () => now })
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const id = await snapshot(amina)
  await amina.send(`/drafts/${id}/steps`, { step: 'submit' })
  await chen.open(`/en/drafts/${id}`)
  await chen.send(`/drafts/${id}/steps`, { step: 'accept', verdict: 'sound' })
  await chen.send(`/drafts/${id}/steps`, { step: 'publish' })
  const seen = async () => (await node.get(`/en/records/${id}`)).body
  assert.match(await seen(), /Maintained by Amina/)
  assert.deepEqual(await doJob(node.app, 'care'), { reminded: 0 })

  const days = (count: number) => (now = new Date(Date.parse('2026-01-02T00:00:00Z') + count * 86_400_000))
  for (const [after, words, letter] of [
    [365, /Check due: its owner has been asked/, /a year ago/],
    [425, /Out of date: nobody has confirmed/, /marked as out of date/],
    [730, /Archived: nobody has maintained it/, /marked as archived/],
  ] as const) {
    days(after)
    assert.deepEqual(await doJob(node.app, 'care'), { reminded: 1 })
    assert.deepEqual(await doJob(node.app, 'care'), { reminded: 0 }, 'once at each stage')
    assert.match(await seen(), words)
    assert.match((await lettersOf(node)).at(-1)!, letter)
  }
  await amina.open('/en/sign-in')
  await amina.send('/sign-in', { email: amina.email, password })
  await amina.open(`/en/records/${id}`)
  await amina.send(`/records/${id}/care`)
  assert.doesNotMatch(await seen(), /Archived/)
})
