/** Where one-time links lead: a password is chosen, and who chose it is in. */
import { Type } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { violation, Problem } from '#kernel/problem.ts'
import { noteEvent } from './audit.ts'
import { Email, emailKeyOf } from './email.ts'
import { dropFactors } from './factor-store.ts'
import { From, PersonName, personNameOf } from './inputs.ts'
import { newAccount, type Purpose } from './email-link.ts'
import { hasOwnCodes, takeOwnCode } from './totp.ts'
import { hashPassword, longestPassword, violationsOfPassword } from './password.ts'
import { forgetOldPassword } from './new-password.ts'
import { isTwofold } from './second-step.ts'
import { digestOfSecret, isSecret } from './secret.ts'
import { Opened, openSession } from './sessions.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'
import { countTry, isLetPass } from './rate-limit.ts'

const Token = Type.String({ maxLength: 100 })

type Found = { purpose: Purpose; account: Account | undefined; next: string }

/** @throws Problem linkUsed where it was used, is too old, or never was. */
async function findLink(db: Kysely<unknown>, token: string, now: Date): Promise<Found> {
  const store = people(db)
  const link = isSecret(token) ? await store.linkBy(digestOfSecret(token)) : undefined
  if (!link || link.expiresAt <= now.toISOString()) throw new Problem('linkUsed')
  const account = link.accountId === null ? undefined : await store.byId(link.accountId)
  const isOpen = link.purpose === 'operator' || account?.state === 'active' || account?.state === 'unconfirmed'
  if (!isOpen) throw new Problem('linkUsed')
  return { purpose: link.purpose, account, next: link.next }
}

/**
 * What a link asks for beside a password. Where a second step is asked, the letter of a forgotten password is no way
 * around it (OWASP ASVS 5.0, 6.4.3): it takes a code that came by no e-mail, or an operator who knows the person.
 */
const asks = ['nothing', 'code', 'operator'] as const
type Asks = (typeof asks)[number]

async function asksFor(context: Pick<Context, 'db' | 'services'>, { purpose, account }: Found): Promise<Asks> {
  if (purpose !== 'password' || account?.state !== 'active') return 'nothing'
  if (!(await isTwofold(context, account))) return 'nothing'
  return (await hasOwnCodes(context, account.id)) ? 'code' : 'operator'
}

export const readLink = operation({
  name: 'accounts.readLink',
  summary: 'Tell what a one-time link is for',
  http: 'GET /accounts/links/:token',
  isForPages: true,
  input: Type.Object({ token: Token }, closed),
  output: Type.Object({
    purpose: Type.String(),
    name: Type.String(),
    email: Type.String(),
    asks: Type.Enum([...asks]),
  }),
  allow: () => true,
  run: async (context, { token }) => {
    const found = await findLink(context.db, token, context.now())
    const { purpose, account } = found
    return {
      purpose,
      name: account?.name ?? '',
      email: account?.email ?? '',
      asks: await asksFor(context, found),
    }
  },
})

const refusals = ['code', 'tooManyCodes', 'operator'] as const

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
      /** From an authenticator app or the recovery codes, where a second step is required. */
      code: Type.String({ maxLength: 50, default: '' }),
      /** For the first operator, who has no account yet. */
      name: Type.Optional(PersonName),
      email: Type.Optional(Email),
      language: Type.Enum([...languages]),
      agent: From.agent,
    },
    closed,
  ),
  output: Type.Union([
    Type.Object({ ...Opened.properties, next: Type.String() }),
    Type.Object({ refused: Type.Enum([...refusals]) }),
  ]),
  allow: () => true,
  prepare: async (context, { token, password, name, email }) => {
    const { account } = await findLink(context.db, token, context.now())
    const about = [account?.name ?? name ?? '', account?.email ?? email ?? '']
    const violations = await violationsOfPassword(context, password, about)
    if (!account && name === undefined) violations.push({ place: 'name', rule: 'required', values: {} })
    if (!account && email === undefined) violations.push({ place: 'email', rule: 'required', values: {} })
    if (violations.length) throw new Problem('invalid', { count: violations.length }, { violations })
    return hashPassword(password, context.random)
  },
  run: async (context, { token, code, name, email, language, agent }, passwordHash) => {
    const { db, now } = context
    const store = people(db)
    const found = await findLink(db, token, now())
    const refused = await refusal(context, found, code)
    if (refused) return { refused }
    if (!(await store.useLink(digestOfSecret(token)))) throw new Problem('linkUsed')
    const { purpose, account: known } = found
    const account = known ?? (await firstOperator(context, { name: name!, email: email!, language }))
    await store.dropLinks({ accountId: account.id })
    await store.change(account.id, {
      passwordHash,
      state: 'active',
      confirmedAt: account.confirmedAt ?? now().toISOString(),
    })
    await forgetOldPassword(context, account)
    // What an operator vouched for was lost.
    if (purpose === 'vouched') {
      await dropFactors(db, account.id)
      await store.endKeys(account.id)
    }
    await noteEvent(context, `link.${purpose}`, account.id)
    return { ...(await openSession(context, account.id, agent, 'link')), next: found.next }
  },
})

/** As with passwords, what fails is an answer and no problem: that it was tried must be written down. */
async function refusal(context: Context, found: Found, code: string): Promise<(typeof refusals)[number] | undefined> {
  const asked = await asksFor(context, found)
  if (asked !== 'code') return asked === 'operator' ? asked : undefined
  const { db, now } = context
  const { account } = found as { account: Account }
  // Counted apart from sign-ins: who reads the letters of another cannot keep them from coming in.
  if (!(await isLetPass(db, 'codesOfLinks', account.id, now()))) return 'tooManyCodes'
  if (await takeOwnCode(context, account, code)) return undefined
  await countTry(db, 'codesOfLinks', account.id, now())
  await noteEvent(context, 'session.refused', account.id, 'code')
  return 'code'
}

/** The link of the first start makes its holder an operator. */
async function firstOperator(
  context: Context,
  given: { name: string; email: string; language: string },
): Promise<Account> {
  const store = people(context.db)
  const name = personNameOf(given.name)
  const known = await store.byEmail(emailKeyOf(given.email))
  // An account that somebody else asked for with this address must not become the operator's.
  if (known) throw violation('email', 'known')
  const account: Account = { ...newAccount(context, { ...given, name }), roles: ['contributor', 'operator'] }
  await store.add(account)
  await store.dropLinks({ purpose: 'operator' })
  return account
}
