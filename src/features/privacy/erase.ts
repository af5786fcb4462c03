/** Erasing one’s account. */
import { Type } from 'typebox'
import { violation } from '#kernel/problem.ts'
import { ownAccount } from '#accounts/account.ts'
import { noteEvent } from '#accounts/audit.ts'
import { provenOperation } from '#accounts/proof.ts'
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
    const leaving = { id: account.id, name: account.name, email: account.email, keepName }
    for (const { personalData } of context.services.features.toReversed()) await personalData?.erase?.(context, leaving)
    await noteEvent(context, 'account.erased', account.id)
    return done
  },
})
