/** Issuing, revoking and suspending as an issuer’s programs do, and what those see who verify. */
import assert from 'node:assert/strict'
import { readFileSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { privateKeyOfSeed } from '#codecs/data-integrity/multikey.ts'
import { toMultibase } from '#codecs/data-integrity/multibase.ts'
import { doJob, problemOf, testApp } from '../../../../test/app.ts'
import { keyOf, person } from '../../../../test/people.ts'
import type { Verification } from '../verification/verification.ts'

const badge = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:5f0c1d8e-1111-4222-8333-944445555666',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Teaching by radio',
  credentialSubject: {
    id: 'urn:uuid:7a0c1d8e-1111-4222-8333-944445555666',
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:9b',
      type: ['Achievement'],
      name: 'Teaching by radio',
      description: 'Ten lessons',
      criteria: { narrative: 'Taught them' },
    },
  },
}
const node = await testApp()
const curates = node.as('curator')
const operates = node.as('operator')
const verify = async (credential: unknown) => (await node.as()('credentials.verify', { credential })) as Verification
const stateOf = ({ checks }: Verification, wanted: string) => {
  const { state, code } = checks.find(({ name }) => name === wanted)!
  return `${state} ${code}`
}
type Issued = { id: string; credential: any }

test('what is issued in each suite verifies, is revoked for good, and is suspended for a time', async () => {
  for (const suite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'jwt']) {
    const { id, credential } = await curates<Issued>('credentials.issue', {
      credential: badge,
      suite,
      canBeSuspended: true,
    })
    const sound = await verify(credential)
    assert.deepEqual(
      [sound.isVerified, stateOf(sound, 'issuer'), stateOf(sound, 'status'), stateOf(sound, 'trustList')],
      [true, 'ok ownNode', 'ok ok', 'ok ownNode'],
    )
    await curates('credentials.setStatus', { id, state: 'suspended', reason: 'Being looked into' })
    assert.equal(stateOf(await verify(credential), 'status'), 'failed suspended')
    await curates('credentials.setStatus', { id, state: 'valid', reason: 'Cleared' })
    assert.equal((await verify(credential)).isVerified, true)
    await curates('credentials.setStatus', { id, state: 'revoked', reason: 'Issued by mistake' })
    const revoked = await verify(credential)
    assert.deepEqual([stateOf(revoked, 'status'), revoked.isVerified], ['failed revoked', false])
    assert.equal(await problemOf(curates('credentials.setStatus', { id, state: 'valid', reason: 'Again' })), 'invalid')
    assert.equal((await curates('credentials.status', { id })).reason, 'Issued by mistake')
  }
})

test('a badge has the one status that Open Badges 3.0 allows, unless it is to be suspended', async () => {
  const { id, credential } = await curates<Issued>('credentials.issue', { credential: badge })
  assert.deepEqual(
    [credential.credentialStatus.type, credential.credentialStatus.statusPurpose],
    ['BitstringStatusListEntry', 'revocation'],
  )
  assert.equal((await verify(credential)).isVerified, true)
  assert.equal((await curates('credentials.status', { id })).canBeSuspended, false)
  const suspended = curates('credentials.setStatus', { id, state: 'suspended', reason: 'Being looked into' })
  assert.equal(await problemOf(suspended), 'invalid')
  assert.equal((await verify(credential)).isVerified, true)
  await curates('credentials.setStatus', { id, state: 'revoked', reason: 'Issued by mistake' })
  assert.equal(stateOf(await verify(credential), 'status'), 'failed revoked')
})

test('others verify with the published document of keys and the published lists', async () => {
  const { id, credential } = await curates<Issued>('credentials.issue', { credential: badge, canBeSuspended: true })
  const document = (await node.get('/.well-known/did.json')).json()
  assert.equal(document.id, credential.issuer.id)
  assert.ok(document.assertionMethod.includes(credential.proof.verificationMethod))
  const [revocation, suspension] = credential.credentialStatus
  assert.deepEqual([revocation.statusPurpose, suspension.statusPurpose], ['revocation', 'suspension'])
  const list = await node.get(new URL(revocation.statusListCredential).pathname)
  assert.equal(list.statusCode, 200)
  assert.equal(list.json().issuer, document.id)
  assert.equal((await verify(list.json())).isVerified, true)
  assert.equal((await node.get('/status/99')).statusCode, 404)
  // An entry says nothing of when or to whom it was given, and a list no reason.
  assert.ok(!list.body.includes(id) && !list.body.includes('mistake'))
})

test('a new key signs from then on, and what older keys signed still verifies', async () => {
  const before = await curates<Issued>('credentials.issue', { credential: badge })
  const { method } = await operates('credentials.rotateKey')
  const after = await curates<Issued>('credentials.issue', { credential: badge })
  assert.equal(after.credential.proof.verificationMethod, method)
  assert.notEqual(before.credential.proof.verificationMethod, method)
  for (const { credential } of [before, after]) assert.equal((await verify(credential)).isVerified, true)
  const { verificationMethod } = (await node.get('/.well-known/did.json')).json()
  assert.ok(verificationMethod.some(({ expires }: { expires?: string }) => expires !== undefined))
  // One’s own key, brought; the same one not twice, and nothing that is no key.
  const seed = new Uint8Array(32).fill(9)
  const secretKey = toMultibase(Buffer.concat([Uint8Array.of(0x80, 0x26), seed]))
  assert.ok(privateKeyOfSeed(seed))
  await operates('credentials.rotateKey', { secretKey })
  assert.equal(
    (await verify((await curates<Issued>('credentials.issue', { credential: badge })).credential)).isVerified,
    true,
  )
  assert.equal(await problemOf(operates('credentials.rotateKey', { secretKey })), 'invalid')
  assert.equal(await problemOf(operates('credentials.rotateKey', { secretKey: 'z6Mk' })), 'invalid')
  await doJob(node.app, 'issuing-key')
  // No private key is in the data folder’s plain files, nor in what was said.
  for (const path of globSync('**/*', { cwd: node.folder, withFileTypes: true }).filter((one) => one.isFile())) {
    const bytes = readFileSync(join(path.parentPath, path.name))
    assert.ok(!bytes.includes(Buffer.from(seed)) && !bytes.includes(secretKey), path.name)
  }
})

test('who may not issue is refused, and what would not verify is not issued', async () => {
  for (const role of [undefined, 'contributor', 'reviewer'])
    for (const [name, input] of [
      ['credentials.issue', { credential: badge }],
      ['credentials.rotateKey', {}],
      ['credentials.list', {}],
    ] as const)
      assert.match(await problemOf(node.as(role)(name, input)), /^(?:forbidden|unauthenticated)$/, `${role} ${name}`)
  assert.equal(await problemOf(curates('credentials.rotateKey')), 'forbidden')
  const { credential: signed } = await curates<Issued>('credentials.issue', { credential: badge })
  for (const wrong of [
    signed,
    { ...badge, issuer: 'did:web:ministry.example' },
    { ...badge, '@context': ['https://evil.example/context'] },
    { ...badge, '@context': [...badge['@context'], { name: 'https://evil.example/n' }] },
    { ...badge, salary: 5 },
    { ...badge, credentialSubject: {} },
    {
      ...badge,
      credentialSubject: { ...badge.credentialSubject, achievement: { id: 'urn:x', type: ['Achievement'], name: 'x' } },
    },
    { ...badge, validUntil: 'tomorrow' },
  ])
    assert.equal(
      await problemOf(curates('credentials.issue', { credential: wrong })),
      'invalid',
      JSON.stringify(wrong).slice(0, 80),
    )
})

test('other software issues with a key, as the VC-API says', async () => {
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const key = await keyOf(node, chen.id, ['credentials'])
  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    node.web.fastify.inject({
      method: 'POST',
      url: '/credentials/issue',
      payload: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  const bearer = { authorization: `Bearer ${key}` }
  const issued = await ask({ credential: badge, options: {} }, bearer)
  assert.equal(issued.statusCode, 201)
  assert.equal((await verify(issued.json().verifiableCredential)).isVerified, true)
  const anyone = await ask({ credential: badge })
  assert.deepEqual([anyone.statusCode, anyone.json().errors.length], [401, 1])
  assert.match(anyone.json().errors[0].detail, /sign in|API key/i)
  const narrow = await ask(
    { credential: badge },
    { authorization: `Bearer ${await keyOf(node, chen.id, ['practices'])}` },
  )
  assert.ok([401, 403].includes(narrow.statusCode))
  for (const wrong of [
    {},
    { credential: 'x' },
    { credential: { ...badge, type: 'Badge' } },
    { credential: { ...badge, issuer: 'did:web:x.example' } },
  ]) {
    const refused = await ask(wrong, bearer)
    assert.deepEqual([refused.statusCode, refused.json().errors.length], [400, 1])
  }
})
