/** Curators verify who speaks for an organisation: those people report on what it promised. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { Email, emailKeyOf } from '#accounts/email.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { Done, Id, done } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { members } from './store.ts'

export const listMembers = operation({
  name: 'organisations.members',
  summary: 'List who is verified to speak for an organisation',
  http: 'GET /organisations/:id/members',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    members: Type.Array(Type.Object({ account: Type.String(), name: Type.String(), at: Type.String() })),
  }),
  allow: permission('record.publish'),
  run: async ({ db }, { id }) => {
    const rows = await members(db).of(id)
    const accounts = await people(db).byIds(rows.map(({ accountId }) => accountId))
    return {
      members: rows.flatMap(({ accountId, at }) => {
        const account = accounts.get(accountId)
        return account?.state === 'active' ? [{ account: accountId, name: account.name, at }] : []
      }),
    }
  },
})

export const verifyMember = operation({
  name: 'organisations.verifyMember',
  summary: 'Verify that somebody speaks for an organisation',
  http: 'POST /organisations/:id/members',
  changesPages: true,
  input: Type.Object({ id: Id, email: Email }, closed),
  output: Done,
  allow: permission('record.publish'),
  run: async (context, { id, email }) => {
    const { db, now } = context
    const organisation = await records(db).find(id)
    if (organisation?.kind !== 'organisation' || organisation.status !== 'published')
      throw new Problem('recordNotFound', { id })
    const account = await people(db).byEmail(emailKeyOf(email))
    if (account?.state !== 'active') throw violation('email', 'noAccount')
    await members(db).add({
      accountId: account.id,
      organisationId: id,
      givenBy: personIn(context),
      at: now().toISOString(),
    })
    await noteEvent(context, 'member.verified', account.id, id)
    return done
  },
})

export const endMember = operation({
  name: 'organisations.endMember',
  summary: 'End that somebody speaks for an organisation',
  http: 'DELETE /organisations/:id/members/:account',
  changesPages: true,
  input: Type.Object({ id: Id, account: Type.String({ maxLength: 16 }) }, closed),
  output: Done,
  allow: permission('record.publish'),
  run: async (context, { id, account }) => {
    if (!(await members(context.db).drop(account, id))) throw noSuch('member', account)
    await noteEvent(context, 'member.ended', account, id)
    return done
  },
})
