/** Erasing an account: one’s own, or that of somebody who asked an operator to. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { permission } from '#kernel/permission.ts'
import { noSuch, violation } from '#kernel/problem.ts'
import { ownAccount } from '#accounts/account.ts'
import { noteEvent } from '#accounts/audit.ts'
import { provenOperation } from '#accounts/proof.ts'
import { askedEmailOf } from '#accounts/email-change.ts'
import { formerEmails } from '#accounts/former-emails.ts'
import { people } from '#accounts/store.ts'
import type { Account } from '#accounts/tables.ts'
import { Done, done } from '#records/inputs.ts'

/** @throws Problem invalid where nobody would be left to run the node */
async function expectOthersOperate({ db }: Pick<Context, 'db'>, { id, roles }: Account): Promise<void> {
  const others = (await people(db).withRole('operator')).filter((one) => one.id !== id)
  if (roles.includes('operator') && others.length === 0) throw violation('keepName', 'lastOperator')
}

/** All that any feature knows of them. */
async function eraseAll(context: Context, { id, name, email }: Account, keepName: boolean): Promise<void> {
  const { db, services } = context
  const former = (await formerEmails(db).of(id)).map((one) => one.email)
  const asked = await askedEmailOf(db, id)
  // Texts and e-mails may name them by any address that they had here, and by one that they asked for.
  for (const address of new Set([email, ...former, ...(asked === undefined ? [] : [asked])]))
    for (const { personalData } of services.features.toReversed())
      await personalData?.erase?.(context, { id, name, email: address, keepName })
}

/** What was published stays, under the person’s name or under nobody’s; all else that is known of them goes. */
export const eraseAccount = provenOperation({
  name: 'accounts.erase',
  summary: 'Erase one’s account; contributions stay, with one’s name or without',
  changesPages: true,
  forgets: true,
  http: 'POST /account/erase',
  input: { keepName: Type.Boolean() },
  output: Done,
  prepare: async (context) => expectOthersOperate(context, await ownAccount(context)),
  run: async (context, { keepName }) => {
    const account = await ownAccount(context)
    await eraseAll(context, account, keepName)
    await noteEvent(context, 'account.erased', account.id)
    return done
  },
})

/** For who asks by letter: the same, done and written down by an operator. With the password, and by no API key. */
export const eraseFor = provenOperation({
  name: 'accounts.eraseFor',
  summary: 'Erase the account of a person who asked for it; contributions stay, with their name or without',
  changesPages: true,
  forgets: true,
  byShell: true,
  http: 'POST /accounts/:id/erasure',
  input: { id: Type.String({ maxLength: 16 }), keepName: Type.Boolean() },
  output: Done,
  allow: permission('people.manage'),
  run: async (context, { id, keepName }) => {
    const { db, actor } = context
    const account = await people(db).byId(id)
    if (!account || account.state === 'erased') throw noSuch('account', id)
    if (actor.kind === 'person' && actor.id === id) throw violation('keepName', 'ownAccount')
    await expectOthersOperate(context, account)
    await eraseAll(context, account, keepName)
    await noteEvent(context, 'account.erasedFor', id)
    return done
  },
})
