/** What a credential says of itself, as far as a page shows it. */
import { daysOf, typesOf } from './data-model.ts'
import { idOf, isObject, listOf, textIn, type CredentialFacts, type Json } from './verification.ts'

const longest = 500

/** A text, or that of the first language where there are several (JSON-LD language maps and values). */
function wordsIn(value: unknown): string | null {
  const first = listOf(value)[0]
  const text = isObject(first) ? (textIn(first['@value']) ?? textIn(Object.values(first)[0])) : textIn(first)
  return text === undefined ? null : text.slice(0, longest).toWellFormed()
}

export function factsOf(document: Json): CredentialFacts {
  const subject = listOf(document.credentialSubject).find(isObject) ?? {}
  const achievement = listOf(subject.achievement ?? document.badge).find(isObject) ?? {}
  const issuer = isObject(document.issuer) ? document.issuer : isObject(achievement.issuer) ? achievement.issuer : {}
  const { from, until } = daysOf(document)
  // European Digital Credentials (ELM 3) say beside their claims how they are to be shown.
  const display = isObject(document.displayParameter) ? document.displayParameter : {}
  const parts = [wordsIn(subject.givenName), wordsIn(subject.familyName)].filter(Boolean).join(' ')
  const recipient = isObject(document.recipient) ? document.recipient : {}
  return {
    id: wordsIn(document.id),
    types: typesOf(document)
      .slice(0, 10)
      .map((one) => one.slice(0, 100)),
    name: wordsIn(achievement.name) ?? wordsIn(document.name) ?? wordsIn(display.title),
    description:
      wordsIn(achievement.description) ??
      wordsIn(document.description) ??
      wordsIn(subject.endorsementComment) ??
      wordsIn(display.description),
    issuerId: wordsIn(idOf(document.issuer) ?? idOf(issuer)),
    issuerName: wordsIn(issuer.name ?? issuer.legalName),
    subjectId: wordsIn(subject.id ?? recipient.identity),
    subjectName: wordsIn(subject.name) ?? wordsIn(subject.fullName) ?? (parts || null),
    validFrom: from === undefined ? null : from.slice(0, 40),
    validUntil: until === undefined ? null : until.slice(0, 40),
  }
}
