/** What operators do: see who has an account, give and take roles, close and open accounts. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { violation, Problem, noSuch } from '#kernel/problem.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { roles, permission, type Role } from '#kernel/permission.ts'
import { Done, done } from '#records/inputs.ts'
import { noteEvent } from './audit.ts'
import { provenOperation } from './proof.ts'
import { emailKeyOf } from './email.ts'
import { linkPath, newLink, sendLink } from './email-link.ts'
import { dropSteps, isAsked } from './second-step.ts'
import { notify } from './notices/notify.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'

const Id = Type.String({ maxLength: 16 })

const AccountLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  roles: Type.Array(Type.String()),
  country: Type.Union([Type.String(), Type.Null()]),
  state: Type.String(),
  createdAt: Type.String(),
})
export type AccountLine = Static<typeof AccountLine>

const lineOf = ({ id, name, email, roles: own, country, state, createdAt }: Account): AccountLine => ({
  id,
  name,
  email,
  roles: own,
  country,
  state,
  createdAt,
})

export const accounts = operation({
  name: 'accounts.list',
  summary: 'List the people who have an account',
  http: 'GET /accounts',
  isForPages: true,
  input: Type.Object(
    {
      q: Type.String({ maxLength: 200, default: '', description: 'Part of a name or an address' }),
      after: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({ accounts: Type.Array(AccountLine), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: permission('people.manage'),
  run: async ({ db }, { q, after, limit }) => {
    const found = await people(db).list({ after, limit: limit + 1, words: q.trim() })
    return {
      accounts: found.slice(0, limit).map(lineOf),
      next: found.length > limit ? after + limit : null,
    }
  },
})

export const readAccount = operation({
  name: 'accounts.read',
  summary: 'Read the account of a person',
  http: 'GET /accounts/:id',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: AccountLine,
  allow: permission('people.manage'),
  run: async ({ db }, { id }) => {
    const account = await people(db).byId(id)
    if (!account || account.state === 'erased') throw noSuch('account', id)
    return lineOf(account)
  },
})

/** With the password: an operator’s session that was left open makes nobody an operator, and closes no account. */
export const manageAccount = provenOperation({
  name: 'accounts.manage',
  summary: 'Give a person roles, or close and open their account',
  http: 'PUT /accounts/:id',
  changesPages: true,
  input: {
    id: Id,
    roles: Type.Array(Type.Enum([...roles]), { maxItems: roles.length, uniqueItems: true }),
    country: Type.Union([Type.String({ pattern: '^[A-Z]{2}$' }), Type.Null()]),
    isSuspended: Type.Boolean(),
  },
  output: Type.Object({ id: Type.String() }),
  allow: permission('people.manage'),
  run: async (context, { id, roles: given, country, isSuspended }) => {
    const store = people(context.db)
    const account = await store.byId(id)
    if (!account || account.state === 'erased') throw noSuch('account', id)
    const own = [...new Set(['contributor' as const, ...given])]
    const isOperator = own.includes('operator') && !isSuspended
    const others = (await store.withRole('operator')).filter((one) => one.id !== id)
    if (account.roles.includes('operator') && !isOperator && others.length === 0)
      throw violation('roles', 'lastOperator')
    if (own.includes('focal-point') && country === null) throw violation('country', 'required')
    const state = account.state === 'unconfirmed' ? account.state : isSuspended ? 'suspended' : 'active'
    await store.change(id, { roles: own, country: own.includes('focal-point') ? country : null, state })
    // People who signed in by password alone, and no longer may, must sign in again.
    const isAskedNow = isAsked(context.services.secondStep, own) && !isAsked(context.services.secondStep, account.roles)
    if (isSuspended || isAskedNow) await store.endSessions(id)
    if (isSuspended) await dropSteps(context.db, id)
    if (state === 'active') await tellRoles(context, account, own)
    await noteEvent(context, 'account.managed', id, JSON.stringify({ from: account.roles, to: own, state }))
    return { id }
  },
})

/** Who gets or loses a role learns of it, by whom, and what it is for. */
async function tellRoles(context: Context, { id, roles: before }: Account, after: readonly Role[]): Promise<void> {
  const actorId = context.actor.kind === 'person' ? context.actor.id : ''
  const person = (await people(context.db).byId(actorId))?.name ?? ''
  const changes = [
    ['roleGiven', after.filter((role) => !before.includes(role))],
    ['roleTaken', before.filter((role) => !after.includes(role))],
  ] as const
  for (const [about, changed] of changes)
    if (changed.length > 0)
      await notify(context, [id], {
        about,
        topic: 'account',
        path: '/roles',
        person,
        values: (t, language) => ({ roles: formatsIn(language).list(changed.map((role) => t(`role.${role}`))) }),
      })
}

/** With the password: an operator’s session that was left open vouches for nobody. */
export const vouchFor = provenOperation({
  name: 'accounts.vouch',
  summary: 'Send a person whom one knows a link that needs no second step, in the place of all they have lost',
  http: 'POST /accounts/:id/vouching',
  input: { id: Id },
  output: Done,
  allow: permission('people.manage'),
  run: async (context, { id }) => {
    const account = await people(context.db).byId(id)
    if (account?.state !== 'active') throw noSuch('account', id)
    // An operator whose session was taken must not get rid of their second step by it.
    if (id === personIn(context)) throw new Problem('forbidden', { operation: 'accounts.vouch' })
    await sendLink(context, 'vouched', account)
    await noteEvent(context, 'account.vouched', id)
    return done
  },
})

/** The same link for who runs the machine to hand over; null where nobody has that address. */
export async function vouchedLink(
  context: Pick<Context, 'db' | 'now' | 'random' | 'actor'>,
  email: string,
): Promise<string | null> {
  const account = await people(context.db).byEmail(emailKeyOf(email))
  if (account?.state !== 'active') return null
  await noteEvent(context, 'account.vouched', account.id)
  return linkPath(await newLink(context, 'vouched', account.id))
}
