/** A credential that was wrong, lost or is about to end is issued again: the one before is revoked. */
import { isDay } from '#kernel/days.ts'
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { Id } from '#records/inputs.ts'
import { mayIssueFor } from '../issuers/issuers.ts'
import { Issued } from '../issuing/issue.ts'
import { issuing } from '../issuing/store.ts'
import { replacements } from '../refresh/store.ts'
import { noteCredentialEvents } from '../register/register.ts'
import { award, Learner, offerOf } from './award.ts'
import { forAchievement } from './batch.ts'
import { awards, claims } from './store.ts'

const { row: _, ...learner } = Learner.properties
const { language, sendsMail, suite } = forAchievement

export const reissue = operation({
  name: 'credentials.reissue',
  summary: 'Issue a credential of an achievement again, with what is right now, and revoke the one before',
  http: 'POST /credentials/:id/reissue',
  input: Type.Object({ id: Id, ...learner, language, sendsMail, suite }, closed),
  output: Type.Object({ ...Issued.properties, link: Type.String({ description: 'By which the learner gets it' }) }),
  allow: permission('draft.write'),
  changesPages: true,
  run: async (context, { id, language: tongue, sendsMail: mails, suite: how, ...told }) => {
    const { db, now } = context
    const before = await awards(db).find(id)
    if (!before || !(await mayIssueFor(context, before.organisationId))) throw noSuch('credential', id)
    if (!told.name && !told.number && !told.email) throw violation('name', 'learnerUnnamed')
    if (told.date > now().toISOString().slice(0, 10) || !isDay(told.date)) throw violation('date', 'dayPast')
    const { achievementId, organisationId, period, batchId, row } = before
    const change = { state: 'revoked', reason: 'replaced', changedAt: now().toISOString() } as const
    const known = await issuing(db).find(id)
    const order = {
      achievementId,
      organisationId,
      period,
      batchId,
      language: tongue,
      sendsMail: mails,
      suite: how,
      canBeSuspended: known?.canBeSuspended === 1,
    }
    if (known && known.state !== 'revoked') {
      await issuing(db).setState(id, change)
      await noteCredentialEvents(context, 'revoked', [known.sha256])
    }
    await awards(db).release(id)
    await claims(db).drop(id)
    const [made] = await award(context, await offerOf(context, order), order, [{ ...told, row }])
    // Another credential for the same achievement and time is that learner’s already.
    if (!made || made.isKnown) throw violation('name', 'learnerHas')
    await replacements(db).add(id, made.id)
    await noteEvent(
      context,
      'credential.issued',
      context.actor.kind === 'person' ? context.actor.id : '',
      `${made.id} ${id}`,
    )
    return { id: made.id, credential: made.credential!, link: made.link! }
  },
})
