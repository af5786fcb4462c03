/** What a learner does with the link to a credential: gets it, renews the link, has it deleted here; what others are shown. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { digestOfSecret, isSecret } from '#accounts/secret.ts'
import { Done, done } from '#records/inputs.ts'
import { awards, claims } from '../batches/store.ts'
import { issuing } from '../issuing/store.ts'
import type { ClaimRow } from '../tables.ts'
import { openClaim, renewed, tellLearner, type Kept } from './claim.ts'

const Secret = Type.String({ maxLength: 100 })
const Claimed = Type.Object({
  credential: Type.Union([Type.Object({}, { additionalProperties: true }), Type.String()]),
  title: Type.String(),
  issuer: Type.String(),
  name: Type.String(),
  state: Type.Enum(['valid', 'revoked', 'suspended']),
  isExpired: Type.Boolean({ description: 'The link, not the credential' }),
  hasEmail: Type.Boolean(),
  expiresAt: Type.String(),
  shown: Type.String({ description: 'Secret of the address that the learner may give to others' }),
})
export type Claimed = Static<typeof Claimed>

type Reading = Pick<Context, 'db' | 'services' | 'now'>

async function claimedOf(context: Reading, row: ClaimRow, told: Kept): Promise<Claimed> {
  const { credential, title, issuer, name, email, shown } = told
  const { expiresAt } = row
  const issued = await issuing(context.db).find(row.credentialId)
  const isExpired = expiresAt < context.now().toISOString()
  return {
    credential,
    title,
    issuer,
    name,
    state: issued?.state ?? 'revoked',
    isExpired,
    hasEmail: email !== '',
    expiresAt,
    shown,
  }
}

/** @throws Problem claimGone where no such link is known, or it was deleted */
async function opened(context: Reading, row: ClaimRow | undefined): Promise<{ row: ClaimRow; told: Kept }> {
  const told = row && row.keptUntil >= context.now().toISOString() ? await openClaim(context, row) : undefined
  if (!row || !told) throw new Problem('claimGone')
  return { row, told }
}
const bySecret = async (context: Reading, secret: string) =>
  opened(context, isSecret(secret) ? await claims(context.db).bySecret(digestOfSecret(secret)) : undefined)

/** What a link leads to that has not ended. @throws Problem claimGone */
export async function liveClaim(context: Reading, secret: string): Promise<{ row: ClaimRow; told: Kept }> {
  const found = await bySecret(context, secret)
  if (found.row.expiresAt < context.now().toISOString()) throw new Problem('claimGone')
  return found
}

export const readClaim = operation({
  name: 'claims.read',
  summary: 'Read the credential that a link leads to',
  http: 'GET /claims/:secret',
  isForPages: true,
  input: Type.Object(
    { secret: Secret, isLive: Type.Boolean({ default: false, description: 'Not by a link that has ended' }) },
    closed,
  ),
  output: Claimed,
  allow: () => true,
  run: async (context, { secret, isLive }) => {
    const { row, told } = isLive ? await liveClaim(context, secret) : await bySecret(context, secret)
    return claimedOf(context, row, told)
  },
})

export const renewClaim = operation({
  name: 'claims.renew',
  summary: 'Send a new link in place of one that has ended, to the same email address',
  http: 'POST /claims/renew',
  isForPages: true,
  isOpen: true,
  input: Type.Object({ secret: Secret }, closed),
  output: Done,
  allow: () => true,
  run: async (context, { secret }) => {
    const { row, told } = await bySecret(context, secret)
    // A link that works needs no other, and nobody can have a box filled with emails.
    if (told.email === '' || row.expiresAt >= context.now().toISOString()) return done
    const { row: anew, told: kept, link } = await renewed(context, row, told)
    const { secretHash, shownHash, closed: closedAnew, expiresAt } = anew
    await claims(context.db).renew(row.credentialId, { secretHash, shownHash, closed: closedAnew, expiresAt })
    await tellLearner(context, kept, link)
    return done
  },
})

export const eraseClaim = operation({
  name: 'claims.erase',
  summary: 'Delete what this site keeps of a learner for a credential; the credential itself stays valid',
  http: 'POST /claims/erase',
  isForPages: true,
  isOpen: true,
  forgets: true,
  input: Type.Object({ secret: Secret }, closed),
  output: Done,
  allow: () => true,
  run: async (context, { secret }) => {
    const { row } = await bySecret(context, secret)
    await claims(context.db).drop(row.credentialId)
    await awards(context.db).release(row.credentialId)
    return done
  },
})

export const readShown = operation({
  name: 'claims.shown',
  summary: 'Read a credential that its learner shows to others',
  http: 'GET /claims/shown/:secret',
  isForPages: true,
  input: Type.Object({ secret: Secret }, closed),
  output: Type.Pick(Claimed, ['credential', 'title', 'issuer', 'state']),
  allow: () => true,
  run: async (context, { secret }) => {
    const found = isSecret(secret) ? await claims(context.db).byShown(digestOfSecret(secret)) : undefined
    const { row, told } = await opened(context, found)
    const { credential, title, issuer, state } = await claimedOf(context, row, told)
    return { credential, title, issuer, state }
  },
})

export const claimOperations = [readClaim, renewClaim, eraseClaim, readShown]
