/** Becoming a person with an account: a letter with a link that works once, then a password. */
import { Type } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#core/context.ts'
import { languages } from '#core/languages/languages.ts'
import { post } from '#core/mail/mail.ts'
import { closed, operation, preparedOperation } from '#core/operation.ts'
import { misfit, Problem } from '#core/problem.ts'
import { newId } from '../record/identifier.ts'
import { noteEvent } from './audit.ts'
import { Email, emailKeyOf } from './email.ts'
import { From, PersonName } from './inputs.ts'
import { letterOf } from './letters.ts'
import { hashPassword, longestPassword, misfitsOfPassword } from './password.ts'
import { dropSteps } from './second-step.ts'
import { digestOfSecret, isSecret, newSecret } from './secret.ts'
import { Opened, openSession } from './sessions.ts'
import { people } from './store.ts'
import type { Account, PeopleTables } from './tables.ts'
import { countTry, isLetPass } from './tries.ts'

const hour = 60 * 60_000
const hoursFor = { confirm: 48, password: 2, operator: 7 * 24 }

const Language = Type.Enum([...languages])
const Token = Type.String({ maxLength: 100 })

/** Whatever is so, it answers alike: who has an account here is nobody's business. */
const Sent = Type.Object({ isSent: Type.Literal(true) })
const sent = { isSent: true as const }

/** The path that a one-time link leads to. */
export const linkPath = (token: string) => `/account/link/${token}`

type Purpose = PeopleTables['one_time_link']['purpose']

/** Makes a link that works once, and answers its secret. */
export async function newLink(
  { db, now, random }: Pick<Context, 'db' | 'now' | 'random'>,
  purpose: Purpose,
  accountId: string | null,
): Promise<string> {
  const token = newSecret(random)
  const at = now()
  await people(db).addLink({
    tokenHash: digestOfSecret(token),
    purpose,
    accountId,
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + hoursFor[purpose] * hour).toISOString(),
  })
  return token
}

async function sendLink(context: Context, purpose: 'confirm' | 'password', account: Account): Promise<void> {
  const token = await newLink(context, purpose, account.id)
  const { site } = context.services
  const values = {
    site: site.name,
    name: account.name,
    hours: hoursFor[purpose],
    link: `${site.address}/${account.language}${linkPath(token)}`,
  }
  await post(context.db, letterOf(purpose, account.email, account.language, values), context.now())
}

/** Whether one more letter may be asked for; too many are refused by where they come from, silently by whom they go to. */
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
  input: Type.Object({ name: PersonName, email: Email, language: Language, remote: From.remote }, closed),
  output: Sent,
  allow: () => true,
  run: async (context, { name, email, language, remote }) => {
    const emailKey = emailKeyOf(email)
    if (!(await mayWrite(context, remote, emailKey))) return sent
    const store = people(context.db)
    const known = await store.byEmail(emailKey)
    if (known && known.state !== 'unconfirmed') {
      const { site } = context.services
      const values = { site: site.name, name: known.name, link: `${site.address}/${known.language}/sign-in` }
      await post(context.db, letterOf('known', known.email, known.language, values), context.now())
      return sent
    }
    const account = known ?? newAccount(context, { name, email, language })
    if (!known) await store.add(account)
    await sendLink(context, 'confirm', account)
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
  input: Type.Object({ email: Email, remote: From.remote }, closed),
  output: Sent,
  allow: () => true,
  run: async (context, { email, remote }) => {
    const emailKey = emailKeyOf(email)
    if (!(await mayWrite(context, remote, emailKey))) return sent
    const account = await people(context.db).byEmail(emailKey)
    if (account?.state === 'active') await sendLink(context, 'password', account)
    if (account?.state === 'unconfirmed') await sendLink(context, 'confirm', account)
    return sent
  },
})

type Found = { purpose: Purpose; account: Account | undefined }

/** @throws Problem linkUsed where it was used, is too old, or never was. */
async function findLink(db: Kysely<unknown>, token: string, now: Date): Promise<Found> {
  const store = people(db)
  const link = isSecret(token) ? await store.linkBy(digestOfSecret(token)) : undefined
  if (!link || link.expiresAt <= now.toISOString()) throw new Problem('linkUsed')
  const account = link.accountId === null ? undefined : await store.byId(link.accountId)
  const isOpen = link.purpose === 'operator' || account?.state === 'active' || account?.state === 'unconfirmed'
  if (!isOpen) throw new Problem('linkUsed')
  return { purpose: link.purpose, account }
}

export const readLink = operation({
  name: 'accounts.readLink',
  summary: 'Tell what a one-time link is for',
  http: 'GET /accounts/links/:token',
  isForPages: true,
  input: Type.Object({ token: Token }, closed),
  output: Type.Object({ purpose: Type.String(), name: Type.String(), email: Type.String() }),
  allow: () => true,
  run: async ({ db, now }, { token }) => {
    const { purpose, account } = await findLink(db, token, now())
    return { purpose, name: account?.name ?? '', email: account?.email ?? '' }
  },
})

export const followLink = preparedOperation({
  name: 'accounts.followLink',
  summary: 'Set a password by a one-time link, and sign in',
  http: 'POST /accounts/links/:token',
  isOpen: true,
  isForPages: true,
  input: Type.Object(
    {
      token: Token,
      password: Type.String({ maxLength: longestPassword * 4 }),
      /** Of the first operator, who has no account yet. */
      name: Type.Optional(PersonName),
      email: Type.Optional(Email),
      language: Language,
      agent: From.agent,
    },
    closed,
  ),
  output: Opened,
  allow: () => true,
  prepare: async ({ db, now, random }, { token, password, name, email }) => {
    const { account } = await findLink(db, token, now())
    const about = [account?.name ?? name ?? '', account?.email ?? email ?? '']
    const misfits = await misfitsOfPassword(
      password,
      about.flatMap((one) => one.split(/[\s@.]+/)),
    )
    if (!account && name === undefined) misfits.push({ place: 'name', rule: 'required', values: {} })
    if (!account && email === undefined) misfits.push({ place: 'email', rule: 'required', values: {} })
    if (misfits.length) throw new Problem('invalid', { count: misfits.length }, { misfits })
    return hashPassword(password, random)
  },
  run: async (context, { token, name, email, language, agent }, passwordHash) => {
    const { db, now } = context
    const store = people(db)
    const { purpose, account: known } = await findLink(db, token, now())
    if (!(await store.useLink(digestOfSecret(token)))) throw new Problem('linkUsed')
    const account = known ?? (await firstOperator(context, { name: name!, email: email!, language }))
    await store.dropLinks({ accountId: account.id })
    await store.change(account.id, {
      passwordHash,
      state: 'active',
      confirmedAt: account.confirmedAt ?? now().toISOString(),
    })
    // Whoever knew the old password is out.
    await store.endSessions(account.id)
    await store.forgetDevices(account.id)
    await dropSteps(db, account.id)
    await noteEvent(context, `link.${purpose}`, account.id)
    return openSession(context, account.id, agent, 'link')
  },
})

/** The link of the first start makes an operator, of whoever holds it. */
async function firstOperator(
  context: Context,
  given: { name: string; email: string; language: string },
): Promise<Account> {
  const store = people(context.db)
  const known = await store.byEmail(emailKeyOf(given.email))
  // An account that somebody else asked for with this address must not become the operator's.
  if (known) throw misfit('email', 'known')
  const account: Account = { ...newAccount(context, given), roles: ['contributor', 'operator'] }
  await store.add(account)
  await store.dropLinks({ purpose: 'operator' })
  return account
}
