/** What trust lists and quality decisions of this site say when somebody verifies a credential. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { multikeyOf } from '#codecs/data-integrity/multikey.ts'
import { openBadge } from '../../../../test/open-badge.ts'
import { testApp } from '../../../../test/app.ts'
import type { Verification } from '../verification/verification.ts'

const pair = generateKeyPairSync('ed25519')
const multikey = multikeyOf(pair.publicKey)
const did = `did:key:${multikey}`
const achievement = 'https://school.example/achievements/radio'
const badge = signEddsaJcs(
  openBadge(did, achievement),
  { created: '2026-01-02T03:04:05Z', verificationMethod: `${did}#${multikey}`, proofPurpose: 'assertionMethod' },
  pair.privateKey,
)

test('a verifier sees by which trust list the issuer is recognised, and which quality decision stands behind it', async () => {
  let now = new Date('2026-06-01T00:00:00Z')
  const node = await testApp({ now: () => now })
  const share = node.as('curator')
  const told = async () => {
    const { checks, isVerified } = (await node.as()('credentials.verify', { credential: badge })) as Verification
    const of = (wanted: string) => checks.find(({ name }) => name === wanted)!
    return [isVerified, ...['trustList', 'quality'].map((name) => `${of(name).state} ${of(name).code}`)]
  }
  assert.deepEqual(await told(), [true, 'unchecked none', 'unchecked none'])

  const { id: ministry } = await share('organisations.share', { title: { en: 'A ministry' }, originalLanguage: 'en' })
  await share('trust-lists.share', {
    title: { en: 'Schools of the ministry' },
    originalLanguage: 'en',
    vouchers: [ministry],
    vouchedFor: [
      { name: 'Another school', identifier: 'did:web:another.example' },
      { name: 'School', identifier: did, trustRole: 'issuer', validUntil: '2026-12-31' },
    ],
  })
  const { id: course } = await share('courses.share', {
    title: { en: 'Radio teaching' },
    originalLanguage: 'en',
    languages: ['en'],
  })
  await share('quality-decisions.share', {
    title: { en: 'Radio teaching, approved' },
    originalLanguage: 'en',
    decidesOn: [course],
    identifiers: [achievement],
    qualityResult: 'met',
    decidedOn: '2026-02-01',
    validUntil: '2026-09-30',
  })
  assert.deepEqual(await told(), [true, 'ok listed', 'ok decided'])
  now = new Date('2026-10-01T00:00:00Z')
  assert.deepEqual(
    await told(),
    [true, 'ok listed', 'unchecked ended'],
    'a decision that ended says nothing of the badge',
  )
  now = new Date('2027-01-01T00:00:00Z')
  assert.deepEqual(await told(), [true, 'unchecked none', 'unchecked ended'])
})
