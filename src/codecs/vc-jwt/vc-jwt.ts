/**
 * Credentials as JSON Web Tokens: the credential itself as payload (W3C VC-JOSE-COSE 1.0 §3.1, Open Badges 3.0 §8.2), or in
 * the claim `vc` with others beside it (Verifiable Credentials 1.1 §6.3.1); and JAdES of European Digital Credentials.
 */
import { createHash, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { parseStrictJson } from '#kernel/input-limits.ts'
import { fromBase64Url } from '#codecs/data-integrity/multibase.ts'

type Json = Readonly<Record<string, unknown>>
export type Token = {
  header: Json
  /** The credential or presentation that it carries. */
  document: Json
  /** The bytes that are signed, and the signature. */
  signed: string
  signature: Uint8Array
  /** A claim beside the credential says something else than the credential. */
  contradiction?: string
}

export type TokenFault = 'malformedToken' | 'algorithmRefused' | 'criticalHeader'
export class TokenRefused extends Error {
  override name = 'TokenRefused'
  readonly code: TokenFault
  constructor(code: TokenFault, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

const longest = 2 * 1024 * 1024
const limits = { bytes: longest, depth: 64 }
const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/

/** Only those of signatures by a public key: with `none` or an HMAC anybody could be the signer. */
export const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'PS256'] as const
export type Algorithm = (typeof algorithms)[number]

export const isToken = (text: string): boolean => text.length <= longest && compact.test(text)

/** @throws TokenRefused; Problem where its JSON is malformed or ambiguous */
export function readToken(text: string): Token {
  if (!isToken(text)) throw new TokenRefused('malformedToken')
  const [first = '', second = '', third = ''] = text.split('.')
  const header = objectIn(first)
  expectPlainHeader(header, [])
  const payload = objectIn(second)
  const signature = fromBase64Url(third)
  if (!signature || signature.length === 0) throw new TokenRefused('malformedToken')
  return { header, signed: `${first}.${second}`, signature, ...documentIn(payload) }
}

function expectPlainHeader(header: Json, understood: readonly string[]): void {
  if (!algorithms.some((one) => one === header.alg)) throw new TokenRefused('algorithmRefused')
  const critical = header.crit === undefined ? [] : header.crit
  if (!Array.isArray(critical) || critical.some((one) => !understood.includes(one as string)))
    throw new TokenRefused('criticalHeader')
  if (header.b64 !== undefined && !understood.includes('b64')) throw new TokenRefused('criticalHeader')
}

function objectIn(part: string): Json {
  const bytes = fromBase64Url(part)
  if (!bytes) throw new TokenRefused('malformedToken')
  return asObject(parseStrictJson(bytes, limits))
}

function asObject(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TokenRefused('malformedToken')
  return value as Json
}

/** Claims of VC 1.1 stand in the place of properties of the credential; where both are there, they must agree. */
function documentIn(payload: Json): Pick<Token, 'document' | 'contradiction'> {
  const inner = payload.vc ?? payload.vp
  if (inner === undefined) return contradictionIn(payload, payload)
  const document: Record<string, unknown> = { ...asObject(inner) }
  const put = (name: string, value: unknown) => {
    if (value !== undefined) document[name] ??= value
  }
  put('id', payload.jti)
  put(payload.vp ? 'holder' : 'issuer', payload.iss)
  if (payload.vc) {
    put('issuanceDate', timeOf(payload.nbf))
    put('expirationDate', timeOf(payload.exp))
    const subject = document.credentialSubject
    if (payload.sub !== undefined && typeof subject === 'object' && subject !== null && !Array.isArray(subject))
      document.credentialSubject = { id: payload.sub, ...subject }
  }
  return contradictionIn(document, payload)
}

function contradictionIn(document: Json, claims: Json): Pick<Token, 'document' | 'contradiction'> {
  const idOf = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Json).id : value)
  const differs = (claim: unknown, own: unknown) => claim !== undefined && own !== undefined && claim !== own
  const until = timeOf(claims.exp)
  const given = document.validUntil ?? document.expirationDate
  const wrong = differs(claims.iss, idOf(document.issuer ?? document.holder))
    ? 'iss'
    : differs(claims.jti, document.id)
      ? 'jti'
      : differs(claims.sub, idOf(document.credentialSubject))
        ? 'sub'
        : until !== undefined && typeof given === 'string' && Date.parse(given) !== Date.parse(until)
          ? 'exp'
          : undefined
  return wrong === undefined ? { document } : { document, contradiction: wrong }
}

/** NumericDate (RFC 7519 §2) */
function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'number' || !(Math.abs(value) < 8.64e12)) return undefined
  return new Date(value * 1000).toISOString()
}

/** Which algorithms a key takes: one of another kind is not tried, whatever the header says. */
export function algorithmsOf(key: KeyObject): readonly Algorithm[] {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'ed25519') return ['EdDSA', 'Ed25519']
  if (type === 'rsa') return (details?.modulusLength ?? 0) >= 2_048 ? ['RS256', 'PS256'] : []
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return ['ES256']
  return type === 'ec' && details?.namedCurve === 'secp384r1' ? ['ES384'] : []
}

/** A public key of a JWK (RFC 7517), of a kind that signs here; a private or secret one is none. */
export function keyOfJwk(jwk: unknown): KeyObject | undefined {
  if (typeof jwk !== 'object' || jwk === null || 'd' in jwk || (jwk as Json).kty === 'oct') return undefined
  const { kty, crv, x, y, n, e } = jwk as Json
  try {
    const key = createPublicKey({ key: { kty, crv, x, y, n, e } as never, format: 'jwk' })
    return algorithmsOf(key).length > 0 ? key : undefined
  } catch {
    return undefined
  }
}

/** A public key as PEM (RFC 7468 §13), of a kind that signs here. */
export function keyOfPem(pem: unknown): KeyObject | undefined {
  if (typeof pem !== 'string' || pem.length > 10_000 || !/^-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem.trim()))
    return undefined
  try {
    const key = createPublicKey(pem)
    return algorithmsOf(key).length > 0 ? key : undefined
  } catch {
    return undefined
  }
}

/** Whether the key made the signature, by the algorithm of the header, which must be one of the key’s. */
export async function isTokenSignature(text: string, key: KeyObject): Promise<boolean> {
  const { compactVerify } = await import('jose')
  return compactVerify(text, key, { algorithms: [...algorithmsOf(key)] }).then(
    () => true,
    () => false,
  )
}

/** A credential as VC-JWT (`vc+jwt`), signed with EdDSA; `keyId` is the method of verification. */
export async function signToken(document: Json, key: KeyObject, keyId: string): Promise<string> {
  const { CompactSign } = await import('jose')
  return new CompactSign(Buffer.from(JSON.stringify(document)))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: keyId })
    .sign(key)
}

export type SealedDocument = {
  document: Json
  certificate: X509Certificate
  /** What the signer sent beside it, to show who issued it. */
  further: readonly X509Certificate[]
  /** When the signer says that it was signed: claimed, and not proven. */
  signedAt: string | undefined
  isSound: boolean
}

/** JSON Advanced Electronic Signatures (ETSI TS 119 182-1): the signature is judged; certificates and time stamps are not. */
export function readSealed(value: Json): SealedDocument | undefined {
  if (typeof value.payload !== 'string' || !Array.isArray(value.signatures)) return undefined
  const [only] = value.signatures as Json[]
  if (value.signatures.length !== 1 || typeof only?.protected !== 'string' || typeof only.signature !== 'string')
    throw new TokenRefused('malformedToken')
  const header = objectIn(only.protected)
  expectPlainHeader(header, ['b64', 'sigT', 'adoTst'])
  if (header.alg !== 'RS256' && header.alg !== 'ES256') throw new TokenRefused('algorithmRefused')
  const [certificate, ...further] = certificatesIn(header.x5c)
  if (!isNamed(certificate, header['x5t#S256'])) throw new TokenRefused('malformedToken')
  const isRaw = header.b64 === false
  const raw = isRaw ? Buffer.from(value.payload) : fromBase64Url(value.payload)
  const signature = fromBase64Url(only.signature)
  if (!raw || !signature) throw new TokenRefused('malformedToken')
  const document = asObject(parseStrictJson(raw, limits))
  const fits = algorithmsOf(certificate.publicKey).includes(header.alg)
  const key =
    header.alg === 'ES256' ? { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' as const } : certificate.publicKey
  const isSound = fits && verify('sha256', Buffer.from(`${only.protected}.${value.payload}`), key, signature)
  const signedAt = typeof header.sigT === 'string' ? header.sigT : undefined
  return { document, certificate, further, signedAt, isSound }
}

/** More are no chain that anybody uses, and each costs a signature. */
const mostCertificates = 6
const longestCertificate = 16_000

function certificatesIn(chain: unknown): [X509Certificate, ...X509Certificate[]] {
  const given = Array.isArray(chain) ? (chain as unknown[]) : []
  if (given.length > mostCertificates) throw new TokenRefused('malformedToken')
  const [first, ...rest] = given.map((one) => {
    if (typeof one !== 'string' || one.length > longestCertificate) throw new TokenRefused('malformedToken')
    try {
      const certificate = new X509Certificate(Buffer.from(one, 'base64'))
      // A key that is none, or of a kind that is not known here, shows only when it is asked for.
      return certificate.publicKey && certificate
    } catch (cause) {
      throw new TokenRefused('malformedToken', cause)
    }
  })
  if (!first) throw new TokenRefused('malformedToken')
  return [first, ...rest]
}

/** The digest in the header, where there is one, is of the certificate that verifies (RFC 7515 §4.1.8). */
const isNamed = ({ raw }: X509Certificate, digest: unknown): boolean =>
  digest === undefined || digest === createHash('sha256').update(raw).digest('base64url')
