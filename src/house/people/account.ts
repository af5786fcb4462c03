/** One’s own account: read, changed, taken along, and erased. */
import { Type, type Static } from 'typebox'
import type { Context } from '#core/context.ts'
import { languages } from '#core/languages/languages.ts'
import { post } from '#core/mail/mail.ts'
import { closed, operation, preparedOperation } from '#core/operation.ts'
import { misfit, Problem } from '#core/problem.ts'
import { attachedFiles } from '../files/store.ts'
import { recordId } from '../record/fields.ts'
import { Done, done } from '../record/inputs.ts'
import { watches } from '../watching/store.ts'
import { forgetReviewer } from '../reviewing/forget.ts'
import { noteEvent } from './audit.ts'
import { contributionsOf } from './contributions.ts'
import { dropEmailChange } from './email-change.ts'
import { identities } from './identity-store.ts'
import { letterOf } from './letters.ts'
import { PersonName } from './links.ts'
import { hashPassword, isPassword, longestPassword, misfitsOfPassword } from './password.ts'
import { passkeys } from './passkey-store.ts'
import { isProven } from './proof.ts'
import { dropSteps } from './second-step.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'

const Password = Type.String({ maxLength: longestPassword * 4 })
export const Self = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    language: Type.String(),
    roles: Type.Array(Type.String()),
    country: Type.Union([Type.String(), Type.Null()], { description: 'Of a focal point: for which country' }),
    affiliations: Type.Array(Type.String(), { description: 'Organisations they work for, by identifier' }),
    createdAt: Type.String(),
    hasPassword: Type.Boolean({ description: 'Whoever came by another door may have none' }),
  },
  { $id: 'Account' },
)
export type Self = Static<typeof Self>

const selfOf = ({ passwordHash, ...account }: Account): Self => {
  const { id, name, email, language, roles, country, affiliations, createdAt } = account
  return {
    id,
    name,
    email,
    language,
    roles,
    country,
    affiliations,
    createdAt,
    hasPassword: passwordHash !== null,
  }
}

/** @throws Problem unauthenticated */
async function ownAccount(context: Pick<Context, 'db' | 'actor'>): Promise<Account> {
  const account = await people(context.db).byId(personIn(context))
  if (account?.state !== 'active') throw new Problem('unauthenticated')
  return account
}

const isPerson = ({ kind }: Context['actor']) => kind === 'person'

export const readSelf = operation({
  name: 'accounts.self',
  summary: 'Read one’s own account',
  http: 'GET /account',
  input: Type.Object({}, closed),
  output: Self,
  allow: isPerson,
  run: async (context) => selfOf(await ownAccount(context)),
})

export const changeSelf = operation({
  name: 'accounts.change',
  summary: 'Change one’s name, language and organisations',
  changesPages: true,
  http: 'PUT /account',
  isForPages: true,
  input: Type.Object(
    {
      name: PersonName,
      language: Type.Enum([...languages]),
      affiliations: Type.Array(Type.String({ pattern: recordId }), { maxItems: 20 }),
    },
    closed,
  ),
  output: Self,
  allow: isPerson,
  run: async (context, { name, language, affiliations }) => {
    const { id } = await ownAccount(context)
    await people(context.db).change(id, { name: name.trim(), language, affiliations })
    return selfOf(await ownAccount(context))
  },
})

export const changePassword = preparedOperation({
  name: 'accounts.changePassword',
  summary: 'Change one’s password; all other sessions end',
  http: 'POST /account/password',
  isForPages: true,
  input: Type.Object({ password: Password, newPassword: Password, session: Type.String({ maxLength: 16 }) }, closed),
  output: Done,
  allow: isPerson,
  prepare: async (context, { password, newPassword }) => {
    const account = await ownAccount(context)
    if (!(await isPassword(password, account.passwordHash))) throw misfit('password', 'wrongPassword')
    const about = [account.name, account.email].flatMap((one) => one.split(/[\s@.]+/))
    const misfits = await misfitsOfPassword(newPassword, about)
    if (misfits.length)
      throw new Problem('invalid', { count: 1 }, { misfits: misfits.map((one) => ({ ...one, place: 'newPassword' })) })
    return hashPassword(newPassword, context.random)
  },
  run: async (context, { session }, passwordHash) => {
    const account = await ownAccount(context)
    const store = people(context.db)
    await store.change(account.id, { passwordHash })
    await store.endSessions(account.id, session)
    await store.forgetDevices(account.id)
    const { site } = context.services
    const values = { site: site.name, name: account.name, link: `${site.address}/${account.language}/sign-in` }
    await post(context.db, letterOf('passwordChanged', account.email, account.language, values), context.now())
    await noteEvent(context, 'password.changed', account.id)
    return done
  },
})

export const exportSelf = operation({
  name: 'accounts.export',
  summary: 'Take along all that the house knows of oneself',
  http: 'GET /account/export',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({}, { additionalProperties: true }),
  allow: isPerson,
  run: async (context) => {
    const account = await ownAccount(context)
    const store = people(context.db)
    const [sessions, keys, ownPasskeys, ownIdentities, audit, files, watched] = await Promise.all([
      store.sessionsOf(account.id),
      store.keysOf(account.id),
      passkeys(context.db).of(account.id),
      identities(context.db).of(account.id),
      store.audited({ subject: account.id, limit: 10_000 }),
      attachedFiles(context.db).ofPerson(account.id),
      watches(context.db).of(account.id),
    ])
    return {
      account: selfOf(account),
      sessions: sessions.map(({ createdAt, seenAt, agent }) => ({ createdAt, seenAt, agent })),
      keys: keys.map(({ name, scopes, createdAt, lastUsedAt }) => ({ name, scopes, createdAt, lastUsedAt })),
      passkeys: ownPasskeys.map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
      identities: ownIdentities.map(({ issuer, subject, createdAt }) => ({ issuer, subject, createdAt })),
      files: files.map((one) => ({ ...one, address: `${context.services.site.address}/files/${one.file}` })),
      watching: watched.map(({ recordId: record, query, name, often, createdAt }) => ({
        record,
        query,
        name,
        often,
        createdAt,
      })),
      ...(await contributionsOf(context.db, account.id)),
      events: audit.map(({ at, event }) => ({ at, event })),
    }
  },
})

/** Contributions stay, under the person’s name or under nobody’s; all else that is known of them goes. */
export const eraseSelf = preparedOperation({
  name: 'accounts.erase',
  summary: 'Erase one’s account; contributions stay, with one’s name or without',
  changesPages: true,
  http: 'POST /account/erase',
  isForPages: true,
  input: Type.Object({ password: Password, keepName: Type.Boolean(), session: Type.String({ maxLength: 16 }) }, closed),
  output: Done,
  allow: isPerson,
  prepare: async (context, { password, session }) => {
    const account = await ownAccount(context)
    if (!(await isProven(context, account.id, { password, session })))
      throw account.passwordHash === null ? misfit('keepName', 'signInAnew') : misfit('password', 'wrongPassword')
    const others = (await people(context.db).withRole('operator')).filter(({ id }) => id !== account.id)
    if (account.roles.includes('operator') && others.length === 0) throw misfit('keepName', 'lastOperator')
  },
  run: async (context, { keepName }) => {
    const account = await ownAccount(context)
    const store = people(context.db)
    if (!keepName) await forgetReviewer(context, account)
    await store.endSessions(account.id)
    await store.forgetDevices(account.id)
    await store.endKeys(account.id)
    await passkeys(context.db).removeAllOf(account.id)
    await identities(context.db).removeAllOf(account.id)
    await store.dropLinks({ accountId: account.id })
    await dropEmailChange(context.db, account.id)
    await dropSteps(context.db, account.id)
    await watches(context.db).removeAllOf(account.id)
    await store.change(account.id, {
      email: '',
      emailKey: `erased ${account.id}`,
      name: keepName ? account.name : '',
      passwordHash: null,
      roles: [],
      country: null,
      affiliations: [],
      state: 'erased',
    })
    await noteEvent(context, 'account.erased', account.id)
    return done
  },
})
