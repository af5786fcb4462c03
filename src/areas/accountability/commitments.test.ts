/** A commitment is described, reported on and assessed, each by those who may; silence changes its state day by day. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doJob, problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { as } from '../../../test/acting.ts'
import { password, person } from '../../../test/people.ts'
import { lastDay, monthsAfter } from '#kernel/days.ts'
import { silenceOf } from './silence.ts'

const promise = {
  title: { en: 'Connect every primary school' },
  originalLanguage: 'en',
  stakeholder: 'ministry',
  countries: ['KE'],
  actions: { en: 'Lay fibre to all schools of the country.' },
  promisedOn: '2025-11-01',
  milestones: [
    { what: { en: 'Half of the schools' }, dueOn: '2025-12' },
    { what: { en: 'All schools' }, dueOn: '2027-06-30' },
  ],
  areas: ['access'],
  basis: 'own',
}
const report = {
  title: { en: 'Report of the first year' },
  originalLanguage: 'en',
  saidOn: '2026-01-02',
  signedBy: 'Wanjiru Mwangi, Ministry of Education',
  completion: 'substantial',
  summary: { en: 'Two thirds of the schools are connected.' },
}
const assessment = {
  title: { en: 'Assessment of the first year' },
  originalLanguage: 'en',
  saidOn: '2026-01-02',
  signedBy: 'Omar Diallo, University',
  hasInterest: 'none',
  verifiability: 'verifiable',
  ambition: 'modest',
  completion: 'limited',
  earlyResults: 'marginal',
  summary: { en: 'A fifth of the schools visited had a connection.' },
}

const promised = async (node: TestApp, more: object = {}): Promise<string> =>
  (await node.as('curator')('commitments.share', { ...promise, ...more })).id
const stateOn = (page: string) => /data-state="(\w+)"/.exec(page)?.[1]

/** A draft that a button of the page began, filled in, submitted, and published by a curator. */
async function throughDraft(node: TestApp, id: string, author: { id: string }, role: string, values: object) {
  const own = as(node, author, role)
  const saved = await own('drafts.save', { id, revision: 1, values })
  await own('drafts.step', { id, revision: saved.draft.revision, step: 'submit' })
  const curator = await person(node, `Curator ${id}`, { roles: ['curator'] })
  const decide = as(node, curator, 'curator')
  const { revision } = await decide('drafts.read', { id })
  await decide('drafts.step', { id, revision, step: 'accept', verdict: 'sound' })
  return decide('drafts.step', { id, revision, step: 'publish' })
}

test('a focal point reports, an assessor disagrees, and both stand beside one another with their dates and names', async () => {
  const node = await testApp()
  const id = await promised(node)
  const wanjiru = await person(node, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  await wanjiru.open(`/en/records/${id}`)
  assert.match(wanjiru.page, /Report progress/)
  assert.doesNotMatch(wanjiru.page, /Assess independently/, 'nobody assesses their own')
  await wanjiru.send(`/commitments/${id}/report`, {})
  const draft = /drafts\/([\w]+)/.exec(wanjiru.at)![1]!
  await throughDraft(node, draft, wanjiru, 'focal-point', report)

  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  await omar.open(`/en/records/${id}`)
  assert.match(omar.page, /Assess independently/)
  assert.doesNotMatch(omar.page, /Report progress/)
  await omar.send(`/commitments/${id}/assess`, {})
  await throughDraft(node, /drafts\/([\w]+)/.exec(omar.at)![1]!, omar, 'reviewer', assessment)

  const page = (await node.get(`/en/records/${id}`)).body
  assert.match(
    page,
    /id="reports"[^]*2 January 2026, signed by Wanjiru Mwangi[^]*Completion: <\/strong>Substantial[^]*id="assessments"/,
  )
  assert.match(
    page,
    /id="assessments"[^]*signed by Omar Diallo[^]*Completion: <\/strong>Limited[^]*Ambition: <\/strong>Modest/,
  )
  assert.match(page, /Last report: 2 January 2026\./)
  const { links } = (await node.get(`/api/records/${id}/links`)).json()
  const said = links.filter(({ direction }: any) => direction === 'from')
  assert.deepEqual(said.map(({ rel }: any) => rel).toSorted(), ['assesses', 'reportsOn'])
  for (const one of said) assert.equal(page.split(`href="/en/records/${one.id}"`).length, 2, `${one.rel} is told once`)
  assert.match(page, /No conflict of interest/)
  assert.match(page, /Half of the schools/)
  assert.match(page, /Date passed/)
  assert.equal(page.match(/Date passed/g)!.length, 1, 'the milestone of 2027 lies ahead')
  const list = (await node.get('/en/commitments')).body
  assert.match(list, /Self-report: Substantial[^]*Independent assessment: Limited/)
  assert.match((await node.get(`/ar/records/${id}`)).body, /تقاريرهم الذاتية/)
})

test('only a focal point of the country or a verified member of the organisation reports, and only others assess', async () => {
  const node = await testApp()
  const curator = await person(node, 'Chen', { roles: ['curator'] })
  const organisation = await node.as('curator')('organisations.share', {
    title: { en: 'Learning for All' },
    originalLanguage: 'en',
    types: ['teachers'],
  })
  const id = await promised(node, { promisedBy: [organisation.id] })
  const amina = await person(node, 'Amina')
  const share = (who: { id: string }, kind: string, values: object) => as(node, who, 'curator')(`${kind}.share`, values)
  const reports = (who: { id: string }) => problemOf(share(who, 'commitment-reports', { ...report, reportsOn: id }))
  const assesses = (who: { id: string }, more = {}) =>
    problemOf(share(who, 'commitment-assessments', { ...assessment, assesses: id, ...more }))

  const uganda = await person(node, 'Okello', { roles: ['focal-point'], country: 'UG' })
  for (const other of [amina, uganda, curator]) assert.equal(await reports(other), 'invalid')
  const own = as(node, amina)
  const draft = await own('drafts.begin', { kind: 'commitment-report', values: { ...report, reportsOn: id } })
  assert.equal(await problemOf(own('drafts.step', { id: draft.id, revision: 1, step: 'submit' })), 'invalid')

  await curator.open(`/en/records/${organisation.id}`)
  assert.match(curator.page, /Verified members: 0/)
  await curator.open(`/en/organisations/${organisation.id}/members`)
  const unknown = await curator.send(`/organisations/${organisation.id}/members`, {
    email: 'nobody@example.org',
    appointPassword: password,
  })
  assert.equal(unknown.status, 422)
  const unproven = await curator.send(`/organisations/${organisation.id}/members`, { email: amina.email })
  assert.equal(unproven.status, 422, 'a session that was left open verifies nobody')
  await curator.send(`/organisations/${organisation.id}/members`, { email: amina.email, appointPassword: password })
  assert.match((await curator.open(`/en/organisations/${organisation.id}/members`)).body, /Amina/)
  assert.equal((await amina.open(`/en/organisations/${organisation.id}/members`)).status, 403)

  await share(amina, 'commitment-reports', { ...report, reportsOn: id })
  assert.equal(await reports({ id: 'curator' }), 'invalid', 'who has no account signs nothing')
  assert.equal(
    await problemOf(share(amina, 'commitment-reports', { ...report, reportsOn: id, saidOn: '2026-01-03' })),
    'invalid',
    'of no day to come',
  )

  assert.equal(await assesses(amina), 'invalid')
  assert.equal(await assesses(curator, { hasInterest: 'some' }), 'invalid', 'which interest has to be said')
  await share(curator, 'commitment-assessments', { ...assessment, assesses: id })

  await curator.open(`/en/organisations/${organisation.id}/members`)
  await curator.send(`/organisations/${organisation.id}/members/end`, { account: amina.id })
  assert.equal(await reports(amina), 'invalid', 'who no longer speaks for it')
})

test('silence turns a commitment yellow, red and inactive, a report brings it back, and a complete one stays so', async () => {
  let now = new Date('2026-01-02T03:04:05Z')
  const node = await testApp({ now: () => now })
  const id = await promised(node)
  const wanjiru = await person(node, 'Wanjiru', { roles: ['focal-point'], country: 'KE' })
  const on = async (day: string) => {
    now = new Date(`${day}T12:00:00Z`)
    await doJob(node.app, 'silence')
    const page = (await node.get(`/en/records/${id}`)).body
    const { state } = (await node.get(`/api/commitments/${id}/follow-up`)).json()
    assert.equal(stateOn(page), state)
    return state
  }
  assert.equal(await on('2026-01-02'), 'current')
  assert.equal(await on('2027-01-02'), 'current')
  assert.equal(await on('2027-01-03'), 'late')
  assert.match((await node.get(`/en/records/${id}`)).body, /Report late \(yellow\)/)
  assert.equal(await on('2027-07-03'), 'overdue')
  assert.match((await node.get('/en/commitments?state=overdue')).body, /Connect every primary school/)
  assert.match((await node.get('/en/commitments?state=current')).body, /No commitment fits/)
  assert.equal(await on('2029-01-03'), 'inactive')

  const told = { ...report, reportsOn: id, saidOn: '2029-01-03' }
  await as(node, wanjiru, 'curator', 'focal-point')('commitment-reports.share', told)
  assert.equal(await on('2029-01-04'), 'current')
  const omar = await person(node, 'Omar', { roles: ['reviewer'] })
  const done = { ...assessment, assesses: id, saidOn: '2029-01-04', completion: 'complete' }
  await as(node, omar, 'curator')('commitment-assessments.share', done)
  assert.equal(await on('2039-01-04'), 'completed')
})

test('the page of commitments is narrowed by country, area, stakeholder and state, says its rule, and how to add one', async () => {
  const node = await testApp()
  const { statusCode, body: empty } = await node.get('/en/commitments')
  assert.equal(statusCode, 200)
  assert.match(empty, /No commitment is recorded here yet[^]*\/en\/share\?kind=commitment/)
  assert.match(empty, /after 18 months without a report[^]*Version 1 of the rule/)
  await promised(node)
  await promised(node, {
    title: { en: 'Train all teachers' },
    countries: ['UG'],
    stakeholder: 'teachers',
    areas: ['quality'],
  })
  const shown = async (query: string) => {
    const { body } = await node.get(`/en/commitments?${query}`)
    return [/Connect every/.test(body), /Train all/.test(body)]
  }
  assert.deepEqual(await shown(''), [true, true])
  assert.deepEqual(await shown('country=KE'), [true, false])
  assert.deepEqual(await shown('stakeholder=teachers'), [false, true])
  assert.deepEqual(await shown('area=quality&country=UG'), [false, true])
  assert.deepEqual(await shown('area=quality&country=KE'), [false, false])
  assert.deepEqual(await shown('country=nowhere'), [true, true])
  assert.match((await node.get('/en/countries/KE')).body, /Connect every primary school/)
  assert.match((await node.get('/en/access')).body, /Connect every primary school/)
})

test('silence is counted in whole months, from the last day that a date may mean, and never from a day to come', () => {
  assert.deepEqual(['2024', '2024-02', '2024-02-03'].map(lastDay), ['2024-12-31', '2024-02-29', '2024-02-03'])
  assert.equal(monthsAfter('2024-02-29', 12), '2025-02-28')
  assert.equal(monthsAfter('2025-08-31', 18), '2027-02-28')
  const told = { recordedOn: '2026-01-01', reportedOn: ['2026-03'], promisedOn: '2030' }
  assert.deepEqual(silenceOf(told, '2026-05-01'), {
    state: 'current',
    silentSince: '2026-03-31',
    reportDue: '2027-03-31',
  })
})

test('policies are narrowed, lead to what they replaced, and show what a country does for open educational resources', async () => {
  const node = await testApp()
  assert.match((await node.get('/en/policies')).body, /No policy is recorded here yet[^]*\/en\/share\?kind=policy/)
  const share = async (values: object): Promise<{ id: string }> =>
    node.as('curator')('policies.share', { originalLanguage: 'en', countries: ['KE'], ...values })
  const old = await share({ title: { en: 'First plan' }, instrument: 'plan', adoptedOn: '2010' })
  await share({
    title: { en: 'Second policy' },
    instrument: 'policy',
    adoptedOn: '2021-05',
    areas: ['open'],
    oerActions: ['capacity', 'equity'],
    replaces: old.id,
  })
  await share({ title: { en: 'Law elsewhere' }, instrument: 'law', countries: ['UG'], oerActions: ['policy'] })
  const { body } = await node.get('/en/policies?country=KE')
  assert.match(body, /2 policies[^]*Second policy[^]*the policy it replaced[^]*First plan/)
  assert.ok(body.includes(`/en/records/${old.id}`))
  const offered = async (address: string) =>
    /<select id="c-country"[^]*?<\/select>/
      .exec((await node.get(address)).body)![0]
      .match(/(?<=">)[^<]+|(?<=selected>)[^<]+/g)
  assert.deepEqual(await offered('/en/policies'), ['Any', 'Kenya (2)', 'Uganda (1)'])
  assert.deepEqual(await offered('/en/policies?country=FR'), ['Any', 'France', 'Kenya (2)', 'Uganda (1)'])
  assert.doesNotMatch(body, /Law elsewhere/)
  assert.match(
    body,
    /act in 2 of 5 areas of action[^]*Building capacity[^]*Second policy[^]*Not recorded here: Policies, Commitments/,
  )
  assert.match((await node.get('/en/policies?instrument=law')).body, /1 policy[^]*Law elsewhere/)
  assert.match((await node.get('/en/countries/KE')).body, /id="policies"[^]*Second policy/)
})
