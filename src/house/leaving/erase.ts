/** Erasing one’s account. */
import { Type } from 'typebox'
import { misfit } from '#core/problem.ts'
import { ownAccount } from '../people/account.ts'
import { noteEvent } from '../people/audit.ts'
import { dropEmailChange } from '../people/email-change.ts'
import { dropFactors } from '../people/factor-store.ts'
import { identities } from '../people/identity-store.ts'
import { passkeys } from '../people/passkey-store.ts'
import { provenOperation } from '../people/proof.ts'
import { dropSteps } from '../people/second-step.ts'
import { people } from '../people/store.ts'
import { Done, done } from '../record/inputs.ts'
import { forgetReviewer } from '../reviewing/forget.ts'
import { watches } from '../watching/store.ts'

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
    await dropFactors(context.db, account.id)
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
