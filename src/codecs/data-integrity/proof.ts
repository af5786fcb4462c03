/** The data model of proofs (W3C Verifiable Credential Data Integrity 1.0 §2.1). */
import { isMoment } from '#kernel/days.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'

export type Document = Readonly<Record<string, unknown>>

export type Proof = Readonly<{
  id?: string
  type: 'DataIntegrityProof'
  cryptosuite: string
  created?: string
  expires?: string
  verificationMethod: string
  proofPurpose: string
  previousProof?: string | readonly string[]
  domain?: string | readonly string[]
  challenge?: string
  '@context'?: unknown
  proofValue: string
}>
/** What the signer says of a proof, before it is one. */
export type ProofOptions = Omit<Proof, 'type' | 'cryptosuite' | 'proofValue' | '@context'>

/** An RFC 3339 time with its zone, as XMLSCHEMA11-2 calls a dateTimeStamp. */
export const isDateTimeStamp = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value) &&
  isMoment(value)

const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isOptional = (value: unknown, holds: (value: unknown) => boolean) => value === undefined || holds(value)
const isTextOrTexts = (value: unknown) =>
  isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))

/** Whether all that a proof needs is there, each of its type. */
export function isProof(value: unknown): value is Proof {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const proof = value as Record<string, unknown>
  return (
    proof.type === 'DataIntegrityProof' &&
    isText(proof.cryptosuite) &&
    isText(proof.verificationMethod) &&
    isText(proof.proofPurpose) &&
    isText(proof.proofValue) &&
    isOptional(proof.id, isText) &&
    isOptional(proof.created, isDateTimeStamp) &&
    isOptional(proof.expires, isDateTimeStamp) &&
    isOptional(proof.challenge, isText) &&
    isOptional(proof.domain, isTextOrTexts) &&
    isOptional(proof.previousProof, isTextOrTexts)
  )
}

/** A document without its proofs. */
export function unsecured(document: Document): Document {
  const { proof: _, ...rest } = document
  return rest
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** The document’s contexts begin with all those of the proof, in their order (Data Integrity EdDSA 1.0 §3.3.2). */
export function contextsBegin(document: unknown, ofProof: unknown): boolean {
  const contexts = listOf(document)
  return listOf(ofProof).every((one, at) => at < contexts.length && canonicalJson(contexts[at]) === canonicalJson(one))
}
