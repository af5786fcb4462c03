/** A wallet shows that it has a key and gets the credential bound to that key (OpenID4VCI 1.0 §8, Appendix F.1). */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { digestOfSecret, isSecret } from '#accounts/secret.ts'
import { claims } from '../batches/store.ts'
import { signerOf } from '../issuing/issue.ts'
import { issuing } from '../issuing/store.ts'
import { currentVersion, partsOf } from '../refresh/current.ts'
import { withoutRefresh } from '../refresh/refresh-service.ts'
import { isObject, listOf, type Json } from '../verification/verification.ts'
import { holderOf, library } from './library.ts'
import { configurationId, proofAlgorithms, suiteForWallets, toldToLibrary } from './metadata.ts'
import { endOfNonce } from './nonce.ts'
import { walletOffers } from './store.ts'
import type { WalletOfferRow } from './tables.ts'

const Given = Type.Union([
  Type.Object({ credential: Type.Object({}, { additionalProperties: true }) }),
  Type.Object({ error: Type.String(), why: Type.String() }),
])
export type Given = Static<typeof Given>
type Refusal = { error: string; why: string }
type Proven = { holder: string; nonce: string; nonceUntil: string }
type Reading = Pick<Preparing, 'db' | 'now' | 'services'>
type WalletRequest = Record<string, unknown>

const refused = (error: string, why: string): Refusal => ({ error, why })
/** What a token of RFC 6750 that opens nothing is answered with. */
export const badToken = refused('invalid_token', 'The token is unknown or has ended')
const longestProof = 10_000

async function offerOf({ db, now }: Pick<Reading, 'db' | 'now'>, token: string): Promise<WalletOfferRow | undefined> {
  const row = isSecret(token) ? await walletOffers(db).byToken(digestOfSecret(token)) : undefined
  return row?.tokenUntil && row.tokenUntil > now().toISOString() ? row : undefined
}

/** The one proof of a request for what is offered here. */
async function proofIn({ services: { site } }: Reading, request: WalletRequest): Promise<string | Refusal> {
  const { issuer, Refused } = await library(site.address)
  const named = request.credential_configuration_id
  if (typeof named === 'string' && named !== configurationId)
    return refused('unknown_credential_configuration', `This issuer offers ${configurationId}`)
  if (request.credential_identifier !== undefined)
    return refused('unknown_credential_identifier', 'This issuer gives no credential identifiers')
  if (typeof named !== 'string') return refused('invalid_credential_request', 'credential_configuration_id is missing')
  if (request.credential_response_encryption !== undefined)
    return refused('invalid_encryption_parameters', 'Answers are not encrypted beyond TLS')
  try {
    const { proofs } = issuer.parseCredentialRequest({
      credentialRequest: request,
      issuerMetadata: await toldToLibrary(site),
    })
    const given = proofs?.jwt ?? []
    if (given.length !== 1) return refused('invalid_proof', 'Exactly one proof of the type jwt is needed')
    return given[0]!.length > longestProof ? refused('invalid_proof', 'The proof is too long') : given[0]!
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return refused('invalid_proof', 'The proofs are not as OpenID4VCI 1.0 section 8.2 and Appendix F say')
  }
}

/** Whose key it is, where the proof is for this issuer, of now, and by an algorithm that is read here. */
async function provenBy(context: Reading, jwt: string): Promise<Proven | Refusal> {
  const { services, now } = context
  const { issuer, decodeJwt, Refused } = await library(services.site.address)
  const bad = (why: string) => refused('invalid_proof', why)
  let decoded
  try {
    decoded = decodeJwt({ jwt })
  } catch {
    return bad('The proof is no JWT')
  }
  const { header, payload } = decoded
  if (!proofAlgorithms.includes(header.alg)) return bad(`The proof must be signed with ${proofAlgorithms.join(', ')}`)
  if ('crit' in header || 'b64' in header) return bad('The header must not name extensions')
  const holder = typeof header.kid === 'string' ? holderOf(header.kid) : undefined
  if (!holder) return bad('The header must name the key as kid: a did:key or a did:jwk')
  const { nonce } = payload
  if (typeof nonce !== 'string') return bad('The proof needs a nonce of the nonce endpoint')
  const nonceUntil = await endOfNonce(context, nonce)
  if (nonceUntil === undefined || nonceUntil <= now().toISOString())
    return refused('invalid_nonce', 'The nonce has ended or is not of this issuer')
  try {
    await issuer.verifyCredentialRequestJwtProof({
      jwt,
      issuerMetadata: await toldToLibrary(services.site),
      expectedNonce: nonce,
      nonceExpiresAt: new Date(nonceUntil),
      now: now(),
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return bad(
      'The proof must have the type openid4vci-proof+jwt, be for this issuer, and be signed with the key of kid',
    )
  }
  return { holder: holder.did, nonce, nonceUntil }
}

async function prepared(context: Reading, token: string, request: WalletRequest): Promise<Proven | Refusal> {
  if (!(await offerOf(context, token))) return badToken
  const jwt = await proofIn(context, request)
  return typeof jwt === 'string' ? provenBy(context, jwt) : jwt
}

/** The credential as it is described today, with the wallet’s key in the place of the learner’s pseudonym. */
async function boundTo(context: Context, credentialId: string, holder: string): Promise<object> {
  const { document } = partsOf(await currentVersion(context, credentialId))
  // The version at the address for refreshing is bound to no key, so a copy that is does not name it.
  const { credentialSubject, ...rest } = withoutRefresh(document) as Json & { credentialSubject?: unknown }
  const subject = listOf(credentialSubject).find(isObject) ?? {}
  const sign = await signerOf(context, suiteForWallets)
  return (await sign({ ...rest, credentialSubject: { ...subject, id: holder } })) as object
}

export const issueToWallet = preparedOperation({
  name: 'wallets.issue',
  summary: 'Give a wallet the credential that it was offered, bound to its key',
  http: 'POST /wallets/credential',
  isForPages: true,
  isOpen: true,
  input: Type.Object(
    { token: Type.String({ maxLength: 200 }), request: Type.Object({}, { additionalProperties: true }) },
    closed,
  ),
  output: Given,
  allow: () => true,
  prepare: (context, { token, request }) => prepared(context, token, request as WalletRequest),
  run: async (context, { token }, proven): Promise<Given> => {
    if ('error' in proven) return proven
    const { db } = context
    const row = await offerOf(context, token)
    if (!row) return badToken
    if (!(await walletOffers(db).useNonce(digestOfSecret(proven.nonce), proven.nonceUntil)))
      return refused('invalid_nonce', 'The nonce was used before')
    const denied = refused('credential_request_denied', 'The credential was revoked, or is no longer kept here')
    if ((await issuing(db).find(row.credentialId))?.state !== 'valid') return denied
    if ((await claims(db).ofCredentials([row.credentialId])).length === 0) return denied
    if (!(await walletOffers(db).drop(row.offerHash))) return badToken
    try {
      return { credential: await boundTo(context, row.credentialId, proven.holder) }
    } catch (error) {
      if (error instanceof Problem && error.code === 'claimGone') return denied
      throw error
    }
  },
})
