/** An agency’s decision is issued as a signed label: it stands on what it is on, is verified, and ends with the decision. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp, usualNow } from '../../../../test/app.ts'
import { password, person } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'

let clock = usualNow
const node = await testApp({ now: () => clock })
const curates = node.as('curator')
const chen = await person(node, 'Chen', { roles: ['curator'] })
const maya = await person(node, 'Maya')
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const seen = async (path: string) => plain((await visitor(node).open(path)).body)

const named = { title: { en: 'Quality Agency' }, originalLanguage: 'en' }
const { id: agency } = await curates('organisations.share', named)
const { id: course } = await curates('courses.share', {
  title: { en: 'Radio teaching' },
  originalLanguage: 'en',
  languages: ['en'],
})
const { id: platform } = await curates('platforms.share', {
  title: { en: 'Learning by radio' },
  originalLanguage: 'en',
})
const described = {
  title: { en: 'Radio teaching, approved', fr: 'Enseigner par la radio, approuvé' },
  originalLanguage: 'en',
  decidesOn: [course, platform],
  agencies: [agency],
  qualityStandard: 'Standard for online courses 2025',
  qualityResult: 'met',
  decidedOn: '2025-09',
  validUntil: '2026-09',
}
const shared = async (more: object = {}): Promise<string> =>
  (await curates('quality-decisions.share', { ...described, ...more })).id
const decision = await shared()
const verdict = async (credential: unknown) => {
  const { checks, isVerified } = await node.as()<any>('credentials.verify', { credential })
  const codes = ['issuer', 'status', 'dates'].map((name) => checks.find((one: any) => one.name === name)?.code)
  return { isVerified, codes }
}
const labelsOf = async (id: string) => (await node.as()<any>('quality-labels.of', { decision: id })).labels

test('the page of a decision begins with whether it counts', async () => {
  const text = await seen(`/en/records/${decision}`)
  assert.match(text, /Radio teaching, approved .*Valid .*September 2026 .*Facts .*Standard for online courses 2025/)
})

test('a curator issues it for each of what it is on, once; others may not, and no decision that does not count', async () => {
  assert.equal((await maya.open(`/en/records/${decision}/quality-label`)).status, 403)
  assert.match((await chen.open(`/en/records/${decision}`)).body, /Issue it as signed quality labels/)
  assert.doesNotMatch(await seen(`/en/records/${decision}`), /Issue it as signed/)
  await chen.open(`/en/records/${decision}/quality-label`)
  await chen.send(`/records/${decision}/quality-label`, { organisation: '' })
  for (const labelled of ['Radio teaching', 'Learning by radio'])
    assert.match(plain(chen.page), new RegExp(`Signed quality labels .*${labelled} · Valid`))
  assert.equal((await labelsOf(decision)).length, 2)
  await chen.open(`/en/records/${decision}/quality-label`)
  await chen.send(`/records/${decision}/quality-label`, { organisation: '' })
  assert.match(plain(chen.page), /all of what this decision is on has a label already/)

  for (const [more, rule] of [
    [{ qualityResult: 'not-met' }, 'decisionNotMet'],
    [{ validUntil: '2025-12-31' }, 'decisionNotCounting'],
    [{ validUntil: undefined, register: 'https://agency.example/register' }, 'decisionNotCounting'],
  ] as const) {
    const id = await shared(more)
    await assert.rejects(
      curates('quality-labels.issue', { decision: id }),
      ({ violations }: any) => violations[0].rule === rule,
    )
  }
})

test('it says what was decided, stands on what it is on, and verifies', async () => {
  const text = await seen(`/en/records/${course}`)
  assert.match(text, /Quality decisions .*Valid Radio teaching, approved.*Verify the signed label/)
  assert.match(await seen(`/en/records/${platform}`), /Verify the signed label/)
  const [{ id }] = (await labelsOf(decision)).filter(({ target }: { target: string }) => target === course)
  const credential = JSON.parse((await visitor(node).open(`/quality-labels/${id}`)).body)
  const { id: subject, achievement } = credential.credentialSubject
  assert.match(subject, new RegExp(`/records/${course}$`))
  assert.equal(achievement.achievementType, 'QualityAssuranceCredential')
  assert.equal(achievement.creator.name, 'Quality Agency')
  assert.match(achievement.criteria.narrative, /Standard for online courses 2025/)
  assert.deepEqual([credential.validFrom, credential.validUntil], ['2025-09-01T00:00:00Z', '2026-09-30T23:59:59Z'])
  assert.equal((await verdict(credential)).isVerified, true)

  clock = new Date('2026-10-01T00:00:00Z')
  assert.equal((await verdict(credential)).isVerified, false)
  assert.deepEqual(
    (await labelsOf(decision)).map(({ state }: { state: string }) => state),
    ['ended', 'ended'],
  )
  assert.doesNotMatch(await seen(`/en/records/${course}`), /Verify the signed label/)
  clock = usualNow
})

test('a translation leaves it as it is; another result or a withdrawal revokes it, and then it can be issued anew', async () => {
  const [first] = await labelsOf(decision)
  const credential = JSON.parse((await visitor(node).open(`/quality-labels/${first.id}`)).body)
  const revise = (more: object, revision: number) =>
    curates('quality-decisions.revise', { id: decision, revision, body: { ...described, ...more } })
  const title = { ...described.title, es: 'Enseñar por radio, aprobado' }
  await revise({ title }, 1)
  assert.equal((await verdict(credential)).isVerified, true)
  await revise({ title, validUntil: '2026-03-31' }, 2)
  assert.equal((await verdict(credential)).isVerified, false)
  assert.match(plain((await chen.open(`/en/credentials/${first.id}`)).body), /The decision says something else now/)
  assert.doesNotMatch(await seen(`/en/records/${course}`), /Verify the signed label/)

  const { labels } = await curates<any>('quality-labels.issue', { decision })
  assert.equal(labels.length, 2)
  assert.equal((await verdict(labels[0].credential)).isVerified, true)
  await curates('records.withdraw', { id: decision, revision: 3, reason: 'Appealed' })
  assert.equal((await verdict(labels[0].credential)).isVerified, false)
})

test('an agency that is a verified issuer issues in its own name, and revokes what it issued', async () => {
  const id = await shared()
  const inItsName = { decision: id, organisation: agency }
  assert.equal(await problemOf(curates('quality-labels.issue', inItsName)), 'notFound', 'it is not verified yet')
  await chen.open(`/en/organisations/${agency}/issuing`)
  await chen.send(`/organisations/${agency}/issuing`)
  await chen.send(`/organisations/${agency}/issuing/members`, { email: maya.email, issuerPassword: password })
  await maya.open(`/en/records/${id}/quality-label`)
  assert.doesNotMatch(maya.page, /<option value="">/)
  await maya.send(`/records/${id}/quality-label`, { organisation: agency })
  const [label] = await labelsOf(id)
  const credential = JSON.parse((await visitor(node).open(`/quality-labels/${label.id}`)).body)
  assert.equal(credential.issuer.name, 'Quality Agency')
  await maya.open(`/en/credentials/${label.id}`)
  await maya.send(`/credentials/${label.id}`, { state: 'revoked', reason: 'Issued by mistake' })
  assert.equal((await verdict(credential)).isVerified, false)
  const { id: other } = await curates('organisations.share', { ...named, title: { en: 'Another' } })
  await curates('issuers.verify', { id: other })
  assert.equal(await problemOf(curates('quality-labels.issue', { decision: id, organisation: other })), 'invalid')
})
