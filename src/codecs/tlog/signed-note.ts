/** Text signed by keys with names (https://c2sp.org/signed-note), with Ed25519 (RFC 8032). */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { Problem } from '#kernel/problem.ts'
import { fromBase64, toBase64 } from './base64.ts'

export type Verifier = { name: string; id: string; publicKey: Uint8Array }
export type Signer = { name: string; seed: Uint8Array }
export type Signature = { name: string; id: string; bytes: Uint8Array }
export type Note = { text: string; signatures: Signature[] }

const ed25519 = 1
const keyBytes = 32
const longestNote = 64 * 1024
const mostSignatures = 64
const keyName = /^[^\s+]+$/u
// RFC 8410: what stands before the 32 bytes of a key in DER.
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

const privateKeyOf = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([seedPrefix, seed]), format: 'der', type: 'pkcs8' })
const publicKeyOf = (bytes: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' })

/** key ID = SHA-256(key name || 0x0A || signature type || public key)[:4] */
const keyId = (name: string, publicKey: Uint8Array): string =>
  createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ed25519)).update(publicKey).digest('hex').slice(0, 8)

export function verifierOf({ name, seed }: Signer): Verifier {
  const der = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' })
  const publicKey = new Uint8Array(der.subarray(publicPrefix.length))
  return { name, id: keyId(name, publicKey), publicKey }
}

const typed = (key: Uint8Array) => toBase64(Buffer.concat([Uint8Array.of(ed25519), key]))
const untyped = (text: string) => {
  const bytes = fromBase64(text)
  return bytes?.length === keyBytes + 1 && bytes[0] === ed25519 ? bytes.subarray(1) : undefined
}

/** `name+id+key`, as keys of notes are written down. */
export const formatVerifier = ({ name, id, publicKey }: Verifier): string => `${name}+${id}+${typed(publicKey)}`

/** @throws Problem malformedLog when it is no Ed25519 key, or its id is another's. */
export function parseVerifier(text: string): Verifier {
  const [, name = '', id = '', key = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? []
  const publicKey = untyped(key)
  if (!publicKey || !keyName.test(name) || keyId(name, publicKey) !== id)
    throw new Problem('malformedLog', { what: text.slice(0, 120) || 'key' })
  return { name, id, publicKey }
}

/** `PRIVATE+KEY+name+id+seed`, the form of a secret key that other software for notes reads. */
export const formatSigner = (signer: Signer): string =>
  `PRIVATE+KEY+${signer.name}+${verifierOf(signer).id}+${typed(signer.seed)}`

/** @throws Problem malformedLog, which does not tell what it read. */
export function parseSigner(text: string): Signer {
  const [, name = '', id, key = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? []
  const seed = untyped(key)
  if (!seed || !keyName.test(name) || verifierOf({ name, seed }).id !== id)
    throw new Problem('malformedLog', { what: 'key' })
  return { name, seed }
}

export function signNote(text: string, signers: readonly Signer[]): string {
  if (!text.endsWith('\n')) throw new Problem('malformedLog', { what: 'note' })
  const lines = signers.map((signer) => {
    const signature = sign(null, Buffer.from(text), privateKeyOf(signer.seed))
    return `— ${signer.name} ${toBase64(Buffer.concat([Buffer.from(verifierOf(signer).id, 'hex'), signature]))}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** "MUST NOT contain any ASCII control characters (those below U+0020) other than newline". */
const hasControls = (text: string) => [...text].some((one) => one < ' ' && one !== '\n')

/** The parts of a note; nothing of it is to be believed before `verifiedBy`. @throws Problem malformedLog */
export function parseNote(note: string, what = 'note'): Note {
  const end = note.lastIndexOf('\n\n')
  const isBroken = note.length > longestNote || end < 0 || !note.endsWith('\n') || hasControls(note)
  if (isBroken) throw new Problem('malformedLog', { what })
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw new Problem('malformedLog', { what })
  const signatures = lines.map((line): Signature => {
    const [, name = '', encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (!name || !bytes || bytes.length < 5) throw new Problem('malformedLog', { what })
    return { name, id: Buffer.from(bytes.subarray(0, 4)).toString('hex'), bytes: bytes.subarray(4) }
  })
  return { text: note.slice(0, end + 1), signatures }
}

/**
 * Those of the keys that have signed. Signatures of others are passed over; one of a known key that is wrong spoils
 * the note, whoever else has signed.
 */
export function verifiedBy({ text, signatures }: Note, verifiers: readonly Verifier[]): Verifier[] {
  const signed = new Set<Verifier>()
  for (const { name, id, bytes } of signatures) {
    const known = verifiers.find((one) => one.name === name && one.id === id)
    if (!known) continue
    if (!verify(null, Buffer.from(text), publicKeyOf(known.publicKey), bytes)) return []
    signed.add(known)
  }
  return [...signed]
}
