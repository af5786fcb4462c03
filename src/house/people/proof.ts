/** Whether somebody who is in is still the one who came in (OWASP ASVS 5.0, 7.5): by the password, or by having just come. */
import { Type } from 'typebox'
import type { Context } from '#core/context.ts'
import type { Preparing } from '#core/operation.ts'
import { isPassword, longestPassword } from './password.ts'
import { people } from './store.ts'
import { countTry, forgetTries, isLetPass } from './tries.ts'

/** What operations take that ask for it. */
export const Proof = {
  password: Type.String({ maxLength: longestPassword * 4 }),
  session: Type.String({ maxLength: 16 }),
}
type Given = { password: string; session: string }
export type ProofOutcome = 'right' | 'wrong' | 'tooManyTries'

const justMs = 15 * 60_000

/** A passkey is two factors, so who has just come by one needs no password; nor does who has none. */
export async function isProven(
  { db, now }: Pick<Preparing, 'db' | 'now'>,
  accountId: string,
  { password, session }: Given,
): Promise<boolean> {
  const account = await people(db).byId(accountId)
  if (account?.state !== 'active') return false
  const own = (await people(db).sessionsOf(accountId)).find(({ id }) => id === session)
  const hasJustCome = own !== undefined && now().getTime() - Date.parse(own.createdAt) < justMs
  if (hasJustCome && (account.passwordHash === null || own.way === 'passkey')) return true
  return account.passwordHash !== null && isPassword(password, account.passwordHash)
}

/** Before the transaction; `settleProof` in it counts what was wrong. */
export async function prove(context: Preparing, accountId: string, given: Given): Promise<ProofOutcome> {
  if (!(await isLetPass(context.db, 'proofHere', accountId, context.now()))) return 'tooManyTries'
  return (await isProven(context, accountId, given)) ? 'right' : 'wrong'
}

export async function settleProof(
  { db, now }: Pick<Context, 'db' | 'now'>,
  accountId: string,
  outcome: ProofOutcome,
): Promise<void> {
  if (outcome === 'wrong') await countTry(db, 'proofHere', accountId, now())
  if (outcome === 'right') await forgetTries(db, 'proofHere', accountId)
}
