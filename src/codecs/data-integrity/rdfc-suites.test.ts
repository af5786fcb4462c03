import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonicalRdf, RdfRefused } from './canonical-rdf.ts'
import { knownContexts } from './contexts.ts'
import { multikeyOf, privateKeyOfMultikey, publicKeyOfMultikey, type Curve } from './multikey.ts'
import { unsecured, type Document, type Proof } from './proof.ts'
import { isRdfcSignature, rdfcHashData, signRdfc } from './rdfc-suites.ts'
import { verifyProofs } from './verify-proofs.ts'

const vectors = join(import.meta.dirname, '../../../fixtures/data-integrity')
const text = (path: string) => readFileSync(join(vectors, path), 'utf8').trim()
const json = <Value = Document>(path: string) => JSON.parse(text(path)) as Value
const secured = (path: string) => json<Document & { proof: Proof }>(path)
/** The published examples use a context that is for examples alone, so no node knows it. */
const examples = new Map(
  Object.entries({
    'https://www.w3.org/ns/credentials/examples/v2': {
      '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' },
    },
  }),
)
const keyOfDidKey = ({ verificationMethod }: Proof) => publicKeyOfMultikey(verificationMethod.split('#')[1])

test('published proofs over RDF: canonical form, hash and signature are those of the authors', async () => {
  for (const [folder, suffix, keys, curve] of [
    ['eddsa/eddsa-rdfc-2022', 'DataInt', 'eddsa/keyPair.json', 'Ed25519'],
    ['ecdsa/ecdsa-rdfc-2019-p256', 'ECDSAP256', 'ecdsa/p256KeyPair.json', 'P-256'],
    ['ecdsa/ecdsa-rdfc-2019-p384', 'ECDSAP384', 'ecdsa/p384KeyPair.json', 'P-384'],
  ] as const) {
    const document = secured(`${folder}/signed${suffix}.json`)
    const bare = unsecured(document)
    const { proofValue: _, ...options } = document.proof
    const key = publicKeyOfMultikey(json<{ publicKeyMultibase: string }>(keys).publicKeyMultibase)!
    assert.equal((await canonicalRdf(bare, examples)).trim(), text(`${folder}/canonDoc${suffix}.txt`), folder)
    const data = await rdfcHashData(bare, options, curve as Curve, examples)
    assert.equal(Buffer.from(data).toString('hex'), text(`${folder}/combinedHash${suffix}.txt`), folder)
    assert.equal(await isRdfcSignature(bare, document.proof, key, examples), true, folder)
    const changed = { ...bare, validFrom: '2020-01-01T00:00:00Z' }
    assert.equal(await isRdfcSignature(changed, document.proof, key, examples), false, folder)
  }
})

test('published proof sets and proof chains verify, and not without the proofs that they build upon', async () => {
  for (const name of ['signedProofSet1', 'signedProofSet2', 'signedProofChain1', 'signedProofChain2']) {
    const results = await verifyProofs(json(`eddsa/proof-set-chain/${name}.json`), keyOfDidKey, examples)
    assert.ok(results.length > 0)
    assert.deepEqual(
      results.map(({ state }) => state),
      results.map(() => 'ok'),
      name,
    )
  }
  const chain = json<Document & { proof: Proof[] }>('eddsa/proof-set-chain/signedProofChain2.json')
  const cut = await verifyProofs({ ...chain, proof: chain.proof.slice(1) }, keyOfDidKey, examples)
  assert.ok(cut.some((one) => one.state === 'failed' && one.code === 'previousMissing'))
  const twice = await verifyProofs({ ...chain, proof: [...chain.proof, chain.proof[0]] }, keyOfDidKey, examples)
  assert.ok(twice.some((one) => one.state === 'failed' && one.code === 'previousMissing'))
  const other = chain.proof.map((one, at) => (at === 0 ? { ...one, created: '2024-01-01T00:00:00Z' } : one))
  const changed = await verifyProofs({ ...chain, proof: other }, keyOfDidKey, examples)
  assert.ok(changed.filter(({ state }) => state === 'failed').length >= 2, 'the first, and what builds upon it')
  const many = await verifyProofs({ ...chain, proof: Array(9).fill(chain.proof[0]) }, keyOfDidKey, examples)
  assert.deepEqual(
    many.map((one) => one.state === 'failed' && one.code),
    ['tooManyProofs'],
  )
})

const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:example:issuer', type: ['Profile'], name: 'School' },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: 'urn:uuid:2',
    type: ['AchievementSubject'],
    achievement: { id: 'urn:uuid:3', type: ['Achievement'], name: 'A', description: 'B', criteria: { narrative: 'C' } },
  },
}
const options = {
  created: '2026-01-02T03:04:05Z',
  verificationMethod: 'did:example:1#k',
  proofPurpose: 'assertionMethod',
}
const key = privateKeyOfMultikey(json<{ privateKeyMultibase: string }>('eddsa/keyPair.json').privateKeyMultibase)!
const publicKey = publicKeyOfMultikey(json<{ publicKeyMultibase: string }>('eddsa/keyPair.json').publicKeyMultibase)!

test('a credential that is signed here verifies, with keys of each curve', async () => {
  for (const namedCurve of ['P-256', 'P-384']) {
    const pair = generateKeyPairSync('ec', { namedCurve })
    const signed = await signRdfc(credential, options, pair.privateKey)
    const [result] = await verifyProofs(signed, () => publicKeyOfMultikey(multikeyOf(pair.publicKey)))
    assert.equal(result!.state, 'ok', namedCurve)
    const [confused] = await verifyProofs(signed, () => publicKey)
    assert.ok(confused!.state === 'failed' && confused!.code === 'wrongKeyType')
  }
  const signed = await signRdfc(credential, options, key)
  assert.equal((await verifyProofs(signed, () => publicKey))[0]!.state, 'ok')
  const confused = { ...signed, proof: { ...signed.proof, cryptosuite: 'eddsa-jcs-2022' } }
  assert.equal((await verifyProofs(confused, () => publicKey))[0]!.state, 'failed')
})

test('a document that a signature would not wholly cover is refused, on signing and on verifying', async () => {
  const { proof } = await signRdfc(credential, options, key)
  const achievement = credential.credentialSubject.achievement
  for (const [why, changed] of Object.entries({
    'a term of no context': { ...credential, salary: '5' },
    'a value that JSON-LD drops': { ...credential, evidence: null },
    'an empty list': { ...credential, evidence: [] },
    'a context within': { ...credential, credentialSubject: { ...credential.credentialSubject, '@context': {} } },
    'a context written into it': {
      ...credential,
      '@context': [...credential['@context'], { name: 'https://x.example/n' }],
    },
    'an index': {
      ...credential,
      credentialSubject: { ...credential.credentialSubject, achievement: { ...achievement, '@index': 'x' } },
    },
  })) {
    await assert.rejects(signRdfc(changed, options, key), RdfRefused, why)
    const [result] = await verifyProofs({ ...changed, proof }, () => publicKey)
    assert.equal(result!.state, 'failed', why)
  }
})

test('no context is fetched: one that is not shipped leaves the proof unchecked', async () => {
  const { proof } = await signRdfc(credential, options, key)
  const remote = { ...credential, '@context': [...credential['@context'], 'https://evil.example/context'], proof }
  const [result] = await verifyProofs(remote, () => publicKey)
  assert.deepEqual(
    { ...result, proof: 0 },
    { proof: 0, state: 'unknown', code: 'contextUnknown', what: 'https://evil.example/context' },
  )
  assert.equal(knownContexts.includes('https://evil.example/context'), false)
  for (const name of ['__proto__', 'constructor', 'toString'])
    assert.equal((await verifyProofs({ ...remote, '@context': [name] }, () => publicKey))[0]!.state, 'unknown')
})

test('a graph that is made to have no cheap canonical form is given up', async () => {
  const size = 12
  const nodes = Array.from({ length: size }, (_, at) => ({
    id: `_:n${at}`,
    type: ['Profile'],
    endorsement: undefined,
    evidence: undefined,
    otherIdentifier: undefined,
    parentOrg: { id: `_:n${(at + 1) % size}`, type: ['Profile'] },
  })).map((one) => JSON.parse(JSON.stringify(one)) as object)
  const clique = Array.from({ length: size }, (_, at) => ({
    id: `_:e${at}`,
    type: ['Alignment'],
    'https://x.example/next': Array.from({ length: size }, (_, to) => ({ id: `_:e${to}` })).filter(
      (_, to) => to !== at,
    ),
  }))
  const poison = { ...credential, 'https://x.example/a': [...nodes, ...clique] }
  await assert.rejects(canonicalRdf(poison), (error: RdfRefused) => error.fault.code === 'tooComplex')
})
