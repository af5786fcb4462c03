import { knownLanguage } from '#kernel/i18n/known-language.ts'
import { violationsOf } from '#kernel/schema.ts'
import { Problem, type Violation } from '#kernel/problem.ts'
import type { Kind } from './kind.ts'
import { codeList, termOf } from './vocabularies/index.ts'
import { fieldsOf } from './field-plan.ts'
import { violationsOfPeriods } from './periods.ts'
import type { Body } from './record.ts'
import type { Link } from './store.ts'

const mostRemembered = 5_000

function remembered(ask: (tag: string) => boolean): (tag: string) => boolean {
  const known = new Map<string, boolean>()
  return (tag) => {
    const answer = known.get(tag) ?? ask(tag)
    if (known.size < mostRemembered) known.set(tag, answer)
    return answer
  }
}

/** All that a body breaks: its schema, its periods, its vocabularies, its own language. Empty when it may be kept. */
export function violationsOfBody(kind: Kind, body: unknown): Violation[] {
  const violations = violationsOf(kind.body, body)
  // Half a draft is told of its periods too: they are mended at one go with what is missing.
  return violations.length > 0
    ? [...violations, ...violationsOfPeriods(kind, body)]
    : [
        ...violationsOfWhole(kind, body as Body),
        ...violationsOfPeriods(kind, body),
        ...unknownCodes(kind, body),
        ...unknownLanguages(kind, body),
      ]
}

/** What a schema cannot say of a body that fits it. */
function violationsOfWhole(kind: Kind, body: Body): Violation[] {
  const { title, originalLanguage } = body
  if (!(originalLanguage in title))
    return [{ place: `title.${originalLanguage}`, rule: 'originalLanguage', values: { language: originalLanguage } }]
  const { needsOneOf = [] } = kind
  if (needsOneOf.length > 0 && needsOneOf.every((name) => body[name] === undefined))
    return [{ place: needsOneOf[0]!, rule: 'required', values: { missingProperty: needsOneOf.join(' | ') } }]
  return kind.check?.(body) ?? []
}

/** What ISO 639-2 has for names and contents of no one language; sources say so of names. */
const noOneLanguage = new Set(['und', 'mul', 'mis', 'zxx'])
/** By its language alone: sources name variants that no list at hand knows. Looked up once, as most records have the same. */
const isOfALanguage = remembered((tag) => {
  const [first = ''] = tag.toLowerCase().split('-')
  return noOneLanguage.has(first) || knownLanguage(first) !== undefined
})

/** As tags are written (RFC 5646 §2.1.1): `zh-Hant-TW`. */
const asUsual = (tag: string): string =>
  /^[a-z]{2,3}$/.test(tag)
    ? tag
    : tag
        .toLowerCase()
        .split('-')
        .map((part, at, all) =>
          at === 0 || all.slice(0, at).some((one) => one.length === 1)
            ? part
            : part.length === 4 && /^[a-z]/.test(part)
              ? part.charAt(0).toUpperCase() + part.slice(1)
              : part.length === 2
                ? part.toUpperCase()
                : part,
        )
        .join('-')

/** Tags that are of no language that there is: of texts, and of fields that name languages. */
export const unknownLanguages = (kind: Pick<Kind, 'body'>, body: unknown): Violation[] =>
  fieldsOf(kind).flatMap(({ name, field: { type, facet }, valuesIn }) => {
    const isOfTexts = type === 'text' || type === 'words'
    if (!isOfTexts && type !== 'language') return []
    const tags = valuesIn(body).flatMap((value) =>
      typeof value === 'string' ? value : isOfTexts && typeof value === 'object' ? Object.keys(value ?? {}) : [],
    )
    return tags.flatMap((tag) => {
      const place = isOfTexts ? `${name}.${tag}` : name
      if (!isOfALanguage(tag)) return [{ place, rule: 'languageTag', values: {} }]
      // Readers who look for `en` would not find `EN`. Where nobody looks, sources write regions as they like.
      const near = asUsual(tag)
      const isFound = facet === undefined ? near.split('-')[0] === tag.split('-')[0] : near === tag
      return isFound ? [] : [{ place, rule: 'nearName', values: { text: tag, near } }]
    })
  })

/** Codes that are not in the list that their field names. */
export const unknownCodes = (kind: Pick<Kind, 'body'>, body: unknown): Violation[] =>
  fieldsOf(kind).flatMap(({ name, field, valuesIn }) => {
    const { vocabulary } = field
    if (!vocabulary || !codeList(vocabulary)) return []
    return valuesIn(body)
      .filter((code) => typeof code === 'string' && !termOf(vocabulary, code))
      .map((code) => ({ place: name, rule: 'vocabulary', values: { code, vocabulary } }))
  })

/**
 * What a change makes worse: faults of the new body that the old one did not have. What came in faulty, from a source or
 * under rules of another time, must not keep anybody from mending one word of it.
 */
export function violationsOfChange(kind: Kind, before: unknown, after: unknown): Violation[] {
  const known = new Set(allViolations(kind, before).map(keyOf))
  return allViolations(kind, after).filter((violation) => !known.has(keyOf(violation)))
}

/** As `violationsOfBody`; where the schema is broken already, with those of the vocabularies too. */
function allViolations(kind: Kind, body: unknown): Violation[] {
  const ofSchema = violationsOf(kind.body, body)
  const ofWhole = ofSchema.length > 0 ? [] : violationsOfWhole(kind, body as Body)
  return [
    ...ofSchema,
    ...ofWhole,
    ...violationsOfPeriods(kind, body),
    ...unknownCodes(kind, body),
    ...unknownLanguages(kind, body),
  ]
}

/** The rows of a list may have moved. */
const keyOf = ({ place, rule, values }: Violation): string =>
  `${place.replaceAll(/(?<=^|\.)\d+(?=\.|$)/g, '*')} ${rule} ${JSON.stringify(values)}`

/** The body as it may be kept, with what follows from it filled in. @throws Problem invalid */
export function checkBody(kind: Kind, body: unknown): Body {
  const violations = violationsOfBody(kind, body)
  if (violations.length) throw new Problem('invalid', { count: violations.length }, { violations })
  return (kind.complete?.(body as Body) ?? body) as Body
}

/** The changed body as it may be kept, with what follows from it filled in. @throws Problem invalid */
export function checkChange(kind: Kind, before: unknown, after: unknown): Body {
  const violations = violationsOfChange(kind, before, after)
  if (violations.length) throw new Problem('invalid', { count: violations.length }, { violations })
  // What follows can be told of a sound body alone.
  const isSound = violationsOfBody(kind, after).length === 0
  return (isSound && kind.complete ? kind.complete(after as Body) : after) as Body
}

/** The typed links that a body holds, in its order, each once. */
export function linksOf(kind: Kind, body: Body): Link[] {
  const links = fieldsOf(kind).flatMap(({ field, valuesIn }) =>
    field.rel ? (valuesIn(body) as string[]).map((toId) => ({ rel: field.rel!, toId })) : [],
  )
  const seen = new Set<string>()
  return links.filter(({ rel, toId }) => {
    const key = `${rel} ${toId}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Whether the words in the original language differ, so that translations made before are out of date. */
export function isSourceChanged(kind: Kind, before: Body, after: Body): boolean {
  const wordsOf = (body: Body) =>
    JSON.stringify(
      fieldsOf(kind)
        .filter(({ field }) => field.type === 'text' || field.type === 'words')
        .map(({ valuesIn }) =>
          valuesIn(body).map((texts) => (texts as Record<string, unknown>)[body.originalLanguage] ?? null),
        ),
    )
  return before.originalLanguage !== after.originalLanguage || wordsOf(before) !== wordsOf(after)
}
