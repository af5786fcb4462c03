/** Lessons, building blocks, reports of trying it elsewhere, endorsements: told, linked, and shown at both ends. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

const practice = { title: { en: 'Radio lessons' }, originalLanguage: 'en', type: 'practice', outcome: 'stopped' }
const lesson = {
  title: { en: 'When devices come before training, wait.' },
  originalLanguage: 'en',
  polarity: 'avoid',
  causes: ['people'],
  recommendedTo: ['minister'],
}

test('who is signed in says from the page of a practice that they tried it; both pages show it', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id } = await curator('practices.share', practice)
  assert.ok(!(await app.get(`/en/records/${id}`)).body.includes('Report that you tried it'), 'readers are not asked')
  const amina = await person(app, 'Amina')
  await amina.open(`/en/records/${id}`)
  for (const words of ['Report that you tried it', 'Share a lesson from it', 'Endorse it'])
    assert.ok(amina.page.includes(words))
  assert.ok(!amina.page.includes('This is also our experience'), 'a practice is not confirmed; a lesson is')
  const pressed = await amina.post(
    `/en/records/${id}/answer`,
    { act: 'tried', csrf: /name="csrf" value="([^"]+)"/.exec(amina.page)![1]! },
    { 'sec-fetch-site': 'same-origin' },
  )
  assert.equal(pressed.status, 200)
  assert.match(amina.page, new RegExp(`value="Radio lessons \\[${id}\\]"`), 'the link is filled in')
  assert.match(amina.page, new RegExp(`records/${id}">Radio lessons</a>`), 'and one sees where it leads')
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  const on = (step: string) => `/drafts/${draft}/edit/${step}`
  const told = { outcome: 'did-not-work', happened: 'The batteries ran out.', adapted: 'Shorter programmes.' }
  const page = { title: 'Radio lessons in Chad', countries: 'Chad', ...told }
  await amina.send(on('identity'), page, { button: ['go', 'check'] })
  await amina.send(`/drafts/${draft}/steps`)
  assert.match(amina.page, /Submitted\. It is waiting for review/)

  const { body } = (await curator('drafts.read', { id: draft })) as { body: object }
  const { id: report } = await curator('adoptions.share', body)
  assert.match((await app.get(`/en/records/${id}`)).body, /Tried elsewhere[^]*Radio lessons in Chad/)
  assert.match((await app.get(`/en/records/${report}`)).body, /What was tried[^]*Radio lessons[^]*batteries ran out/)
})

test('a lesson says how many confirm and contradict it, and each of them says why', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id: source } = await curator('practices.share', practice)
  const { id } = await curator('lessons.share', { ...lesson, practices: [source] })
  assert.match((await app.get(`/en/records/${id}`)).body, /Not confirmed by others yet/)
  const response = { title: { fr: 'Vu au Tchad' }, originalLanguage: 'fr', reason: { fr: 'Les cartons restent clos.' } }
  await curator('responses.share', { ...response, confirms: id })
  await curator('responses.share', { ...response, confirms: id })
  await curator('responses.share', { ...response, contradicts: id })
  assert.equal(await problemOf(curator('responses.share', response)), 'invalid', 'it must do one or the other')
  const page = (await app.get(`/en/records/${id}`)).body
  assert.match(page, /Confirmed by others 2 times · Contradicted by others 1 time/)
  assert.match(page, /<h2>Confirmed by<\/h2>[^]*<h2>Contradicted by<\/h2>/)
  assert.match((await app.get(`/ar/records/${id}`)).body, /أكده آخرون مرتين/)
  assert.match((await app.get(`/en/records/${source}`)).body, /What was learned[^]*When devices come/)
})

test('an endorsement without a written reason is refused', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id } = await curator('practices.share', practice)
  const endorsement = { title: { en: 'Yes' }, originalLanguage: 'en', endorses: id }
  assert.equal(await problemOf(curator('endorsements.share', endorsement)), 'invalid')
  assert.equal(await problemOf(curator('endorsements.share', { ...endorsement, reason: { en: '  ' } })), 'invalid')
  await curator('endorsements.share', { ...endorsement, reason: { en: 'I saw it at work in two camps.' } })
  assert.match((await app.get(`/en/records/${id}`)).body, /<h2>Endorsed by<\/h2>/)
})

test('a building block says which practices are made with it', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const block = { title: { en: 'Printed sheets' }, originalLanguage: 'en', purpose: { en: 'To follow the radio.' } }
  const { id } = await curator('building-blocks.share', block)
  await curator('practices.share', { ...practice, buildingBlocks: [id] })
  assert.match((await app.get(`/en/records/${id}`)).body, /Practices that use it[^]*Radio lessons/)
})

test('the full case of a practice is told step by step, and its page names each figure', async () => {
  const app = await testApp()
  const { id } = await app.as('curator')('practices.share', practice)
  const amina = await person(app, 'Amina')
  await amina.open(`/en/records/${id}`)
  await amina.send(`/records/${id}/change`)
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  const tell = async (step: string, values: Record<string, string | string[]>) => {
    await amina.open(`/en/drafts/${draft}/edit/${step}`)
    await amina.send(`/drafts/${draft}/edit/${step}`, values, { button: ['go', 'overview'] })
    assert.match(amina.at, /drafts\/[0-9a-z]{16}\?saved=true$/, `${step} is taken`)
  }
  await tell('people', {
    'teacherPreparation.hours': '12',
    'teacherPreparation.certificate': 'true',
    'participation.0.who': 'teachers',
    'participation.0.phase': 'design',
    'participation.0.level': 'co-decides',
  })
  await tell('safeguards', { 'dataProtection.impactAssessment': 'no', 'aiUse.usesAi': 'yes', 'wcag.level': 'AA' })
  await tell('cost', { 'funding.0.source': 'donor', 'funding.0.attached': 'Data stay with the ministry.' })
  await tell('conduct', { 'problemsMet.0.trouble': 'No batteries.', 'problemsMet.0.done': 'Wind-up radios.' })
  await tell('effects', {
    'outcomeStatements.0.outcomeOf': 'learning',
    'outcomeStatements.0.change': 'plus-1',
    'outcomeStatements.0.before': '31,5',
    'weaknesses.0.viewOf': 'users',
    'weaknesses.0.weakness': 'No questions can be asked.',
  })
  await tell('spread', {
    'replication.0.need': 'must',
    'replication.0.note': 'A transmitter',
    sustainable: 'uncertain',
  })
  await tell('outcome', { 'sources.0.source': 'interview', 'sources.0.count': '14' })
  await tell('governance', { licence: 'CC-BY-4.0' })
  const operator = app.as('operator')
  const { body } = (await operator('drafts.read', { id: draft })) as { body: object }
  await app.as('curator')('practices.revise', { id, revision: 1, body })
  const page = (await app.get(`/en/records/${id}`)).body.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')
  for (const told of [
    'Hours: 12 · Leads to a certificate: yes',
    'Teachers · Design · Decide together',
    'Impact assessment done: No',
    'Donor · Data stay with the ministry.',
    'No batteries. What was done about it: Wind-up radios.',
    'Learning · Slightly positive · Before: 31.5',
    'Teachers and learners · No questions can be asked.',
    'Must have · A transmitter',
    'Interviews · Number: 14',
  ])
    assert.ok(page.includes(told), `${told} in ${page}`)
})

test('lessons are narrowed by country and region, their own or those of the practice they were learned from', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id: kenyan } = await curator('practices.share', { ...practice, countries: ['KE'] })
  await curator('lessons.share', { ...lesson, title: { en: 'From Kenya.' }, practices: [kenyan] })
  await curator('lessons.share', { ...lesson, title: { en: 'From Peru.' }, practices: [kenyan], countries: ['PE'] })
  const lessonsAt = async (query: string) =>
    [...(await app.get(`/en/lessons${query}`)).body.matchAll(/>From (\w+)\.</g)].map(([, place]) => place).sort()
  assert.deepEqual(await lessonsAt(''), ['Kenya', 'Peru'])
  assert.deepEqual(await lessonsAt('?country=KE'), ['Kenya'])
  assert.deepEqual(await lessonsAt('?region=019'), ['Peru'], 'the Americas')
  assert.deepEqual(await lessonsAt('?country=FR'), [])
  const { body } = await app.get('/en/lessons?country=KE')
  assert.match(body, /<option value="KE" selected>Kenya/)
  assert.doesNotMatch(body, /<option value="FR"/, 'only places that have lessons are offered')
  assert.match(body, /From Kenya\.<\/a>[^]*?Kenya/)
  assert.match((await app.get('/en/lessons.atom?country=PE')).body, /From Peru/)
})
