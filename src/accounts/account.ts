/** One’s own account: read and changed. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { Done, done } from '#records/inputs.ts'
import { noteEvent } from './audit.ts'
import { PersonName, personNameOf } from './inputs.ts'
import { forgetOldPassword } from './new-password.ts'
import { hashPassword, longestPassword, violationsOfPassword } from './password.ts'
import { provenOperation } from './proof.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'

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
    hasPassword: Type.Boolean({ description: 'A person who signs in another way may have none' }),
  },
  { $id: 'Account' },
)
export type Self = Static<typeof Self>

export const selfOf = ({ passwordHash, ...account }: Account): Self => {
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
export async function ownAccount(context: Pick<Context, 'db' | 'actor'>): Promise<Account> {
  const account = await people(context.db).byId(personIn(context))
  if (account?.state !== 'active') throw new Problem('unauthenticated')
  return account
}

export const isPerson = ({ kind }: Context['actor']) => kind === 'person'

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
    await people(context.db).change(id, { name: personNameOf(name), language, affiliations })
    return selfOf(await ownAccount(context))
  },
})

export const changePassword = provenOperation({
  name: 'accounts.changePassword',
  summary: 'Change one’s password; all other sessions end',
  http: 'POST /account/password',
  input: { newPassword: Type.String({ maxLength: longestPassword * 4 }) },
  output: Done,
  prepare: async (context, { newPassword }) => {
    const account = await ownAccount(context)
    const about = [account.name, account.email]
    const violations = await violationsOfPassword(context, newPassword, about)
    if (violations.length)
      throw new Problem(
        'invalid',
        { count: 1 },
        { violations: violations.map((one) => ({ ...one, place: 'newPassword' })) },
      )
    return hashPassword(newPassword, context.random)
  },
  run: async (context, { session }, passwordHash) => {
    const account = await ownAccount(context)
    await people(context.db).change(account.id, { passwordHash })
    await forgetOldPassword(context, account, session)
    await noteEvent(context, 'password.changed', account.id)
    return done
  },
})
