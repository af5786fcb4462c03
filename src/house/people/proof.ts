/** Whether somebody who is in is still the one who came in: by the password, or, without one, by having just come. */
import type { Preparing } from '#core/operation.ts'
import { isPassword } from './password.ts'
import { people } from './store.ts'

const justMs = 15 * 60_000

export async function isProven(
  { db, now }: Pick<Preparing, 'db' | 'now'>,
  accountId: string,
  { password, session }: { password: string; session: string },
): Promise<boolean> {
  const account = await people(db).byId(accountId)
  if (account?.state !== 'active') return false
  if (account.passwordHash !== null) return isPassword(password, account.passwordHash)
  const own = (await people(db).sessionsOf(accountId)).find(({ id }) => id === session)
  return own !== undefined && now().getTime() - Date.parse(own.createdAt) < justMs
}
