/** What a quality decision says of one of what it is on, as a credential (Open Badges 3.0 §B.1). */
import type { Context } from '#kernel/context.ts'
import { lastDay } from '#kernel/days.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import type { BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { labelOf } from '#records/vocabularies/index.ts'
import { badgeContexts } from '../achievements/badge.ts'
import { newUrn } from '#kernel/urn.ts'
import { ownDid } from '../issuing/keys.ts'
import type { qualityDecision } from '../decisions/quality-decision.ts'

export type Decision = StoredRecord<BodyOf<typeof qualityDecision>>
type Said = {
  decision: Decision
  target: StoredRecord
  /** In whose name; the site itself where it is none. */
  organisation: StoredRecord | undefined
  /** Who decided: the first of the agencies that is described here. */
  agency: StoredRecord | undefined
  language: Language
}

/** The first day of what a date names; `YYYY-MM-DD`. */
const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10)

/** The last day on which it counts; empty where it has none. */
export const endOf = ({ body: { validUntil } }: Decision): string => (validUntil ? lastDay(validUntil) : '')

/** Without issuer, status and proof, which are added when it is issued; the issuer where it is an organisation. */
export function labelFor(context: Pick<Context, 'services' | 'random'>, said: Said): object {
  const { decision, target, organisation, agency, language } = said
  const { services, random } = context
  const { body } = decision
  const nameOf = (one: StoredRecord) => bestText(one.body.title, language, one.body.originalLanguage).text
  const addressOf = ({ id }: StoredRecord) => `${services.site.address}/records/${id}`
  const profileOf = (one: StoredRecord) => ({
    id: addressOf(one),
    type: ['Profile'],
    name: nameOf(one),
    url: addressOf(one),
  })
  const title = nameOf(decision)
  const until = endOf(decision)
  return {
    '@context': badgeContexts,
    id: newUrn(random),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: title,
    ...(body.decidedOn && { validFrom: `${firstDay(body.decidedOn)}T00:00:00Z` }),
    ...(until && { validUntil: `${until}T23:59:59Z` }),
    ...(organisation && { issuer: { ...profileOf(organisation), id: ownDid(context) } }),
    ...(body.document && { evidence: [{ id: body.document, type: ['Evidence'], name: title }] }),
    credentialSubject: {
      id: addressOf(target),
      type: ['AchievementSubject'],
      name: nameOf(target),
      achievement: {
        id: addressOf(decision),
        type: ['Achievement'],
        achievementType: 'QualityAssuranceCredential',
        name: title,
        description: body.summary ? bestText(body.summary, language, body.originalLanguage).text : title,
        inLanguage: language,
        criteria: { narrative: narrativeOf(decision, language) || title },
        ...(agency && { creator: profileOf(agency) }),
      },
    },
  }
}

function narrativeOf({ body: { qualityStandard, qualityResult } }: Decision, language: Language): string {
  const t = messagesIn(language)
  const { colon } = formatsIn(language)
  const result = qualityResult && (labelOf('quality-results', qualityResult, language)?.text ?? qualityResult)
  return [
    qualityStandard && `${t('field.qualityStandard')}${colon}${qualityStandard}`,
    result && `${t('field.qualityResult')}${colon}${result}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}
