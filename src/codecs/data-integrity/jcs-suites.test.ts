import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { isJcsSignature, jcsHashData, signEddsaJcs } from './jcs-suites.ts'
import { fromBase58, fromMultibase, toBase58 } from './multibase.ts'
import { multikeyOf, privateKeyOfMultikey, privateKeyOfSeed, publicKeyOfMultikey, seedOf } from './multikey.ts'
import { isProof, unsecured, type Document, type Proof } from './proof.ts'

const vectors = join(import.meta.dirname, '../../../fixtures/data-integrity')
const text = (path: string) => readFileSync(join(vectors, path), 'utf8').trim()
const json = <Value = Document>(path: string) => JSON.parse(text(path)) as Value
type Keys = { publicKeyMultibase: string; privateKeyMultibase: string }
const secured = (path: string) => json<Document & { proof: Proof }>(path)

test('the published eddsa-jcs-2022 credential is made anew, byte for byte', () => {
  const { publicKeyMultibase, privateKeyMultibase } = json<Keys>('eddsa/keyPair.json')
  const key = privateKeyOfMultikey(privateKeyMultibase)!
  const unsigned = json('eddsa/unsigned.json')
  const config = json('eddsa/eddsa-jcs-2022/proofConfigJCS.json')
  assert.equal(canonicalJson(unsigned), text('eddsa/eddsa-jcs-2022/canonDocJCS.txt'))
  assert.equal(canonicalJson(config), text('eddsa/eddsa-jcs-2022/proofCanonJCS.txt'))
  const combined = Buffer.from(jcsHashData(unsigned, config)).toString('hex')
  assert.equal(combined, text('eddsa/eddsa-jcs-2022/combinedHashJCS.txt'))
  const { created, verificationMethod, proofPurpose } = config as Proof
  const signed = signEddsaJcs(unsigned, { created: created!, verificationMethod, proofPurpose }, key)
  assert.deepEqual(signed, secured('eddsa/eddsa-jcs-2022/signedJCS.json'))
  assert.equal(multikeyOf(publicKeyOfMultikey(publicKeyMultibase)!.key), publicKeyMultibase)
})

test('published credentials of the JCS suites verify, with the keys of their curves', () => {
  for (const [path, keys] of [
    ['eddsa/eddsa-jcs-2022/signedJCS.json', 'eddsa/keyPair.json'],
    ['ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json', 'ecdsa/p256KeyPair.json'],
    ['ecdsa/ecdsa-jcs-2019-p384/signedJCSECDSAP384.json', 'ecdsa/p384KeyPair.json'],
  ] as const) {
    const document = secured(path)
    const { publicKeyMultibase } = json<Keys>(keys)
    const key = publicKeyOfMultikey(publicKeyMultibase)!
    assert.ok(isProof(document.proof), path)
    assert.equal(isJcsSignature(unsecured(document), document.proof, key), true, path)
    assert.equal(isJcsSignature({ ...unsecured(document), name: 'Another' }, document.proof, key), false, path)
    assert.equal(multikeyOf(key.key), publicKeyMultibase)
  }
})

const key = privateKeyOfSeed(new Uint8Array(32).fill(7))
const publicKey = publicKeyOfMultikey(multikeyOf(key))!
const options = {
  created: '2026-01-02T03:04:05Z',
  verificationMethod: 'did:example:1#k',
  proofPurpose: 'assertionMethod',
}

test('no document, proof or context that was changed still verifies', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.jsonValue(), (given, name, value) => {
      const signed = signEddsaJcs({ ...given, '@context': ['https://a.example', 'https://b.example'] }, options, key)
      const bare = unsecured(signed) as Record<string, unknown>
      assert.ok(isJcsSignature(bare, signed.proof, publicKey))
      if (name === 'proof' || name === '@context' || canonicalJson(bare[name]) === canonicalJson(value)) return
      const changed = Object.fromEntries([...Object.entries(bare), [name, value]])
      assert.equal(isJcsSignature(changed, signed.proof, publicKey), canonicalJson(changed) === canonicalJson(bare))
    }),
  )
  const { proof, ...bare } = signEddsaJcs({ '@context': ['https://a.example'], name: 'x' }, options, key)
  assert.ok(!isJcsSignature({ ...bare, '@context': ['https://evil.example', 'https://a.example'] }, proof, publicKey))
  assert.ok(!isJcsSignature(bare, { ...proof, created: '2027-01-02T03:04:05Z' }, publicKey))
  assert.ok(!isJcsSignature(bare, { ...proof, proofPurpose: 'authentication' }, publicKey))
})

test('a signature has one spelling, and belongs to one key', () => {
  const { proof, ...bare } = signEddsaJcs({ name: 'x' }, options, key)
  const other = publicKeyOfMultikey(multikeyOf(privateKeyOfSeed(new Uint8Array(32).fill(8))))!
  assert.ok(!isJcsSignature(bare, proof, other))
  const base64 = `u${Buffer.from(fromMultibase(proof.proofValue)!).toString('base64url')}`
  for (const proofValue of [base64, proof.proofValue.slice(0, -1), `z1${proof.proofValue.slice(1)}`, 'z', ''])
    assert.ok(!isJcsSignature(bare, { ...proof, proofValue }, publicKey), proofValue)
})

test('bytes come back from base 58, and no text that is too long is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => assert.deepEqual(fromBase58(toBase58(bytes)), bytes)),
  )
  for (const wrong of ['0', 'O', 'I', 'l', 'é', '1'.repeat(513)]) assert.equal(fromBase58(wrong), undefined)
})

test('what is no key is none', () => {
  assert.deepEqual(seedOf(key), new Uint8Array(32).fill(7))
  const short = `z${toBase58(Uint8Array.of(0xed, 0x01, 1, 2, 3))}`
  const noPoint = `z${toBase58(new Uint8Array([0x80, 0x24, 2, ...new Uint8Array(32).fill(255)]))}`
  for (const wrong of [undefined, 5, '', 'z', 'z6Mk', short, noPoint, 'x6Mk'])
    assert.equal(publicKeyOfMultikey(wrong), undefined)
  for (const wrong of ['z3u2', short, multikeyOf(key)]) assert.equal(privateKeyOfMultikey(wrong), undefined)
})
