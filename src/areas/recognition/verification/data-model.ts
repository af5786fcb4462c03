/** Whether a document is a credential as the data model wants it (W3C Verifiable Credentials 2.0 §4, and 1.1). */
import { isMoment } from '#kernel/days.ts'
import { isDateTimeStamp } from '#codecs/data-integrity/proof.ts'
import { failed, idOf, isObject, listOf, ok, textIn, type Check, type Json } from './verification.ts'

export const baseContexts = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1'] as const

export const typesOf = (document: Json): string[] => listOf(document.type).filter((one) => typeof one === 'string')
export const isPresentation = (document: Json): boolean => typesOf(document).includes('VerifiablePresentation')

/** An absolute address of any scheme. */
const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(value) && value.length <= 2_048

/** Throws to end the reading at the first fault. */
class Fault extends Error {
  readonly code: 'missing' | 'wrong'
  readonly place: string
  constructor(code: 'missing' | 'wrong', place: string) {
    super(place)
    this.code = code
    this.place = place
  }
}
function expect(holds: boolean, place: string, isThere = true): void {
  if (!holds) throw new Fault(isThere ? 'wrong' : 'missing', place)
}

/** The check `wellFormed`: what is missing or wrong first, by its place. */
export function checkForm(document: Json): Check {
  try {
    if (isPresentation(document)) expectPresentation(document)
    else expectCredential(document)
    return ok('wellFormed', 'ok')
  } catch (error) {
    if (error instanceof Fault) return failed('wellFormed', error.code, { what: error.place })
    throw error
  }
}

function expectCommon(document: Json, type: string): 1 | 2 {
  const contexts = listOf(document['@context'])
  expect(contexts.length > 0, '@context', false)
  const base = baseContexts.findIndex((one) => one === contexts[0])
  expect(base >= 0, '@context')
  const types = listOf(document.type)
  expect(types.length > 0, 'type', false)
  expect(types.every((one) => textIn(one) !== undefined) && types.includes(type), 'type')
  expect(document.id === undefined || isUrl(document.id), 'id')
  return base === 0 ? 2 : 1
}

function expectCredential(document: Json): void {
  const version = expectCommon(document, 'VerifiableCredential')
  expect(document.issuer !== undefined, 'issuer', false)
  expect(isUrl(idOf(document.issuer)), 'issuer')
  expectDates(document, version)
  const subjects = listOf(document.credentialSubject)
  expect(subjects.length > 0, 'credentialSubject', false)
  for (const subject of subjects) {
    expect(isObject(subject) && Object.keys(subject).length > 0, 'credentialSubject')
    expect((subject as Json).id === undefined || isUrl((subject as Json).id), 'credentialSubject.id')
  }
  for (const name of ['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'])
    for (const one of listOf(document[name])) {
      expect(isObject(one), name)
      expect(typesOf(one as Json).length > 0, `${name}.type`, (one as Json).type !== undefined)
      if (name === 'credentialSchema') expect(isUrl((one as Json).id), `${name}.id`, (one as Json).id !== undefined)
    }
  if (version === 2) expectRelated(document)
}

function expectDates(document: Json, version: 1 | 2): void {
  if (version === 1) expect(document.issuanceDate !== undefined, 'issuanceDate', false)
  for (const name of version === 1 ? ['issuanceDate', 'expirationDate'] : ['validFrom', 'validUntil'])
    expect(document[name] === undefined || isDateTimeStamp(document[name]), name)
}

/** §5.3: each with an id of its own and a digest. The files themselves are not fetched. */
function expectRelated(document: Json): void {
  const seen = new Set<unknown>()
  for (const one of listOf(document.relatedResource)) {
    expect(isObject(one) && isUrl(one.id), 'relatedResource.id')
    const { id, digestSRI, digestMultibase } = one as Json
    expect(!seen.has(id), 'relatedResource.id')
    seen.add(id)
    const digest = textIn(digestSRI) ?? textIn(digestMultibase)
    expect(digest !== undefined, 'relatedResource.digestSRI', false)
    expect(
      digestSRI === undefined || /^sha(?:256|384|512)-[A-Za-z0-9+/_=-]+$/.test(String(digestSRI)),
      'relatedResource.digestSRI',
    )
  }
}

function expectPresentation(document: Json): void {
  expectCommon(document, 'VerifiablePresentation')
  expect(document.holder === undefined || isUrl(idOf(document.holder)), 'holder')
  for (const one of listOf(document.verifiableCredential))
    expect(isObject(one) || typeof one === 'string', 'verifiableCredential')
}

/** The two days between which it holds, as either version names them. */
export const daysOf = (document: Json): { from: string | undefined; until: string | undefined } => ({
  from: textIn(document.validFrom) ?? textIn(document.issuanceDate) ?? textIn(document.issuedOn),
  until: textIn(document.validUntil) ?? textIn(document.expirationDate) ?? textIn(document.expires),
})

/** The check `dates`: in force, not yet, or no more. */
export function checkDates(document: Json, now: Date): Check {
  const { from, until } = daysOf(document)
  if ([from, until].some((one) => one !== undefined && !isMoment(one))) return failed('dates', 'malformed')
  const [begins, ends] = [from, until].map((one) => (one === undefined ? undefined : Date.parse(one)))
  if (begins !== undefined && now.getTime() < begins) return failed('dates', 'notYet', { from: from! })
  if (ends !== undefined && now.getTime() >= ends) return failed('dates', 'expired', { until: until! })
  if (until !== undefined) return ok('dates', 'until', { until })
  return from === undefined ? ok('dates', 'noneNamed') : ok('dates', 'from', { from })
}
