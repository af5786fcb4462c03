/** The credential of who completed a course or pathway: it says who confirmed that, or that nobody did. */
import type { Context } from '#kernel/context.ts'
import { bestText, isLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { noSuch } from '#kernel/problem.ts'
import { siteIn } from '#accounts/mail-text.ts'
import { people } from '#accounts/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { award, describedOffer, type Awarded } from '../batches/award.ts'
import type { Offered } from './offers.ts'
import type { CompletionClaimRow } from './tables.ts'

type Told = Pick<
  CompletionClaimRow,
  'accountId' | 'achievementId' | 'organisationId' | 'recordId' | 'language' | 'completedOn'
>

/** Once for a learner: one that was issued from a table before is told. `name`: as it shall stand in the credential; may be empty. */
export async function issueOnCompletion(
  context: Context,
  { row: { basis }, organisation }: Offered,
  told: Told,
  name: string,
): Promise<Awarded> {
  const { db, services } = context
  const { accountId, achievementId, organisationId, recordId, completedOn } = told
  const language = isLanguage(told.language) ? told.language : 'en'
  const account = await people(db).byId(accountId)
  const record = await records(db).find(recordId)
  if (account?.state !== 'active' || !record) throw noSuch('account', accountId)
  const titleOf = ({ body }: StoredRecord) => bestText(body.title, language, body.originalLanguage).text
  const t = messagesIn(language)
  const issuer = organisation ? titleOf(organisation) : siteIn(services.site, language).name
  const order = { achievementId, organisationId, period: '', language, batchId: '' }
  const evidence = {
    id: `${services.site.address}/records/${recordId}`,
    type: ['Evidence'],
    name: titleOf(record),
    narrative: basis === 'confirmed' ? t('completion.evidenceConfirmed', { issuer }) : t('completion.evidenceStated'),
  }
  const [made] = await award(
    // The node acts: what was issued does not say to which account.
    basis === 'stated' ? { ...context, actor: { kind: 'system', id: 'completions' } } : context,
    { ...(await describedOffer(context, order)), evidence },
    { ...order, sendsMail: true, canBeSuspended: false, suite: 'eddsa-rdfc-2022' },
    [{ row: 1, name, number: '', email: account.emailKey, date: completedOn, result: '' }],
  )
  return made!
}

/** One that was issued from a table before is not the learner’s to revoke, so the claim does not lead to it. */
export const madeHere = ({ id, isKnown }: Awarded): string | null => (isKnown ? null : id)
