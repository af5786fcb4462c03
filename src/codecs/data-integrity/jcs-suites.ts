/**
 * Proofs over canonical JSON: `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0 §3.3) and `ecdsa-jcs-2019`
 * (Data Integrity ECDSA Cryptosuites 1.0 §3.3). Nothing of linked data is read, so nothing is fetched.
 */
import { hash, sign, verify, type KeyObject } from 'node:crypto'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import type { Curve, PublicKey } from './multikey.ts'
import { fromMultibase, toMultibase } from './multibase.ts'
import { optionsHashes } from './options-hashes.ts'
import { contextsBegin, unsecured, type Document, type Proof, type ProofOptions } from './proof.ts'

export type Signed<Of extends Document = Document> = Of & { proof: Proof }

export const sha = (curve: Curve, text: string): Buffer => hash(curve === 'P-384' ? 'sha384' : 'sha256', text, 'buffer')

const known = optionsHashes()

function hashOfOptions(options: object, curve: Curve): Buffer {
  const name = `${curve} ${JSON.stringify(options)}`
  const ofOptions = known.get(name) ?? sha(curve, canonicalJson(options))
  known.set(name, ofOptions)
  return ofOptions
}

/** Hash of the proof’s options, then that of the document (§3.3.4): 64 bytes, with P-384 96. */
export function jcsHashData(document: Document, options: object, curve: Curve = 'Ed25519'): Uint8Array {
  return Buffer.concat([hashOfOptions(options, curve), sha(curve, canonicalJson(document))])
}

/**
 * The document with an `eddsa-jcs-2022` proof in place of any that it had.
 * The contexts of the document stand in the proof too, so that none can be put before them (§3.3.1).
 */
export function signEddsaJcs<Of extends Document>(document: Of, options: ProofOptions, key: KeyObject): Signed<Of> {
  const bare = unsecured(document)
  const config = {
    type: 'DataIntegrityProof' as const,
    cryptosuite: 'eddsa-jcs-2022',
    ...options,
    ...(bare['@context'] !== undefined && { '@context': bare['@context'] }),
  }
  const proofValue = toMultibase(sign(null, jcsHashData(bare, config), key))
  return { ...bare, proof: { ...config, proofValue } } as Signed<Of>
}

/**
 * Whether the key made this proof of this document (§3.3.2). `document` may hold proofs: those that a proof chain builds
 * upon; the proof itself is given apart. That the key is the issuer’s, and in force, is for the caller to know.
 */
export function isJcsSignature(document: Document, proof: Proof, { curve, key }: PublicKey): boolean {
  const { proofValue, ...options } = proof
  const signature = fromMultibase(proofValue)
  if (!signature || !proofValue.startsWith('z')) return false
  let signed = document
  if (options['@context'] !== undefined) {
    if (!contextsBegin(document['@context'], options['@context'])) return false
    signed = { ...document, '@context': options['@context'] }
  }
  return isSignature(jcsHashData(signed, options, curve), signature, { curve, key })
}

/** EdDSA over Ed25519, or ECDSA with the two numbers one after the other (IEEE P1363). */
export function isSignature(data: Uint8Array, signature: Uint8Array, { curve, key }: PublicKey): boolean {
  if (curve === 'Ed25519') return signature.length === 64 && verify(null, data, key, signature)
  const size = curve === 'P-384' ? 96 : 64
  const digest = curve === 'P-384' ? 'sha384' : 'sha256'
  return signature.length === size && verify(digest, data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
