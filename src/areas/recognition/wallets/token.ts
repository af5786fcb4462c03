/** A wallet gives the code of an offer for a token, once (OpenID4VCI 1.0 §6). */
import { timingSafeEqual } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { digestOfSecret, isSecret, newSecret } from '#accounts/secret.ts'
import { walletOffers } from './store.ts'
import { txHashOf } from './offer.ts'

export const tokenSeconds = 600

const Redeemed = Type.Union([
  Type.Object({ token: Type.String() }),
  Type.Object({ error: Type.String(), why: Type.String() }),
])
export type Redeemed = Static<typeof Redeemed>
const refused = (error: string, why: string) => ({ error, why })

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** What fails is an answer and no problem: that it was tried must be written down. */
export const redeemCode = operation({
  name: 'wallets.redeem',
  summary: 'Give the code of an offer for a token with which a wallet fetches the credential',
  http: 'POST /wallets/token',
  isForPages: true,
  isOpen: true,
  input: Type.Object(
    { code: Type.String({ maxLength: 1_000 }), txCode: Type.Optional(Type.String({ maxLength: 100 })) },
    closed,
  ),
  output: Redeemed,
  allow: () => true,
  run: async ({ db, now, random }, { code, txCode }): Promise<Redeemed> => {
    const store = walletOffers(db)
    const row = isSecret(code) ? await store.byCode(digestOfSecret(code)) : undefined
    const unknown = refused('invalid_grant', 'The pre-authorized code is unknown, was used before, or has ended')
    if (!row) return unknown
    if (row.tokenHash !== null) {
      // Of two who have the code one should not: neither gets the credential (RFC 6749 §4.1.2).
      await store.drop(row.offerHash)
      return unknown
    }
    if (row.expiresAt <= now().toISOString()) return unknown
    if (row.txHash === '' && txCode !== undefined) return refused('invalid_request', 'No transaction code is expected')
    if (row.txHash !== '' && txCode === undefined) return refused('invalid_request', 'A transaction code is needed')
    if (!(await store.countTry(row.offerHash))) return unknown
    if (row.txHash !== '' && !isSame(row.txHash, txHashOf(code, txCode ?? '')))
      return refused('invalid_grant', 'The transaction code is wrong')
    const token = newSecret(random)
    const tokenUntil = new Date(now().getTime() + tokenSeconds * 1_000).toISOString()
    const isFirst = await store.giveToken(row.offerHash, { tokenHash: digestOfSecret(token), tokenUntil })
    return isFirst ? { token } : unknown
  },
})
