/** Becoming a person with an account, and coming back without a password: an e-mail with a link that works once. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { post } from '#kernel/mail/mail.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { newId } from '#records/identifier.ts'
import { Email, emailKeyOf } from './email.ts'
import { From, PersonName, personNameOf } from './inputs.ts'
import { letterOf, letterToUnconfirmed } from './letters.ts'
import { digestOfSecret, newSecret } from './secret.ts'
import { people } from './store.ts'
import type { Account, PeopleTables } from './tables.ts'
import { countTry, isLetPass } from './rate-limit.ts'

const hour = 60 * 60_000
const hoursFor = { confirm: 48, password: 2, vouched: 48, operator: 7 * 24 }

const Language = Type.Enum([...languages])

/** Kept with the link and never written into the e-mail: else it would carry what a stranger typed. */
const Next = Type.String({ maxLength: 2_000, default: '', description: 'The path of this site to go on to afterwards' })

/** Whatever is so, it answers alike: who has an account here is nobody's business. */
const Sent = Type.Object({ isSent: Type.Literal(true) })
const sent = { isSent: true as const }

/** The path that a one-time link leads to. */
export const linkPath = (token: string) => `/account/link/${token}`

export type Purpose = PeopleTables['one_time_link']['purpose']

/** Makes a link that works once, and answers its secret. */
export async function newLink(
  { db, now, random }: Pick<Context, 'db' | 'now' | 'random'>,
  purpose: Purpose,
  accountId: string | null,
  next = '',
): Promise<string> {
  const token = newSecret(random)
  const at = now()
  await people(db).addLink({
    tokenHash: digestOfSecret(token),
    purpose,
    accountId,
    next,
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + hoursFor[purpose] * hour).toISOString(),
  })
  return token
}

export async function sendLink(
  context: Context,
  purpose: Exclude<Purpose, 'operator'>,
  account: Account,
  next = '',
): Promise<void> {
  const token = await newLink(context, purpose, account.id, next)
  const { site } = context.services
  const values = {
    site,
    hours: hoursFor[purpose],
    link: `${site.address}/${account.language}${linkPath(token)}`,
  }
  const { email, language, name } = account
  const letter =
    purpose === 'confirm'
      ? letterToUnconfirmed(purpose, email, language, values)
      : letterOf(purpose, email, language, { ...values, name })
  await post(context.db, letter, context.now())
}

/** Whether one more e-mail may be asked for; too many are refused by where they come from, silently by whom they go to. */
async function mayWrite({ db, now }: Context, remote: string, emailKey: string): Promise<boolean> {
  if (!(await isLetPass(db, 'lettersFrom', remote, now()))) throw new Problem('tooManyTries')
  const isFree = await isLetPass(db, 'lettersTo', emailKey, now())
  await countTry(db, 'lettersFrom', remote, now())
  if (isFree) await countTry(db, 'lettersTo', emailKey, now())
  return isFree
}

export const signUp = operation({
  name: 'accounts.signUp',
  summary: 'Ask for an account; a letter with a link follows',
  http: 'POST /accounts',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ name: PersonName, email: Email, language: Language, remote: From.remote, next: Next }, closed),
  output: Sent,
  allow: () => true,
  run: async (context, { name: given, email, language, remote, next }) => {
    const name = personNameOf(given)
    const emailKey = emailKeyOf(email)
    if (!(await mayWrite(context, remote, emailKey))) return sent
    const store = people(context.db)
    const known = await store.byEmail(emailKey)
    if (known && known.state !== 'unconfirmed') {
      const { site } = context.services
      const values = { site, name: known.name, link: `${site.address}/${known.language}/sign-in` }
      await post(context.db, letterOf('known', known.email, known.language, values), context.now())
      return sent
    }
    const account = known ?? newAccount(context, { name, email, language })
    if (!known) await store.add(account)
    await sendLink(context, 'confirm', account, next)
    return sent
  },
})

export const newAccount = (
  { now, random }: Pick<Context, 'now' | 'random'>,
  { name, email, language }: Pick<Account, 'name' | 'email' | 'language'>,
): Account => ({
  id: newId(random),
  email: email.trim(),
  emailKey: emailKeyOf(email),
  name: name.trim(),
  passwordHash: null,
  roles: ['contributor'],
  country: null,
  affiliations: [],
  language,
  state: 'unconfirmed',
  createdAt: now().toISOString(),
  confirmedAt: null,
})

export const forgotPassword = operation({
  name: 'accounts.forgotPassword',
  summary: 'Ask for a link to set a new password',
  http: 'POST /accounts/password-links',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ email: Email, remote: From.remote, next: Next }, closed),
  output: Sent,
  allow: () => true,
  run: async (context, { email, remote, next }) => {
    const emailKey = emailKeyOf(email)
    if (!(await mayWrite(context, remote, emailKey))) return sent
    const account = await people(context.db).byEmail(emailKey)
    if (account?.state === 'active') await sendLink(context, 'password', account, next)
    if (account?.state === 'unconfirmed') await sendLink(context, 'confirm', account, next)
    return sent
  },
})
