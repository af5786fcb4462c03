/** Keys as Multikey (W3C Controlled Identifiers 1.0 §2.2.2) and as JWK (RFC 7517, RFC 8037): Ed25519, P-256 and P-384. */
import { createPrivateKey, createPublicKey, ECDH, type JsonWebKey, type KeyObject } from 'node:crypto'
import { fromMultibase, toMultibase } from './multibase.ts'

export type Curve = 'Ed25519' | 'P-256' | 'P-384'
export type PublicKey = { curve: Curve; key: KeyObject }

// Multicodec in front of the bytes of a public key; elliptic points are compressed.
const headers: Readonly<Record<Curve, { header: readonly [number, number]; bytes: number; ecdh?: string }>> = {
  Ed25519: { header: [0xed, 0x01], bytes: 32 },
  'P-256': { header: [0x80, 0x24], bytes: 33, ecdh: 'prime256v1' },
  'P-384': { header: [0x81, 0x24], bytes: 49, ecdh: 'secp384r1' },
}
const secretHeader: readonly [number, number] = [0x80, 0x26]
const seedBytes = 32
// RFC 8410: what stands before the 32 bytes of a private key in DER.
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const startsWith = (bytes: Uint8Array, [first, second]: readonly [number, number]) =>
  bytes[0] === first && bytes[1] === second

/** Keys that were read last: whoever verifies a class reads one key again and again. */
const known = new Map<string, PublicKey>()
const mostKnown = 200

/** Undefined where it is no public key that is read here. */
export function publicKeyOfMultikey(text: unknown): PublicKey | undefined {
  if (typeof text !== 'string') return undefined
  const key = known.get(text) ?? readMultikey(text)
  if (key && !known.has(text)) {
    if (known.size >= mostKnown) known.clear()
    known.set(text, key)
  }
  return key
}

function readMultikey(text: string): PublicKey | undefined {
  const bytes = fromMultibase(text)
  if (!bytes) return undefined
  for (const [curve, { header, bytes: length, ecdh }] of Object.entries(headers) as [Curve, (typeof headers)[Curve]][])
    if (startsWith(bytes, header)) {
      const point = bytes.subarray(2)
      if (point.length !== length) return undefined
      return publicKeyOfJwk(ecdh ? ellipticJwk(curve, ecdh, point) : { kty: 'OKP', crv: curve, x: base64Url(point) })
    }
  return undefined
}

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

function ellipticJwk(crv: Curve, ecdh: string, point: Uint8Array): JsonWebKey | undefined {
  try {
    const whole = ECDH.convertKey(point, ecdh, undefined, undefined, 'uncompressed') as Buffer
    const half = (whole.length - 1) / 2
    return { kty: 'EC', crv, x: base64Url(whole.subarray(1, 1 + half)), y: base64Url(whole.subarray(1 + half)) }
  } catch {
    return undefined
  }
}

/** Undefined where it is no public key that is read here; a private key is none. */
export function publicKeyOfJwk(given: unknown): PublicKey | undefined {
  const { kty, crv, x, y, d } = (given ?? {}) as Record<string, unknown>
  const isKnown = (kty === 'OKP' && crv === 'Ed25519') || (kty === 'EC' && (crv === 'P-256' || crv === 'P-384'))
  if (!isKnown || d !== undefined || typeof x !== 'string') return undefined
  const jwk = { kty, crv, x, ...(typeof y === 'string' && { y }) } as JsonWebKey
  try {
    return { curve: crv as Curve, key: createPublicKey({ key: jwk, format: 'jwk' }) }
  } catch {
    return undefined
  }
}

const named: ReadonlyMap<string | undefined, Curve> = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
])

/** Of a private or a public key. @throws TypeError where it is of another curve */
export function curveOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Curve {
  const curve = asymmetricKeyType === 'ed25519' ? 'Ed25519' : named.get(asymmetricKeyDetails?.namedCurve)
  if (!curve) throw new TypeError(`no curve for ${String(asymmetricKeyType)}`)
  return curve
}

/** @throws TypeError where the key is of another curve */
export function multikeyOf(key: KeyObject): string {
  const { crv, x = '', y = '' } = key.export({ format: 'jwk' })
  const of = headers[crv as Curve]
  if (!of) throw new TypeError(`no Multikey for ${String(crv)}`)
  const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const point = of.ecdh ? Buffer.concat([Uint8Array.of(2 + (right.at(-1)! & 1)), left]) : left
  return toMultibase(Buffer.concat([Uint8Array.from(of.header), point]))
}

export const privateKeyOfSeed = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([seedPrefix, seed]), format: 'der', type: 'pkcs8' })

/** The seed of an Ed25519 key: 32 bytes. */
export const seedOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'))

/** An Ed25519 private key as `secretKeyMultibase`; undefined where it is none. */
export function privateKeyOfMultikey(text: unknown): KeyObject | undefined {
  const bytes = fromMultibase(text)
  if (!bytes || bytes.length !== seedBytes + 2 || !startsWith(bytes, secretHeader)) return undefined
  return privateKeyOfSeed(bytes.subarray(2))
}
