/** The checks `context`, `proof` and `issuer` of one document, by the kind of its proof. */
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { contextAt, contextsOf } from '#codecs/data-integrity/contexts.ts'
import type { Proof } from '#codecs/data-integrity/proof.ts'
import { isProof } from '#codecs/data-integrity/proof.ts'
import { proofsOf, verifyProofs, type ProofResult } from '#codecs/data-integrity/verify-proofs.ts'
import { isTokenSignature, keyOfJwk } from '#codecs/vc-jwt/vc-jwt.ts'
import { withoutFragment } from '#codecs/did/did.ts'
import { checkCertificate } from './check-certificate.ts'
import { checkIssuer } from './check-issuer.ts'
import { baseContexts } from './data-model.ts'
import { findKey, type FoundKey, type World } from './find-keys.ts'
import type { Given } from './read-document.ts'
import { failed, idOf, isObject, listOf, ok, textIn, unchecked, type Check, type Json } from './verification.ts'

/** What a presentation must answer to; of a credential nothing is asked. */
export type Asked = {
  purpose: 'assertionMethod' | 'authentication'
  challenge?: string
  domain?: string
  owner: string | undefined
}

/** Contexts give the words their meaning: all must be known, in their place, and none written into the document. */
export function checkContext(document: Json): Check {
  const { addresses, isInline } = contextsOf(document)
  if (addresses.length === 0 && !isInline) return failed('context', 'none')
  if (isInline) return failed('context', 'inline')
  if (proofsOf(document).some((proof) => isOther(document['@context'], proof))) return failed('context', 'added')
  const unknown = addresses.find((address) => contextAt(address) === undefined)
  if (unknown !== undefined) return unchecked('context', 'unknown', { what: unknown })
  if (!baseContexts.some((one) => one === addresses[0]) && !addresses[0]!.includes('openbadges/v2'))
    return failed('context', 'order', { what: addresses[0]! })
  return ok('context', 'ok')
}

/** Suites over canonical JSON let contexts be added behind those that were signed; words would change their meaning. */
const isOther = (contexts: unknown, proof: unknown): boolean =>
  isObject(proof) &&
  proof['@context'] !== undefined &&
  canonicalJson(listOf(proof['@context'])) !== canonicalJson(listOf(contexts))

/** What seals a document brings a check more: of its certificate. */
export async function checkProof(
  given: Given,
  asked: Asked,
  world: World,
): Promise<[proof: Check, issuer: Check, ...further: Check[]]> {
  if (given.format === 'jwt') return checkToken(given, asked, world)
  if (given.format === 'jades') {
    if (!given.sealed.isSound) return [failed('proof', 'wrongSignature'), unchecked('issuer', 'noProof')]
    return [ok('proof', 'sealed'), ...(await checkCertificate(given.sealed, world))]
  }
  return checkProofs(given.document, asked, world)
}

async function checkProofs(document: Json, asked: Asked, world: World): Promise<[Check, Check]> {
  const all = proofsOf(document)
  if (all.length === 0) return [failed('proof', 'none'), unchecked('issuer', 'noProof')]
  const found = new Map<string, FoundKey>()
  for (const { verificationMethod } of all.filter(isProof).slice(0, mostKeys))
    if (!found.has(verificationMethod)) found.set(verificationMethod, await findKey(verificationMethod, world))
  const results = await verifyProofs(document, ({ verificationMethod }) => found.get(verificationMethod)?.key)
  const proof = sumUp(results, asked, world)
  return [proof, issuerOf(results, found, asked, world)]
}
const mostKeys = 8

/** One that fails spoils all; the rest counts only when each was checked. */
function sumUp(results: readonly ProofResult[], asked: Asked, world: World): Check {
  const faulty = results.flatMap((one) =>
    one.state === 'failed'
      ? failed('proof', one.code, { what: one.what ?? '' })
      : one.proof
        ? (misused(one.proof, asked, world) ?? [])
        : [],
  )
  if (faulty[0]) return faulty[0]
  const open = results.find((one) => one.state === 'unknown')
  if (open?.state === 'unknown') return unchecked('proof', open.code, { what: open.what ?? '' })
  const suites = [...new Set(results.map(({ proof }) => proof!.cryptosuite))]
  return ok('proof', 'ok', { what: suites.join(', ') })
}

/** A proof for another purpose, audience or time than this is none for it. */
function misused(proof: Proof, { purpose, challenge, domain }: Asked, { now }: World): Check | undefined {
  if (proof.proofPurpose !== purpose) return failed('proof', 'wrongPurpose', { what: proof.proofPurpose })
  if (proof.expires !== undefined && !(now.getTime() < Date.parse(proof.expires)))
    return failed('proof', 'expired', { until: proof.expires })
  if (challenge !== undefined && proof.challenge !== challenge) return failed('proof', 'wrongChallenge')
  if (domain !== undefined && ![proof.domain].flat().includes(domain)) return failed('proof', 'wrongChallenge')
  return undefined
}

/** Of several signers, the issuer must be one; those of others are no fault. */
function issuerOf(
  results: readonly ProofResult[],
  found: ReadonlyMap<string, FoundKey>,
  { owner }: Asked,
  world: World,
): Check {
  if (owner === undefined) return unchecked('issuer', 'noneNamed')
  const judged = results.flatMap(({ proof }) => {
    const key = proof && found.get(proof.verificationMethod)
    return key ? [checkIssuer(owner, proof.verificationMethod, key, world, proof.created)] : []
  })
  const of = (state: Check['state']) => judged.find((one) => one.state === state)
  const isOwn = ({ proof }: ProofResult) => proof !== undefined && withoutFragment(proof.verificationMethod) === owner
  const own = results.filter(isOwn)
  // The signature of the issuer itself must be a sound one.
  if (of('ok') && !own.some(({ state }) => state === 'ok')) return unchecked('issuer', 'noProof')
  return of('ok') ?? of('unchecked') ?? of('failed') ?? unchecked('issuer', 'noProof')
}

async function checkToken(
  { token, text }: Extract<Given, { format: 'jwt' }>,
  { owner, purpose }: Asked,
  world: World,
): Promise<[Check, Check]> {
  const { header } = token
  const kid = textIn(header.kid)
  const method = kid?.startsWith('#') && owner ? `${owner}${kid}` : kid
  const isNamed = method !== undefined && /^(?:did:|https:\/\/)/.test(method)
  const found = isNamed ? await findKey(method, world) : undefined
  const jwk = found && 'method' in found ? found.method.publicKeyJwk : undefined
  // A key of RSA is listed as JWK alone, which the other suites do not read.
  const key = found?.key?.key ?? keyOfJwk(jwk) ?? (found ? undefined : keyOfJwk(header.jwk))
  if (!key)
    return [
      unchecked('proof', 'keyUnknown'),
      found && method && owner ? checkIssuer(owner, method, found, world) : unchecked('issuer', 'keyUnknown'),
    ]
  const isSound = await isTokenSignature(text, key)
  const proof = isSound ? ok('proof', 'ok', { what: `JWT ${String(header.alg)}` }) : failed('proof', 'wrongSignature')
  if (purpose === 'authentication') return [proof, unchecked('issuer', 'noneNamed')]
  if (!owner) return [proof, unchecked('issuer', 'noneNamed')]
  if (!found || !method) return [proof, unchecked('issuer', 'keyOnlyInside', { what: owner })]
  return [proof, checkIssuer(owner, method, found, world, idOf(token.document.validFrom))]
}
