/** Organisations that a curator has verified as issuers, and the people who may issue in their name. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may, permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { Email, emailKeyOf } from '#accounts/email.ts'
import { people } from '#accounts/store.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { issuers } from './store.ts'

const actorId = ({ actor }: Pick<Context, 'actor'>): string => (actor.kind === 'person' ? actor.id : '')

/** @throws Problem recordNotFound where it is no organisation that is published here */
async function expectOrganisation(db: Context['db'], id: string) {
  const found = await records(db).find(id)
  if (found?.kind !== 'organisation' || found.status !== 'published') throw new Problem('recordNotFound', { id })
  return found
}

/**
 * Whether somebody may issue for an organisation: curators for any that is verified and, where it is none, for the site
 * itself; members for theirs.
 */
export async function mayIssueFor(context: Pick<Context, 'db' | 'actor'>, organisationId: string): Promise<boolean> {
  const isCurator = may(context.actor, 'record.publish')
  if (organisationId === '') return isCurator
  const store = issuers(context.db)
  if (!(await store.find(organisationId))) return false
  if (isCurator) return true
  const { actor } = context
  return (
    actor.kind === 'person' && (await store.membersOf(organisationId)).some(({ accountId }) => accountId === actor.id)
  )
}

/**
 * That an organisation is not verified is no secret: `issuers.read` tells everybody. So who may not issue for any is told
 * of one that is not known here, and not that they have no permission.
 * @throws Problem notFound, forbidden
 */
export async function expectMayIssueFor(
  context: Pick<Context, 'db' | 'actor'>,
  organisationId: string,
  operationName: string,
): Promise<void> {
  if (organisationId !== '' && !(await issuers(context.db).find(organisationId))) throw noSuch('issuer', organisationId)
  if (!(await mayIssueFor(context, organisationId))) throw new Problem('forbidden', { operation: operationName })
}

const Organisation = Type.Object({
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
})
export type IssuingOrganisation = Static<typeof Organisation>

export const listIssuers = operation({
  name: 'issuers.list',
  summary: 'List the organisations for which you may issue credentials',
  http: 'GET /issuers',
  input: Type.Object({}, closed),
  output: Type.Object({
    issuers: Type.Array(Organisation),
    isCurator: Type.Boolean({ description: 'You may issue for this site too' }),
  }),
  allow: permission('draft.write'),
  run: async ({ db, actor }) => {
    const isCurator = may(actor, 'record.publish')
    const verified = new Set((await issuers(db).all()).map(({ organisationId }) => organisationId))
    const own = isCurator
      ? [...verified]
      : (await issuers(db).organisationsOf(actor.kind === 'person' ? actor.id : ''))
          .map(({ organisationId }) => organisationId)
          .filter((id) => verified.has(id))
    const found = await records(db).findMany(own)
    return {
      isCurator,
      issuers: [...found.values()].flatMap(({ id, status, body: { title, originalLanguage } }) =>
        status === 'published' ? [{ id, title, originalLanguage }] : [],
      ),
    }
  },
})

export const readIssuer = operation({
  name: 'issuers.read',
  summary: 'Read whether an organisation was verified as an issuer of credentials, and since when',
  http: 'GET /issuers/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ isVerified: Type.Boolean(), since: Type.Union([Type.String(), Type.Null()]) }),
  allow: permission('published.read'),
  run: async ({ db }, { id }) => {
    const row = await issuers(db).find(id)
    return { isVerified: row !== undefined, since: row?.verifiedAt ?? null }
  },
})

export const listIssuerMembers = operation({
  name: 'issuers.members',
  summary: 'List the people who may issue credentials for an organisation',
  http: 'GET /issuers/:id/members',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    members: Type.Array(Type.Object({ account: Type.String(), name: Type.String(), at: Type.String() })),
  }),
  allow: permission('record.publish'),
  run: async ({ db }, { id }) => {
    const rows = await issuers(db).membersOf(id)
    const accounts = await people(db).byIds(rows.map(({ accountId }) => accountId))
    return {
      members: rows.flatMap(({ accountId, at }) => {
        const account = accounts.get(accountId)
        return account?.state === 'active' ? [{ account: accountId, name: account.name, at }] : []
      }),
    }
  },
})

export const verifyIssuer = operation({
  name: 'issuers.verify',
  summary: 'Verify that an organisation is who it says it is, so that credentials can be issued for it',
  http: 'POST /issuers/:id',
  input: Type.Object({ id: Id }, closed),
  output: Done,
  allow: permission('record.publish'),
  changesPages: true,
  run: async (context, { id }) => {
    // Nobody is told that what is not real is who it says it is.
    if (isDemonstration(await expectOrganisation(context.db, id))) throw new Problem('recordNotFound', { id })
    await issuers(context.db).add({
      organisationId: id,
      verifiedBy: actorId(context),
      verifiedAt: context.now().toISOString(),
    })
    await noteEvent(context, 'issuer.verified', actorId(context), id)
    return done
  },
})

export const endIssuer = operation({
  name: 'issuers.end',
  summary: 'End that credentials can be issued for an organisation; what was issued stays valid',
  http: 'DELETE /issuers/:id',
  input: Type.Object({ id: Id }, closed),
  output: Done,
  allow: permission('record.publish'),
  changesPages: true,
  run: async (context, { id }) => {
    const store = issuers(context.db)
    if (!(await store.drop(id))) throw noSuch('issuer', id)
    await store.dropMembersOf(id)
    await noteEvent(context, 'issuer.ended', actorId(context), id)
    return done
  },
})

export const addIssuerMember = operation({
  name: 'issuers.addMember',
  summary: 'Let a person issue credentials for an organisation',
  http: 'POST /issuers/:id/members',
  input: Type.Object({ id: Id, email: Email }, closed),
  output: Done,
  allow: permission('record.publish'),
  run: async (context, { id, email }) => {
    const { db, now } = context
    const store = issuers(db)
    if (!(await store.find(id))) throw noSuch('issuer', id)
    const account = await people(db).byEmail(emailKeyOf(email))
    if (account?.state !== 'active') throw violation('email', 'noAccount')
    await store.addMember({
      organisationId: id,
      accountId: account.id,
      addedBy: actorId(context),
      at: now().toISOString(),
    })
    await noteEvent(context, 'issuer.memberAdded', account.id, id)
    return done
  },
})

export const removeIssuerMember = operation({
  name: 'issuers.removeMember',
  summary: 'No longer let a person issue credentials for an organisation',
  http: 'DELETE /issuers/:id/members/:account',
  input: Type.Object({ id: Id, account: Type.String({ maxLength: 16 }) }, closed),
  output: Done,
  allow: permission('record.publish'),
  run: async (context, { id, account }) => {
    if (!(await issuers(context.db).dropMember(id, account))) throw noSuch('issuerMember', account)
    await noteEvent(context, 'issuer.memberRemoved', account, id)
    return done
  },
})

export const issuerOperations = [
  listIssuers,
  readIssuer,
  listIssuerMembers,
  verifyIssuer,
  endIssuer,
  addIssuerMember,
  removeIssuerMember,
]
