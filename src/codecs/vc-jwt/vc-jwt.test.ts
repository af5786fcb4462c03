import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CompactSign } from 'jose'
import { Problem } from '#kernel/problem.ts'
import { algorithmsOf, isTokenSignature, keyOfJwk, readSealed, readToken, signToken, TokenRefused } from './vc-jwt.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:1',
  issuer: { id: 'did:example:1' },
  type: ['VerifiableCredential'],
}
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

test('a credential signed as a token is read and verifies with its key, and with no other', async () => {
  const token = await signToken(credential, privateKey, 'did:example:1#k')
  const { document, header } = readToken(token)
  assert.deepEqual(document, credential)
  assert.deepEqual(header, { alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: 'did:example:1#k' })
  assert.equal(await isTokenSignature(token, publicKey), true)
  assert.equal(await isTokenSignature(token, generateKeyPairSync('ed25519').publicKey), false)
  const [head, , signature] = token.split('.')
  assert.equal(await isTokenSignature(`${head}.${part({ ...credential, id: 'urn:2' })}.${signature}`, publicKey), false)
})

test('the algorithm is the key’s, whatever the header says', async () => {
  const body = part(credential)
  assert.throws(() => readToken(`${part({ alg: 'none' })}.${body}.`), TokenRefused)
  // The public key as the secret of an HMAC: the oldest of such attacks.
  const head = part({ alg: 'HS256' })
  const spki = publicKey.export({ type: 'spki', format: 'pem' })
  const hmac = createHmac('sha256', spki).update(`${head}.${body}`).digest('base64url')
  assert.throws(() => readToken(`${head}.${body}.${hmac}`), TokenRefused)
  assert.equal(await isTokenSignature(`${head}.${body}.${hmac}`, publicKey), false)
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const token = await new CompactSign(Buffer.from('{}')).setProtectedHeader({ alg: 'ES256' }).sign(ec.privateKey)
  assert.equal(await isTokenSignature(token, ec.publicKey), true)
  assert.equal(await isTokenSignature(token, publicKey), false)
  assert.deepEqual(algorithmsOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), [])
  assert.deepEqual(algorithmsOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), [])
  assert.equal(keyOfJwk({ kty: 'oct', k: 'AAAA' }), undefined)
  assert.equal(keyOfJwk(privateKey.export({ format: 'jwk' })), undefined)
})

test('a token of version 1.1 is read with its claims, and one that contradicts its credential is told', () => {
  const head = part({ alg: 'EdDSA' })
  const inner = { '@context': [], type: ['VerifiableCredential'], credentialSubject: { name: 'x' } }
  const claims = {
    iss: 'did:example:1',
    jti: 'urn:1',
    sub: 'did:example:2',
    nbf: 1262304000,
    exp: 1893456000,
    vc: inner,
  }
  const { document, contradiction } = readToken(`${head}.${part(claims)}.AAAA`)
  assert.equal(contradiction, undefined)
  assert.deepEqual(
    [document.issuer, document.id, document.credentialSubject, document.issuanceDate, document.expirationDate],
    [
      'did:example:1',
      'urn:1',
      { id: 'did:example:2', name: 'x' },
      '2010-01-01T00:00:00.000Z',
      '2030-01-01T00:00:00.000Z',
    ],
  )
  for (const [name, changed] of Object.entries({
    iss: { ...claims, vc: { ...inner, issuer: { id: 'did:example:other' } } },
    jti: { ...claims, vc: { ...inner, id: 'urn:other' } },
    sub: { ...claims, vc: { ...inner, credentialSubject: { id: 'did:example:other' } } },
    exp: { ...claims, vc: { ...inner, expirationDate: '2040-01-01T00:00:00Z' } },
  }))
    assert.equal(readToken(`${head}.${part(changed)}.AAAA`).contradiction, name)
})

test('what is ambiguous, critical or cut short is refused', () => {
  const head = part({ alg: 'EdDSA' })
  for (const wrong of [
    '',
    'a.b',
    `${head}.${part(credential)}.`,
    `${head}.${part([])}.AAAA`,
    `${part({ alg: 'EdDSA', crit: ['x'] })}.${part(credential)}.AAAA`,
    `${part({ alg: 'EdDSA', b64: false })}.${part(credential)}.AAAA`,
  ])
    assert.throws(() => readToken(wrong), TokenRefused, wrong)
  assert.throws(() => readToken(`${head}.${part('{"id":1,"id":2}')}.AAAA`), Problem)
  assert.throws(() => readToken(`${head}.${part('{"n":12345678901234567890}')}.AAAA`), Problem)
  assert.throws(() => readToken(`${head}.${part(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`)}.AAAA`), Problem)
})

const elm = join(import.meta.dirname, '../../../../shared/data/credentials-elm')
test(
  'the signature of the published European credential holds, and not over another text',
  { skip: existsSync(elm) ? false : 'no data' },
  () => {
    const sealed = JSON.parse(readFileSync(join(elm, 'Sample-CertOfPart-signed.jsonld'), 'utf8')) as { payload: string }
    const { isSound, document } = readSealed(sealed)!
    assert.equal(isSound, true)
    assert.deepEqual(document.type, ['VerifiableCredential', 'EuropeanDigitalCredential'])
    assert.equal(readSealed({ ...sealed, payload: sealed.payload.replace('Generic', 'generic') })!.isSound, false)
    assert.equal(readSealed({ a: 1 }), undefined)
  },
)
