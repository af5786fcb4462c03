/** Whether a document is a trust list that somebody signed, and what it says. */
import { proofsOf } from '#codecs/data-integrity/verify-proofs.ts'
import { isProof } from '#codecs/data-integrity/proof.ts'
import { validityOn } from '../decisions/validity.ts'
import type { World } from '../verification/find-keys.ts'
import { readDocument } from '../verification/read-document.ts'
import { idOf } from '../verification/verification.ts'
import { verifyCredential } from '../verification/verify.ts'
import { contentOf, type ListContent } from './list-document.ts'

export type Read = { issuer: string; fingerprint: string; list: ListContent }
/** Why a document does not count: a rule of violations. */
export type Fault = { rule: 'noTrustList' | 'notVerified'; what: string }

/** Whether it is a trust list whose proof, issuer and dates are all checked and good. */
export async function judgeList(text: string, world: World): Promise<Read | Fault> {
  const told = await verifyCredential(text, world)
  const read = readDocument(text)
  const list = 'format' in read ? contentOf(read.document) : undefined
  if (!('format' in read) || !list) return { rule: 'noTrustList', what: '' }
  if (!told.isVerified) {
    const wrong = told.checks.find(({ state }) => state === 'failed') ?? told.checks.find(({ state }) => state !== 'ok')
    return { rule: 'notVerified', what: `${wrong?.name}: ${wrong?.code}` }
  }
  const method = proofsOf(read.document).find(isProof)?.verificationMethod ?? ''
  return { issuer: idOf(read.document.issuer) ?? '', fingerprint: method.split('#')[1] ?? method, list }
}

/** A list that somebody names when they verify: what was read of it, or that it could not be. */
export type GivenList = { name: string; read: Read | Fault | 'unreachable' }

type Recognised = Awaited<ReturnType<NonNullable<World['recognised']>>>
const counts = (one: { validFrom?: string | undefined; validUntil?: string | undefined }, today: string) =>
  ['valid', 'ending'].includes(validityOn(one, today))

/**
 * By which of these lists an issuer is recognised on that day, else which could not be read or do not verify: the check
 * `trustList`. Undefined where there are none.
 */
export function recognisedByGiven(given: readonly GivenList[], issuer: string, today: string): Recognised {
  const unread: string[] = []
  for (const { name, read } of given) {
    if (read === 'unreachable' || 'rule' in read) {
      unread.push(read !== 'unreachable' && read.what ? `${name} (${read.what})` : name)
      continue
    }
    const { list } = read
    const entry = list.vouchedFor.find((one) => one.identifier === issuer && counts(one, today))
    if (!entry || !counts({ validUntil: list.validUntil }, today)) continue
    const title = list.titles[list.originalLanguage] ?? Object.values(list.titles)[0] ?? ''
    const values = { what: entry.name, list: title, by: read.issuer, day: today, fingerprint: read.fingerprint }
    return { code: 'listedBy', values, isListed: true }
  }
  if (unread.length > 0) return { code: 'givenUnread', values: { what: unread.join(', ') }, isListed: false }
  return given.length > 0 ? { code: 'noneGiven', values: { count: String(given.length) }, isListed: false } : undefined
}
