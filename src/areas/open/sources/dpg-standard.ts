/** The long answers of a digital public good → its answers to the indicators of the standard. */
import { fieldsOf, known, list, paragraphs, unique, words } from '#records/sources/row.ts'
import { webAddress } from '#records/sources/web-address.ts'

type Indicator = Record<string, unknown>

const texts = (value: unknown): string[] => list(value).map(words).filter(Boolean)
const yesNo = (value: unknown): string => ({ yes: 'yes', no: 'no' })[words(value).toLowerCase()] ?? 'unknown'

/** Addresses within free text such as `Developer documentation - https://…`. */
const addressesIn = (values: string[]) =>
  unique(
    values.flatMap((value) =>
      (value.match(/https?:\/\/[^\s)\]>"']+/g) ?? []).flatMap(
        (found) => webAddress(found.replace(/[.,;]+$/, '')) ?? [],
      ),
    ),
  )

function indicator(code: string, answer: string, note: string[], addresses: string[] = []): Indicator {
  const text = paragraphs(note.join('\n')).slice(0, 20_000)
  return known({ indicator: code, answer, note: text ? { en: text } : undefined, addresses: addresses.slice(0, 200) })
}

/** Yes when any of the safeguards is there, no when one is denied and none there. */
function either(...values: unknown[]): string {
  const answers = values.map(yesNo)
  return answers.includes('yes') ? 'yes' : answers.includes('no') ? 'no' : 'unknown'
}

export function nomineeIndicators(licenceAddresses: string[], licences: string[], goals: number): Indicator[] {
  return [
    indicator('1', goals > 0 ? 'yes' : 'unknown', []),
    indicator('2', licences.length > 0 ? 'yes' : 'unknown', [licences.join(', ')], unique(licenceAddresses)),
  ]
}

export function reviewedIndicators(answers: Record<string, unknown>): Indicator[] {
  const part = (name: string) => fieldsOf(answers[name])
  const [ownership, platform, documentation] = [
    part('clearOwnership'),
    part('platformIndependence'),
    part('documentation'),
  ]
  const [data, privacy, standards, harm] = [part('NonPII'), part('privacy'), part('standards'), part('doNoHarm')]
  const [personal, content, harassment] = [
    fieldsOf(harm['dataPrivacySecurity']),
    fieldsOf(harm['inappropriateIllegalContent']),
    fieldsOf(harm['protectionFromHarassment']),
  ]
  const unless = (condition: unknown, answer: string) => (yesNo(condition) === 'no' ? 'not-applicable' : answer)
  const documents = texts(documentation['documentationURL'])
  const evidence = texts(standards['evidenceStandardSupport'])

  return [
    indicator('3', yesNo(ownership['isOwnershipExplicit']), [], addressesIn([words(ownership['copyrightURL'])])),
    indicator(
      '4',
      yesNo(platform['mandatoryDepsCreateMoreRestrictions']) === 'no'
        ? 'yes'
        : yesNo(platform['isSoftwarePltIndependent']),
      [words(platform['pltIndependenceDesc'])],
    ),
    indicator('5', yesNo(documentation['isDocumentationAvailable']), documents, addressesIn(documents)),
    indicator('6', unless(data['collectsNonPII'], yesNo(data['checkNonPIIAccessMechanism'])), [
      words(data['nonPIIAccessMechanism']),
    ]),
    indicator('7', yesNo(privacy['isPrivacyCompliant']), [
      ...texts(privacy['privacyComplianceList']),
      ...texts(privacy['adherenceSteps']),
    ]),
    indicator(
      '8',
      yesNo(standards['supportStandards']),
      [...texts(standards['standardsList']), ...texts(standards['bestPracticesList'])],
      addressesIn(evidence),
    ),
    indicator('9a', unless(personal['collectsPII'], yesNo(personal['ensurePrivacySecurity'])), [
      ...texts(personal['typesOfDataCollected']),
      ...texts(personal['dataSharingCircumstances']),
      words(personal['privacySecurityDescription']),
    ]),
    indicator(
      '9b',
      unless(content['collectStoreDistribute'], either(content['contentFilter'], content['illegalContentDetection'])),
      [words(content['type']), words(content['illegalContentDetectionMechanism'])],
      addressesIn([words(content['policyGuidelinesDocumentationLink'])]),
    ),
    indicator(
      '9c',
      unless(
        harassment['userInteraction'],
        either(harassment['addressSafetySecurityUnderageUsers'], harassment['griefAbuseHarassmentProtection']),
      ),
      [
        ...texts(harassment['stepsAddressRiskPreventSafetyUnderageUsers']),
        ...texts(harassment['harassmentProtectionSteps']),
      ],
    ),
  ]
}

export const documentationOf = (answers: Record<string, unknown>) =>
  addressesIn(texts(fieldsOf(answers['documentation'])['documentationURL']))

export function countriesOf(
  answers: Record<string, unknown>,
  field: 'developmentCountries' | 'deploymentCountries',
): string[] {
  return texts(fieldsOf(answers['locations'])[field])
}
