/** Proofs of a document, one, a set or a chain (W3C Verifiable Credential Data Integrity 1.0 §4.4 to §4.6). */
import { RdfRefused, type RdfFault } from './canonical-rdf.ts'
import { isJcsSignature } from './jcs-suites.ts'
import type { PublicKey } from './multikey.ts'
import { isProof, unsecured, type Document, type Proof } from './proof.ts'
import { isRdfcSignature } from './rdfc-suites.ts'

type Suite = {
  curves: readonly PublicKey['curve'][]
  isSignature: (
    document: Document,
    proof: Proof,
    key: PublicKey,
    more?: ReadonlyMap<string, object>,
  ) => Promise<boolean>
}
const jcs = async (document: Document, proof: Proof, key: PublicKey) => isJcsSignature(document, proof, key)

/** A suite says which keys it takes: with another’s, nothing is tried. */
export const cryptosuites: ReadonlyMap<string, Suite> = new Map([
  ['eddsa-jcs-2022', { curves: ['Ed25519'], isSignature: jcs }],
  ['ecdsa-jcs-2019', { curves: ['P-256', 'P-384'], isSignature: jcs }],
  ['eddsa-rdfc-2022', { curves: ['Ed25519'], isSignature: isRdfcSignature }],
  ['ecdsa-rdfc-2019', { curves: ['P-256', 'P-384'], isSignature: isRdfcSignature }],
])

export type ProofResult = { proof: Proof | undefined } & (
  | { state: 'ok' }
  | { state: 'failed'; code: ProofFailure; what?: string }
  | { state: 'unknown'; code: 'suiteUnknown' | 'keyUnknown' | 'tooComplex' | 'contextUnknown'; what?: string }
)
export type ProofFailure =
  | 'malformedProof'
  | 'tooManyProofs'
  | 'wrongKeyType'
  | 'wrongSignature'
  | 'previousMissing'
  | 'notCovered'
  | 'contextInline'

/** Each costs a canonical form. */
const mostProofs = 8

export const proofsOf = (document: Document): readonly unknown[] => {
  const { proof } = document
  if (proof === undefined) return []
  return Array.isArray(proof) ? proof : [proof]
}

/**
 * The result of each proof. `keyOf` finds the key of a verification method, or none; whether it is the issuer’s and may
 * be used for this purpose is judged apart. Proofs that one builds upon are part of what it signs.
 */
export async function verifyProofs(
  document: Document,
  keyOf: (proof: Proof) => PublicKey | undefined,
  more?: ReadonlyMap<string, object>,
): Promise<ProofResult[]> {
  const all = proofsOf(document)
  if (all.length > mostProofs) return [{ proof: undefined, state: 'failed', code: 'tooManyProofs' }]
  const bare = unsecured(document)
  const results: ProofResult[] = []
  for (const proof of all) results.push(isProof(proof) ? await verifyOne(proof) : unread(proof))
  return results

  async function verifyOne(proof: Proof): Promise<ProofResult> {
    const suite = cryptosuites.get(proof.cryptosuite)
    if (!suite) return { proof, state: 'unknown', code: 'suiteUnknown', what: proof.cryptosuite.slice(0, 100) }
    const previous = previousOf(proof, all)
    if (!previous) return { proof, state: 'failed', code: 'previousMissing' }
    const key = keyOf(proof)
    if (!key) return { proof, state: 'unknown', code: 'keyUnknown' }
    if (!suite.curves.includes(key.curve)) return { proof, state: 'failed', code: 'wrongKeyType', what: key.curve }
    const signed = previous.length > 0 ? { ...bare, proof: previous } : bare
    try {
      const isSound = await suite.isSignature(signed, proof, key, more)
      return isSound ? { proof, state: 'ok' } : { proof, state: 'failed', code: 'wrongSignature' }
    } catch (error) {
      if (error instanceof RdfRefused) return { proof, ...refusal(error.fault) }
      throw error
    }
  }
}

/** A proof of another type than Data Integrity is none that is read here; one that is cut short is broken. */
function unread(proof: unknown): ProofResult {
  const type = typeof proof === 'object' && proof !== null ? (proof as { type?: unknown }).type : undefined
  return typeof type === 'string' && type !== 'DataIntegrityProof'
    ? { proof: undefined, state: 'unknown', code: 'suiteUnknown', what: type.slice(0, 100) }
    : { proof: undefined, state: 'failed', code: 'malformedProof' }
}

const refusal = (fault: RdfFault) =>
  fault.code === 'tooComplex' || fault.code === 'contextUnknown'
    ? ({ state: 'unknown', ...fault } as const)
    : ({ state: 'failed', ...fault } as const)

/** Undefined where one that it names is not there, or stands there twice. */
function previousOf(proof: Proof, all: readonly unknown[]): readonly Proof[] | undefined {
  const ids = proof.previousProof === undefined ? [] : [proof.previousProof].flat()
  const found = ids.map((id) => all.filter((one): one is Proof => isProof(one) && one.id === id && one !== proof))
  return found.every((one) => one.length === 1) ? found.flat() : undefined
}
