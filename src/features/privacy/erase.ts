/** Erasing one’s account. */
import { Type } from 'typebox'
import { violation } from '#kernel/problem.ts'
import { ownAccount } from '#accounts/account.ts'
import { noteEvent } from '#accounts/audit.ts'
import { provenOperation } from '#accounts/proof.ts'
import { askedEmailOf } from '#accounts/email-change.ts'
import { formerEmails } from '#accounts/former-emails.ts'
import { people } from '#accounts/store.ts'
import { Done, done } from '#records/inputs.ts'

/** What was published stays, under the person’s name or under nobody’s; all else that is known of them goes. */
export const eraseAccount = provenOperation({
  name: 'accounts.erase',
  summary: 'Erase one’s account; contributions stay, with one’s name or without',
  changesPages: true,
  forgets: true,
  http: 'POST /account/erase',
  input: { keepName: Type.Boolean() },
  output: Done,
  prepare: async (context) => {
    const account = await ownAccount(context)
    const others = (await people(context.db).withRole('operator')).filter(({ id }) => id !== account.id)
    if (account.roles.includes('operator') && others.length === 0) throw violation('keepName', 'lastOperator')
  },
  run: async (context, { keepName }) => {
    const account = await ownAccount(context)
    const { id, name, email } = account
    const { db, services } = context
    const former = (await formerEmails(db).of(id)).map((one) => one.email)
    const asked = await askedEmailOf(db, id)
    // Texts and e-mails may name them by any address that they had here, and by one that they asked for.
    for (const address of new Set([email, ...former, ...(asked === undefined ? [] : [asked])]))
      for (const { personalData } of services.features.toReversed())
        await personalData?.erase?.(context, { id, name, email: address, keepName })
    await noteEvent(context, 'account.erased', account.id)
    return done
  },
})
