/** The credential of one learner for an achievement that is described here (Open Badges 3.0 §B.1). */
import type { Context } from '#kernel/context.ts'
import { monthsAfter } from '#kernel/days.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import type { BodyOf } from '#records/kind.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { labelOf } from '#records/vocabularies/index.ts'
import { newUrn } from '#kernel/urn.ts'
import type { achievement } from './achievement.ts'

export type Achievement = StoredRecord<BodyOf<typeof achievement>>

/** What is the same for all who get it. */
export type Offer = {
  achievement: Achievement
  /** In whose name; the site itself where it is none. */
  organisation: StoredRecord | undefined
  /** Names of the frameworks of its national levels, by record. */
  frameworks: ReadonlyMap<string, StoredRecord>
  language: Language
  /** What others say of the achievement and of its issuer: signed credentials (Open Badges 3.0 §B.1.4). */
  endorsements: { achievement: readonly object[]; organisation: readonly object[] }
  /** On what it is issued, where that is not an assessment of the issuer alone (Open Badges 3.0 §B.1.9). */
  evidence?: object
  /** The DID and the address of this node. */
  did: string
  address: string
}
/** Who gets it: nothing that the credential does not need. `date`: YYYY-MM-DD. */
export type Learner = { name: string; date: string; result: string }

export const badgeContexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]
const eqf = 'https://data.europa.eu/snb/eqf'
const isced = 'https://uis.unesco.org/en/topic/international-standard-classification-education-isced'

/** `license` → `License`, `micro-credential` → `MicroCredential`: the names of Open Badges. */
const typeName = (code: string) => code.replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase())
const textIn = (texts: Texts | undefined, { achievement: { body }, language }: Offer): string =>
  texts ? bestText(texts, language, body.originalLanguage).text : ''
const term = (list: string, code: string, language: string) => labelOf(list, code, language)?.text ?? code

/** What had to be done for it, and how that was assessed, as text in Markdown. */
function narrativeOf(offer: Offer): string {
  const { achievement, language } = offer
  const { criteria, assessmentMethods = [], supervision } = achievement.body
  const t = messagesIn(language)
  const { colon } = formatsIn(language)
  const methods = assessmentMethods.map((one) => term('assessment-methods', one, language)).join(', ')
  return [
    textIn(criteria, offer) || textIn(achievement.body.title, offer),
    methods && `${t('field.assessmentMethods')}${colon}${methods}`,
    supervision && `${t('field.supervision')}${colon}${term('supervision-types', supervision, language)}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

function alignmentsOf(offer: Offer): object[] {
  const { achievement, frameworks, language, address } = offer
  const { eqfLevel, levels = [], nationalLevels = [], competencies = [] } = achievement.body
  const align = (targetName: string, targetUrl: string, more: Record<string, string | undefined> = {}) => ({
    type: ['Alignment'],
    targetName,
    targetUrl,
    ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)),
  })
  return [
    ...(eqfLevel
      ? [
          align(`EQF ${eqfLevel}`, `${eqf}/${eqfLevel}`, {
            targetFramework: 'European Qualifications Framework',
            targetCode: String(eqfLevel),
          }),
        ]
      : []),
    ...levels.map((code) =>
      align(term('levels', code, language), isced, { targetFramework: 'ISCED 2011', targetCode: code }),
    ),
    ...nationalLevels.map(({ framework, code }) => {
      const record = frameworks.get(framework)
      return align(code, `${address}/records/${framework}`, {
        targetFramework: record && bestText(record.body.title, language, record.body.originalLanguage).text,
        targetCode: code,
      })
    }),
    ...competencies.map(({ name, url, framework, code }) =>
      align(textIn(name, offer), url, { targetFramework: framework, targetCode: code }),
    ),
  ]
}

export function achievementIn(offer: Offer, resultId: string | undefined): object {
  const { achievement, organisation, endorsements, language, address } = offer
  const { body } = achievement
  const alignment = alignmentsOf(offer)
  return {
    id: `${address}/records/${achievement.id}`,
    type: ['Achievement'],
    name: textIn(body.title, offer),
    description: textIn(body.description, offer) || textIn(body.title, offer),
    criteria: { narrative: narrativeOf(offer) },
    inLanguage: language,
    ...(body.achievementType && { achievementType: typeName(body.achievementType) }),
    ...(body.creditAmount !== undefined && { creditsAvailable: body.creditAmount }),
    ...(endorsements.achievement.length > 0 && { endorsement: endorsements.achievement }),
    ...(organisation && {
      creator: {
        ...profileOf(offer, organisation),
        ...(endorsements.organisation.length > 0 && { endorsement: endorsements.organisation }),
      },
    }),
    ...(alignment.length > 0 && { alignment }),
    ...(resultId && {
      resultDescription: [
        {
          id: resultId,
          type: ['ResultDescription'],
          name: messagesIn(language)('awardSheet.result'),
          resultType: 'Result',
        },
      ],
    }),
  }
}

/** The organisation as it is described here: its page says who it is, and that it was verified. */
export const profileOf = ({ address, language }: Offer, { id, body }: StoredRecord) => ({
  id: `${address}/records/${id}`,
  type: ['Profile'],
  name: bestText(body.title, language, body.originalLanguage).text,
  url: `${address}/records/${id}`,
})

/** Without status and proof, which are added when it is issued. The learner is named by an identifier made for it alone. */
export function badgeFor(offer: Offer, { random }: Pick<Context, 'random'>, { name, date, result }: Learner): object {
  const { body } = offer.achievement
  const resultId = result ? newUrn(random) : undefined
  const title = textIn(body.title, offer)
  return {
    '@context': badgeContexts,
    id: newUrn(random),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: title,
    validFrom: `${date}T00:00:00Z`,
    awardedDate: `${date}T00:00:00Z`,
    ...(body.validMonths && { validUntil: `${monthsAfter(date, body.validMonths)}T23:59:59Z` }),
    ...(offer.organisation && {
      issuer: { ...profileOf(offer, offer.organisation), id: offer.did },
    }),
    ...(offer.evidence && { evidence: [offer.evidence] }),
    credentialSubject: {
      id: newUrn(random),
      type: ['AchievementSubject'],
      ...(name && { name }),
      ...(body.creditAmount !== undefined && { creditsEarned: body.creditAmount }),
      achievement: achievementIn(offer, resultId),
      ...(resultId && { result: [{ type: ['Result'], resultDescription: resultId, value: result }] }),
    },
  }
}
