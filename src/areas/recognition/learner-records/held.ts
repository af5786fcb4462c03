/** Which credentials of this site one learner holds, as far as it still keeps them. */
import type { Context } from '#kernel/context.ts'
import { digestOfSecret, isSecret } from '#accounts/secret.ts'
import { learnerKeyOf } from '../batches/award.ts'
import { awards, claims } from '../batches/store.ts'
import { openClaim, type Kept } from '../claims/claim.ts'
import { issuing } from '../issuing/store.ts'
import type { AwardRow, ClaimRow } from '../tables.ts'

type Reading = Pick<Context, 'db' | 'services' | 'now'>

export type Held = {
  row: ClaimRow
  told: Kept
  achievementId: string
  state: 'valid' | 'revoked' | 'suspended'
  changedAt: string
}

/**
 * What else the learner of a credential has. An email address is one person’s wherever it was used, a number only within
 * one issuer; a name alone may be that of several people, so nothing follows from it.
 */
async function ofSameLearner(context: Reading, of: AwardRow, { email, name }: Kept): Promise<string[]> {
  const { learnerKey, organisationId } = of
  if (learnerKey === null) return []
  const isBy = async (mark: { email: string; name: string }) =>
    (await learnerKeyOf(context, { number: '', ...mark })) === learnerKey
  if (await isBy({ email: '', name })) return []
  const isByEmail = email !== '' && (await isBy({ email, name: '' }))
  const found = await awards(context.db).ofLearner(learnerKey, isByEmail ? undefined : organisationId)
  return found.map(({ credentialId }) => credentialId)
}

/** Those of these that are kept here: the credentials themselves, with their status. The oldest first. */
async function keptOf(context: Reading, ids: readonly string[]): Promise<Held[]> {
  if (ids.length === 0) return []
  const { db, now } = context
  const issued = new Map((await issuing(db).findMany(ids)).map((one) => [one.id, one]))
  const held: Held[] = []
  for (const row of await claims(db).ofCredentials(ids)) {
    const told = row.keptUntil >= now().toISOString() ? await openClaim(context, row) : undefined
    const known = issued.get(row.credentialId)
    if (!told || !known) continue
    const award = await awards(db).find(row.credentialId)
    held.push({ row, told, achievementId: award?.achievementId ?? '', state: known.state, changedAt: known.changedAt })
  }
  return held.toSorted((one, other) =>
    one.row.keptUntil + one.row.credentialId < other.row.keptUntil + other.row.credentialId ? -1 : 1,
  )
}

/** Of who has a link: the credential that it leads to and what else that learner has; undefined where the link has ended. */
export async function heldByLink(context: Reading, secret: string): Promise<Held[] | undefined> {
  const row = isSecret(secret) ? await claims(context.db).bySecret(digestOfSecret(secret)) : undefined
  if (!row || row.expiresAt < context.now().toISOString()) return undefined
  const [first] = await keptOf(context, [row.credentialId])
  if (!first) return undefined
  const award = await awards(context.db).find(row.credentialId)
  const more = award ? await ofSameLearner(context, award, first.told) : []
  return keptOf(context, [...new Set([row.credentialId, ...more])])
}

/** Of whom an issuer, or an account by its email address, names. Without an organisation: of all issuers. */
export async function heldBy(
  context: Reading,
  marks: { number: string; email: string; name: string },
  organisationId?: string,
): Promise<Held[]> {
  const key = await learnerKeyOf(context, marks)
  if (key === undefined) return []
  const found = await awards(context.db).ofLearner(key, organisationId)
  return keptOf(
    context,
    found.map(({ credentialId }) => credentialId),
  )
}

/** Credentials that this site keeps for an account itself. */
export const heldOf = (context: Reading, ids: readonly string[]): Promise<Held[]> => keptOf(context, ids)
