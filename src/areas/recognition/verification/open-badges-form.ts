/** The parts that Open Badges 3.0 and Comprehensive Learner Record 2.0 require of a credential, and the types of each. */
import { failed, isObject, listOf, ok, textIn, unchecked, type Check, type Json } from './verification.ts'
import { typesOf } from './data-model.ts'

const badgeTypes = ['AchievementCredential', 'OpenBadgeCredential']
const endorsement = 'EndorsementCredential'
const learnerRecord = 'ClrCredential'

export const isOfOpenBadges = (document: Json): boolean =>
  typesOf(document).some((one) => [...badgeTypes, endorsement, learnerRecord].includes(one))

export const isLearnerRecord = (document: Json): boolean => typesOf(document).includes(learnerRecord)

/** What an object is by the place where it stands: its types, one of which it must name, and what it must have. */
type Rule = {
  types: readonly string[]
  needs?: readonly string[]
  in?: Readonly<Record<string, Rule>>
  oneOf?: Readonly<Record<string, readonly string[]>>
}

const identifier: Rule = { types: ['IdentityObject'], needs: ['hashed', 'identityHash', 'identityType'] }
const otherIdentifier: Rule = { types: ['IdentifierEntry'], needs: ['identifier', 'identifierType'] }
const parentProfile: Rule = { types: ['Profile'], needs: ['id'], in: { otherIdentifier } }
const profile: Rule = { types: ['Profile'], needs: ['id'], in: { otherIdentifier, parentOrg: parentProfile } }
const alignment: Rule = { types: ['Alignment'], needs: ['targetName', 'targetUrl'] }
const related: Rule = { types: ['Related'], needs: ['id'] }
const rubricLevel: Rule = { types: ['RubricCriterionLevel'], needs: ['id', 'name'], in: { alignment } }
const resultDescription: Rule = {
  types: ['ResultDescription'],
  needs: ['id', 'name', 'resultType'],
  in: { alignment, rubricCriterionLevel: rubricLevel },
}
const achievement: Rule = {
  types: ['Achievement'],
  needs: ['id', 'criteria', 'description', 'name'],
  in: { creator: profile, alignment, resultDescription, related, otherIdentifier },
}
const result: Rule = { types: ['Result'], in: { alignment } }
const subject: Rule = {
  types: ['AchievementSubject'],
  needs: ['achievement'],
  in: { achievement, identifier, result, source: profile },
}
const evidence: Rule = { types: ['Evidence'] }

/** How two achievements belong together (CLR 2.0, AssociationType). */
export const associationTypes = [
  'exactMatchOf',
  'isChildOf',
  'isParentOf',
  'isPartOf',
  'isPeerOf',
  'isRelatedTo',
  'precedes',
  'replacedBy',
] as const
const association: Rule = {
  types: ['Association'],
  needs: ['associationType', 'sourceId', 'targetId'],
  oneOf: { associationType: associationTypes },
}
const learnerSubject: Rule = {
  types: ['ClrSubject'],
  needs: ['verifiableCredential'],
  in: { achievement, association, identifier },
}

const ruleOf = (types: readonly string[]): Rule => {
  const parts = { issuer: profile, evidence }
  if (types.includes(learnerRecord))
    return {
      types: [learnerRecord],
      needs: ['id', 'issuer', 'name'],
      in: { ...parts, credentialSubject: learnerSubject },
    }
  if (types.includes(endorsement))
    return {
      types: [endorsement],
      needs: ['issuer', 'name'],
      in: { ...parts, credentialSubject: { types: ['EndorsementSubject'], needs: ['id'] } },
    }
  return { types: badgeTypes, needs: ['issuer', 'name'], in: { ...parts, credentialSubject: subject } }
}

/** The place of the first part that is missing or of no type that stands there. */
function faultIn(value: unknown, rule: Rule, place: string): string | undefined {
  if (!isObject(value)) return place
  if (!typesOf(value).some((one) => rule.types.includes(one))) return `${place}.type`
  for (const name of rule.needs ?? [])
    if (value[name] === undefined || value[name] === null || value[name] === '') return `${place}.${name}`
  for (const [name, terms] of Object.entries(rule.oneOf ?? {}))
    if (!terms.includes(String(value[name]))) return `${place}.${name}`
  for (const [name, inner] of Object.entries(rule.in ?? {}))
    for (const one of listOf(value[name])) {
      // Parts that are named only by their address are elsewhere.
      if (textIn(one) !== undefined && (name === 'issuer' || name === 'creator')) continue
      const fault = faultIn(one, inner, `${place}.${name}`)
      if (fault !== undefined) return fault
    }
  return undefined
}

const dataModelSchemas = [
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/',
  'https://purl.imsglobal.org/spec/clr/v2p0/schema/json/',
]

/** The check `schema`: the parts of an Open Badge; a schema that the credential names is looked at only where it is one of these. */
export function checkSchema(document: Json): Check {
  const named = listOf(document.credentialSchema).flatMap((one) => (isObject(one) ? (textIn(one.id) ?? '') : ''))
  if (isOfOpenBadges(document)) {
    const fault = faultIn(document, ruleOf(typesOf(document)), 'credential')
    if (fault !== undefined) return failed('schema', 'wrong', { what: fault.replace(/^credential\./, '') })
  }
  const foreign = named.find((one) => !dataModelSchemas.some((start) => one.startsWith(start)))
  if (foreign !== undefined) return unchecked('schema', 'notShipped', { what: foreign })
  if (isLearnerRecord(document)) return ok('schema', 'learnerRecord')
  return isOfOpenBadges(document) ? ok('schema', 'openBadges') : ok('schema', 'noneNamed')
}
