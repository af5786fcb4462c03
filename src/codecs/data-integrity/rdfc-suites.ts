/**
 * Proofs over canonical RDF: `eddsa-rdfc-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0 §3.2) and `ecdsa-rdfc-2019`
 * (Data Integrity ECDSA Cryptosuites 1.0 §3.2).
 */
import { sign, type KeyObject } from 'node:crypto'
import { canonicalRdf } from './canonical-rdf.ts'
import { isSignature, sha, type Signed } from './jcs-suites.ts'
import { curveOf, type Curve, type PublicKey } from './multikey.ts'
import { fromMultibase, toMultibase } from './multibase.ts'
import { optionsHashes } from './options-hashes.ts'
import { unsecured, type Document, type Proof, type ProofOptions } from './proof.ts'

type More = ReadonlyMap<string, object>

const known = optionsHashes()

async function hashOfOptions(options: object, curve: Curve, more?: More): Promise<Buffer> {
  // What further contexts make of them is not known by their names.
  if (more) return sha(curve, await canonicalRdf(options as Document, more))
  const name = `${curve} ${JSON.stringify(options)}`
  const hash = known.get(name) ?? sha(curve, await canonicalRdf(options as Document))
  known.set(name, hash)
  return hash
}

/** Hash of the proof’s options, read with the contexts of the document, then that of the document (§3.2.4). */
export async function rdfcHashData(
  document: Document,
  options: object,
  curve: Curve = 'Ed25519',
  more?: More,
): Promise<Uint8Array> {
  const config = { ...options, '@context': document['@context'] }
  const ofOptions = await hashOfOptions(config, curve, more)
  return Buffer.concat([ofOptions, sha(curve, await canonicalRdf(document, more))])
}

/**
 * The document with a proof in place of any that it had: `eddsa-rdfc-2022` with an Ed25519 key, else `ecdsa-rdfc-2019`.
 * @throws RdfRefused where a part of the document would not be covered by the signature
 */
export async function signRdfc<Of extends Document>(
  document: Of,
  options: ProofOptions,
  key: KeyObject,
): Promise<Signed<Of>> {
  const curve = curveOf(key)
  const bare = unsecured(document)
  const config = {
    type: 'DataIntegrityProof' as const,
    cryptosuite: curve === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019',
    ...options,
  }
  const data = await rdfcHashData(bare, config, curve)
  const hash = curve === 'P-384' ? 'sha384' : 'sha256'
  const signature = curve === 'Ed25519' ? sign(null, data, key) : sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
  return { ...bare, proof: { ...config, proofValue: toMultibase(signature) } } as Signed<Of>
}

/** Whether the key made this proof of this document; as `isJcsSignature`. @throws RdfRefused */
export async function isRdfcSignature(
  document: Document,
  proof: Proof,
  publicKey: PublicKey,
  more?: More,
): Promise<boolean> {
  const { proofValue, ...options } = proof
  const signature = fromMultibase(proofValue)
  if (!signature || !proofValue.startsWith('z')) return false
  return isSignature(await rdfcHashData(document, options, publicKey.curve, more), signature, publicKey)
}
