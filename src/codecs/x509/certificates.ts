/** Certificates (RFC 5280) as far as sealed credentials need them: whom they name, and whether a trusted authority issued them. */
import { X509Certificate } from 'node:crypto'
import type { AsnConvert } from '@peculiar/asn1-schema'
import type * as Asn1 from '@peculiar/asn1-x509'

export type Anchors = readonly X509Certificate[]

const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,40000}-----END CERTIFICATE-----/g

/** All certificates of a file, PEM or DER; those that are none are left out. */
export function certificatesInFile(bytes: Uint8Array): X509Certificate[] {
  const text = Buffer.from(bytes).toString('latin1')
  const parts: readonly (string | Uint8Array)[] = text.includes('-----BEGIN') ? (text.match(pem) ?? []) : [bytes]
  return parts.flatMap((one) => {
    try {
      const certificate = new X509Certificate(one)
      return certificate.publicKey ? [certificate] : []
    } catch {
      return []
    }
  })
}

export type Named = { organisation: string[]; identifiers: string[]; name: string[] }

/** Undefined where it is not as RFC 5280 says, though OpenSSL reads it. */
async function parsed(certificate: X509Certificate) {
  const [schema, asn1] = await Promise.all([import('@peculiar/asn1-schema'), import('@peculiar/asn1-x509')])
  try {
    return partsOf(certificate, schema.AsnConvert, asn1)
  } catch {
    return undefined
  }
}

function partsOf({ raw }: X509Certificate, { parse }: Pick<typeof AsnConvert, 'parse'>, asn1: typeof Asn1) {
  const { tbsCertificate, signatureAlgorithm } = parse(raw, asn1.Certificate)
  const extensions = tbsCertificate.extensions ?? []
  const valueOf = (id: string) => extensions.find(({ extnID }) => extnID === id)?.extnValue.buffer
  const [basic, usage] = [valueOf(asn1.id_ce_basicConstraints), valueOf(asn1.id_ce_keyUsage)]
  return {
    subject: tbsCertificate.subject,
    extensions,
    algorithm: signatureAlgorithm.algorithm,
    basic: basic && parse(basic, asn1.BasicConstraints),
    usages: usage && parse(usage, asn1.KeyUsage).toNumber(),
  }
}

const attributes = { organisation: '2.5.4.10', identifiers: '2.5.4.97', name: '2.5.4.3' }

/** Whom it was issued to: organisation, its identifier (ETSI EN 319 412-1 §5.1.4), and common name. */
export async function namedIn(certificate: X509Certificate): Promise<Named> {
  const all = [...((await parsed(certificate))?.subject ?? [])].flatMap((part) => [...part])
  const of = (id: string) => all.flatMap(({ type, value }) => (type === id ? [value.toString()] : []))
  return {
    organisation: of(attributes.organisation),
    identifiers: of(attributes.identifiers),
    name: of(attributes.name),
  }
}

/** Bits of KeyUsage (RFC 5280 §4.2.1.3): digitalSignature and contentCommitment; keyCertSign. */
const signing = 1 | 2
const keyCertSign = 32
/** Those that may be marked as critical, since they are judged here or say nothing that matters for a seal. */
const understood = new Set(['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.32', '2.5.29.35', '2.5.29.37'])
/** Signatures over MD2, MD5 and SHA-1, with RSA, DSA and ECDSA. */
const weak = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
])

type Read = {
  isAuthority: boolean
  /** How many authorities may stand below it. */
  mostBelow: number
  /** Bits of its key usage; undefined where it says nothing. */
  usages: number | undefined
  /** What older digests and short keys sign no longer shows who issued it. */
  isStrong: boolean
  /** It holds no rule that is not read here, and must be. */
  isUnderstood: boolean
}

const unread: Read = { isAuthority: false, mostBelow: 0, usages: undefined, isStrong: false, isUnderstood: false }

async function read(certificate: X509Certificate): Promise<Read> {
  const parts = await parsed(certificate)
  if (!parts) return unread
  const { basic, usages, algorithm, extensions } = parts
  const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength
  return {
    isAuthority: basic?.cA === true,
    mostBelow: basic?.pathLenConstraint ?? Infinity,
    usages,
    isStrong: !weak.has(algorithm) && (bits === undefined || bits >= 2_048),
    isUnderstood: extensions.every(({ critical, extnID }) => !critical || understood.has(extnID)),
  }
}

export type Chain =
  | { state: 'ok'; anchor: X509Certificate }
  | { state: 'failed'; code: 'notForSigning' | 'notInForceThen' }
  | { state: 'unchecked'; code: 'noAuthorities' | 'authorityUnknown' | 'endedSince' | 'notUnderstood' }

export const isInForce = ({ validFromDate, validToDate }: X509Certificate, at: Date) =>
  validFromDate <= at && at <= validToDate

/**
 * Whether a certificate may seal and leads to an authority that is trusted (RFC 5280 §6.1, without names, policies and
 * revocation). `signedAt` is what the signer claims: with it alone a certificate that has ended since is not taken for
 * one that was good.
 */
export async function chainOf(
  leaf: X509Certificate,
  further: readonly X509Certificate[],
  anchors: Anchors,
  { now, signedAt }: { now: Date; signedAt: Date },
): Promise<Chain> {
  const { isAuthority, usages, isUnderstood } = await read(leaf)
  if (isAuthority || (usages !== undefined && (usages & signing) === 0))
    return { state: 'failed', code: 'notForSigning' }
  if (!(signedAt <= now) || !isInForce(leaf, signedAt)) return { state: 'failed', code: 'notInForceThen' }
  if (!isUnderstood) return { state: 'unchecked', code: 'notUnderstood' }
  if (anchors.length === 0) return { state: 'unchecked', code: 'noAuthorities' }
  if (!isInForce(leaf, now)) return { state: 'unchecked', code: 'endedSince' }
  const anchor = await anchorOf(leaf, further, anchors, now, 0)
  return anchor ? { state: 'ok', anchor } : { state: 'unchecked', code: 'authorityUnknown' }
}

/** The trusted authority above a certificate, through those that came with it, each used once. */
async function anchorOf(
  below: X509Certificate,
  further: readonly X509Certificate[],
  anchors: Anchors,
  now: Date,
  depth: number,
): Promise<X509Certificate | undefined> {
  const isSame = (one: X509Certificate) => one.fingerprint256 === below.fingerprint256
  if (depth === 0 && anchors.some(isSame)) return below
  if (!(await read(below)).isStrong) return undefined
  for (const one of anchors) if (await isIssuerOf(one, below, now, depth)) return one
  for (const one of further) {
    if (isSame(one) || !(await isIssuerOf(one, below, now, depth))) continue
    const rest = further.filter((other) => other.fingerprint256 !== one.fingerprint256)
    const found = await anchorOf(one, rest, anchors, now, depth + 1)
    if (found) return found
  }
  return undefined
}

/** `depth`: how many authorities stand between it and the one that seals. */
async function isIssuerOf(one: X509Certificate, below: X509Certificate, now: Date, depth: number): Promise<boolean> {
  // By names first, which costs nothing.
  if (!below.checkIssued(one) || !isInForce(one, now)) return false
  const { isAuthority, mostBelow, usages, isUnderstood } = await read(one)
  const maySign = usages === undefined || (usages & keyCertSign) !== 0
  return isAuthority && maySign && isUnderstood && depth <= mostBelow && below.verify(one.publicKey)
}
