/** Erasing one’s account. */
import { Type } from 'typebox'
import { misfit } from '#core/problem.ts'
import { ownAccount } from '../people/account.ts'
import { noteEvent } from '../people/audit.ts'
import { provenOperation } from '../people/proof.ts'
import { people } from '../people/store.ts'
import { Done, done } from '../record/inputs.ts'

/** Contributions stay, under the person’s name or under nobody’s; all else that is known of them goes. */
export const eraseSelf = provenOperation({
  name: 'accounts.erase',
  summary: 'Erase one’s account; contributions stay, with one’s name or without',
  changesPages: true,
  http: 'POST /account/erase',
  input: { keepName: Type.Boolean() },
  output: Done,
  prepare: async (context) => {
    const account = await ownAccount(context)
    const others = (await people(context.db).withRole('operator')).filter(({ id }) => id !== account.id)
    if (account.roles.includes('operator') && others.length === 0) throw misfit('keepName', 'lastOperator')
  },
  run: async (context, { keepName }) => {
    const account = await ownAccount(context)
    const leaving = { id: account.id, name: account.name, keepName }
    for (const { personalData } of context.services.features.toReversed()) await personalData?.erase?.(context, leaving)
    await noteEvent(context, 'account.erased', account.id)
    return done
  },
})
