/** An organisation endorses an achievement and an issuer: readers see it, credentials hold it, verifiers check it apart. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'

const node = await testApp()
const curates = node.as('curator')
const chen = await person(node, 'Chen', { roles: ['curator'] })
const maya = await person(node, 'Maya')
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const organisation = async (title: string) => {
  const { id } = await curates('organisations.share', { title: { en: title }, originalLanguage: 'en' })
  await curates('issuers.verify', { id })
  return id as string
}
const school = await organisation('Open School')
const agency = await organisation('Quality Agency')
const { id: achievement } = await curates('achievements.share', {
  title: { en: 'Teaching by radio' },
  originalLanguage: 'en',
  criteria: { en: 'Ten lessons' },
  issuers: [school],
})
const award = async (name: string, suite = 'eddsa-rdfc-2022') => {
  const learners = [{ row: 1, name, date: '2025-12-01' }]
  const { credentials } = await curates('credentials.award', { achievement, organisation: school, learners, suite })
  return credentials[0].credential
}
const verified = (credential: unknown) => node.as()<any>('credentials.verify', { credential })
const checkOf = (told: any, name: string) => told.checks.find((one: any) => one.name === name)
const before = await award('Before')

test('who may issue for an organisation endorses in its name, never itself, and once', async () => {
  assert.equal((await maya.open(`/en/records/${achievement}/endorse`)).status, 403)
  assert.match((await chen.open(`/en/records/${achievement}`)).body, /Endorse with a signature/)
  await chen.open(`/en/records/${achievement}/endorse`)
  const own = await chen.send(`/records/${achievement}/endorse`, { organisation: school, comment: 'Good', until: '' })
  assert.equal(own.status, 422)
  assert.match(plain(own.body), /may not endorse itself or what it issues/)
  const past = await chen.send(`/records/${achievement}/endorse`, {
    organisation: agency,
    comment: 'We watched three lessons',
    until: '2020-01-01',
  })
  assert.match(plain(past.body), /must be a day to come/)
  await chen.send(`/records/${achievement}/endorse`, {
    organisation: agency,
    comment: 'We watched three lessons',
    until: '',
  })
  assert.match(plain(chen.page), /Signed endorsements Quality Agency , .*We watched three lessons/)
  const again = { target: achievement, organisation: agency, comment: 'Again' }
  assert.equal(await problemOf(curates('credential-endorsements.issue', again)), 'invalid')
  const reader = await visitor(node).open(`/en/records/${achievement}`)
  assert.match(plain(reader.body), /Signed endorsements Quality Agency/)
  assert.doesNotMatch(reader.body, /Endorse with a signature|Status and revocation/)
  await curates('credential-endorsements.issue', { target: school, comment: 'Known to us' })
})

test('an endorsement is a credential of its own, at its address', async () => {
  const { endorsements } = await node.as()<any>('credential-endorsements.list', { target: achievement })
  const { json } = await node.get(`/credential-endorsements/${endorsements[0].id}`)
  const document = json()
  assert.deepEqual(document.type, ['VerifiableCredential', 'EndorsementCredential'])
  assert.equal(document.issuer.name, 'Quality Agency')
  assert.match(document.credentialSubject.id, new RegExp(`/records/${achievement}$`))
  const told = await verified(document)
  assert.ok(told.isVerified, JSON.stringify(told.checks))
  assert.deepEqual(
    [checkOf(told, 'schema').code, told.credential.description],
    ['openBadges', 'We watched three lessons'],
  )
})

test('credentials hold them from then on, and each is verified apart; one that was revoked takes nothing from the credential', async () => {
  assert.equal(checkOf(await verified(before), 'endorsements'), undefined)
  const credential = await award('After')
  const { endorsement, creator } = credential.credentialSubject.achievement
  assert.deepEqual([endorsement.length, creator.endorsement.length], [1, 1])
  for (const suite of ['eddsa-jcs-2022', 'jwt'])
    assert.equal(checkOf(await verified(await award(suite, suite)), 'endorsements').code, 'ok')
  const told = await verified(credential)
  assert.ok(told.isVerified, JSON.stringify(told.checks))
  assert.deepEqual([checkOf(told, 'endorsements').code, checkOf(told, 'endorsements').values.of], ['ok', '2'])
  assert.deepEqual(
    told.within.map((one: any) => [one.role, one.isVerified, one.credential.issuerName]),
    [
      ['endorsement', true, 'Quality Agency'],
      ['endorsement', true, 'Qingdao'],
    ],
  )
  // The one before is current with the endorsements that came since.
  assert.equal(checkOf(await verified(before), 'newer').code, 'newer')

  const { endorsements } = await node.as()<any>('credential-endorsements.list', { target: achievement })
  await chen.open(`/en/records/${achievement}`)
  assert.match(chen.page, /Status and revocation/)
  await chen.open(`/en/credentials/${endorsements[0].id}`)
  await chen.send(`/credentials/${endorsements[0].id}`, { state: 'revoked', reason: 'Changed since' })
  const after = await verified(credential)
  assert.ok(after.isVerified)
  assert.deepEqual([checkOf(after, 'endorsements').code, checkOf(after.within[0], 'status').code], ['some', 'revoked'])
  assert.doesNotMatch((await visitor(node).open(`/en/records/${achievement}`)).body, /Signed endorsements/)
  const reader = visitor(node)
  await reader.open('/en/verify')
  const page = plain((await reader.send('/verify', { credential: JSON.stringify(credential) }, { files: {} })).body)
  assert.match(page, /Of 2 endorsements in it, 1 do not count.*2 endorsements in this credential.*withdrawn it/)
})

test('an endorsement of something else counts for nothing', async () => {
  const { id: target } = await curates('achievements.share', { title: { en: 'Other' }, originalLanguage: 'en' })
  const { credential: other } = await curates('credential-endorsements.issue', { target, comment: 'Another thing' })
  const { issuer, credentialStatus, proof, ...document } = before
  const badge = structuredClone(document)
  badge.credentialSubject.achievement.endorsement = [other]
  const { credential } = await curates('credentials.issue', { credential: badge })
  const told = await verified(credential)
  assert.ok(told.isVerified)
  assert.deepEqual([checkOf(told, 'endorsements').code, told.within[0].isVerified], ['some', true])
})
