/** The current version of a credential that was issued here: as its achievement is described today, signed with the key of today. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { monthsAfter } from '#kernel/days.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { proofsOf } from '#codecs/data-integrity/verify-proofs.ts'
import { isProof } from '#codecs/data-integrity/proof.ts'
import { readToken } from '#codecs/vc-jwt/vc-jwt.ts'
import { achievementIn, profileOf, type Offer } from '../achievements/badge.ts'
import { describedOffer, learnerSecret } from '../batches/award.ts'
import { awards, claims } from '../batches/store.ts'
import { openClaim, type Kept } from '../claims/claim.ts'
import { signerOf, type Signed, type Suite } from '../issuing/issue.ts'
import { currentKey } from '../issuing/keys.ts'
import { issuing } from '../issuing/store.ts'
import type { AwardRow } from '../tables.ts'
import { isObject, listOf, textIn, type Json } from '../verification/verification.ts'
import { credentialOfAddress } from './refresh-service.ts'
import { replacements } from './store.ts'

type Reading = Pick<Context, 'db' | 'services' | 'now'>
const mostReplacements = 50

/** The last of those that took one another’s place. */
async function lastOf(db: Context['db'], id: string): Promise<string> {
  let last = id
  for (let at = 0; at < mostReplacements; at++) {
    const next = await replacements(db).of(last)
    if (next === undefined) return last
    last = next
  }
  return last
}

/** @throws Problem claimGone where there is none: it was revoked, or this site keeps it no more */
export async function currentCredential(context: Reading, token: string): Promise<Signed> {
  const secret = await learnerSecret(context)
  const named = secret && credentialOfAddress(secret, token)
  if (named === undefined) throw new Problem('claimGone')
  return currentVersion(context, await lastOf(context.db, named))
}

/** As its achievement is described today. @throws Problem claimGone where it was revoked, or this site keeps it no more */
export async function currentVersion(context: Reading, id: string): Promise<Signed> {
  const { db, now } = context
  const issued = await issuing(db).find(id)
  const [row] = await claims(db).ofCredentials([id])
  const kept = row && row.keptUntil >= now().toISOString() ? await openClaim(context, row) : undefined
  if (!issued || issued.state === 'revoked' || !kept) throw new Problem('claimGone')
  const award = await awards(db).find(id)
  return award ? renewed(context, award, kept) : kept.credential
}

/** The very bytes that were issued where nothing has changed since. */
async function renewed(context: Reading, award: AwardRow, kept: Kept): Promise<Signed> {
  const { document, suite, method, created } = partsOf(kept.credential)
  const offer = await offerToday(context, award, kept)
  const today = offer ? describedAnew(offer, document) : document
  const key = await currentKey(context)
  const isSame = canonicalJson(today) === canonicalJson(document) && (method === undefined || method === key.method)
  if (isSame || !key.since) return kept.credential
  // The time of what changed last, and not of the asking: who asks twice gets the same.
  const at = [created, key.since, offer?.achievement.changedAt ?? ''].toSorted().at(-1)!
  const sign = await signerOf({ ...context, now: () => new Date(at) }, suite)
  return sign(today)
}

async function offerToday(context: Reading, award: AwardRow, { language }: Kept): Promise<Offer | undefined> {
  try {
    return await describedOffer(context, { ...award, language })
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

type Parts = { document: Json; suite: Suite; method: string | undefined; created: string }

export function partsOf(credential: Signed): Parts {
  if (typeof credential === 'string') {
    const document = readToken(credential).document as Json
    return { document, suite: 'jwt', method: undefined, created: textIn(document.validFrom) ?? '' }
  }
  const { proof: _, ...document } = credential as Json & { proof: unknown }
  const proof = proofsOf(credential as Json).find(isProof)
  return {
    document,
    suite: proof?.cryptosuite === 'eddsa-jcs-2022' ? 'eddsa-jcs-2022' : 'eddsa-rdfc-2022',
    method: proof?.verificationMethod,
    created: proof?.created ?? '',
  }
}

/** The same credential of the same learner, with what its achievement and issuer are called today, and until when it holds. */
function describedAnew(offer: Offer, document: Json): Json {
  const { achievement, organisation, language } = offer
  const { body } = achievement
  const subject = listOf(document.credentialSubject).find(isObject) ?? {}
  const before = listOf(subject.achievement).find(isObject) ?? {}
  const resultId = textIn((listOf(before.resultDescription).find(isObject) ?? {}).id)
  const { validUntil: _, ...rest } = document
  const day = textIn(document.awardedDate)?.slice(0, 10)
  return {
    ...rest,
    name: bestText(body.title, language, body.originalLanguage).text,
    ...(body.validMonths && day && { validUntil: `${monthsAfter(day, body.validMonths)}T23:59:59Z` }),
    ...(organisation && { issuer: { ...profileOf(offer, organisation), id: offer.did } }),
    credentialSubject: { ...subject, achievement: achievementIn(offer, resultId) },
  }
}

export const refreshCredential = operation({
  name: 'credentials.refresh',
  summary: 'Read the current version of a credential, by the address in it',
  http: 'GET /credentials/refresh/:token',
  isForPages: true,
  input: Type.Object({ token: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({ credential: Type.Union([Type.Object({}, { additionalProperties: true }), Type.String()]) }),
  allow: () => true,
  run: async (context, { token }) => ({ credential: await currentCredential(context, token) }),
})
