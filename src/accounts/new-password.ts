/** A password took the place of another, by whichever way. */
import type { Context } from '#kernel/context.ts'
import { post } from '#kernel/mail/mail.ts'
import { letterOf } from './letters.ts'
import { dropSteps } from './second-step.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'
import { forgetTries } from './rate-limit.ts'

/**
 * Whoever knew the old one is out and has no tries left to use up; who did not change it themselves is told by e-mail.
 * `account`: as it was before; `exceptSession`: the one that the change came from.
 */
export async function forgetOldPassword(
  { db, now, services }: Pick<Context, 'db' | 'now' | 'services'>,
  account: Account,
  exceptSession?: string,
): Promise<void> {
  const store = people(db)
  await store.endSessions(account.id, exceptSession)
  await store.forgetDevices(account.id)
  await dropSteps(db, account.id)
  for (const what of ['codesWrong', 'codesTo'] as const) await forgetTries(db, what, account.id)
  if (account.state !== 'active') return
  const { site } = services
  const values = { site, name: account.name, link: `${site.address}/${account.language}/sign-in` }
  await post(db, letterOf('passwordChanged', account.email, account.language, values), now())
}
