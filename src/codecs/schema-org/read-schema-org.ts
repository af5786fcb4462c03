/**
 * Learning resources in schema.org with LRMI, and in the AMB profile of it, as JSON-LD. Names are taken by their last part, as the
 * contexts of the field have them; a context at an address is never fetched.
 */
import { identifierIn, localName, stated, type Stated, type Statement } from '#codecs/metadata/statement.ts'
import { parseJson } from '#kernel/input-limits.ts'

type Item = Record<string, unknown>
export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

/** Terms of schema.org, of LRMI and of AMB, and what they state. */
const terms: Readonly<Record<string, string>> = {
  name: 'title',
  headline: 'title',
  description: 'description',
  abstract: 'description',
  url: 'identifier',
  identifier: 'identifier',
  sameAs: 'identifier',
  publisher: 'publisher',
  provider: 'publisher',
  creator: 'creator',
  author: 'creator',
  contributor: 'contributor',
  editor: 'contributor',
  license: 'license',
  inLanguage: 'language',
  keywords: 'keyword',
  about: 'subject',
  educationalLevel: 'educationLevel',
  educationalAudienceRole: 'audience',
  audience: 'audience',
  learningResourceType: 'type',
  encodingFormat: 'format',
  datePublished: 'issued',
  dateCreated: 'created',
}
/** Types that say what sort of thing a resource is; others say that it is one. */
const plainTypes = new Set(['LearningResource', 'CreativeWork', 'Thing', 'EducationalResource'])

/** What stands around things that are described: the site, the page, the way to it, who made it. */
const around = new Set(
  'WebSite WebPage CollectionPage SearchResultsPage BreadcrumbList ListItem ImageObject SearchAction EntryPoint Organization EducationalOrganization CollegeOrUniversity Person Place PostalAddress Concept DefinedTerm ItemPage AboutPage ContactPage Corporation NGO GovernmentOrganization LocalBusiness FAQPage Question Answer Offer Rating AggregateRating Review DataDownload MediaObject'.split(
    ' ',
  ),
)
export const typesOf = (item: Item): string[] =>
  listOf(item['@type'] ?? item['type']).flatMap((one) => (typeof one === 'string' ? localName(one) : []))

const byLocalName = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name.startsWith('@') ? name : localName(name), value]),
  )

/** What is described in a document, in any of the lists in which it may stand. */
export function* thingsIn(value: unknown, depth = 0): Generator<Item> {
  if (depth > 10) return
  for (const one of listOf(value)) {
    if (!isItem(one)) continue
    const item = byLocalName(one)
    const inner = [item['@graph'], item['itemListElement'], item['dataFeedElement'], item['hasPart']].filter(
      (list) => list !== undefined,
    )
    const types = typesOf(item)
    const isDescribed = types.length > 0 && !types.every((type) => around.has(type) || /List$|Feed$/.test(type))
    if (isDescribed) yield item
    else {
      for (const list of inner) yield* thingsIn(listOf(list).map(withinEntry), depth + 1)
      if (isItem(item['mainEntity'])) yield* thingsIn(item['mainEntity'], depth + 1)
    }
  }
}
const withinEntry = (entry: unknown) => (isItem(entry) ? (byLocalName(entry)['item'] ?? entry) : entry)

/** Texts in languages, however they are written: a text, `@value` with `@language`, a list, or an object by language. */
export function* textsIn(
  value: unknown,
  prefers: readonly string[] = ['prefLabel', 'name'],
): Generator<Omit<Statement, 'term'>> {
  for (const one of listOf(value)) {
    if (typeof one === 'string') yield { text: one }
    else if (typeof one === 'number') yield { text: String(one) }
    else if (isItem(one)) {
      const item = byLocalName(one)
      if ('@value' in item) {
        const language = item['@language']
        yield { text: String(item['@value']), ...(typeof language === 'string' && { language }) }
        continue
      }
      const inner = prefers.map((name) => item[name]).find((said) => said !== undefined && said !== '')
      const entries = Object.entries(item)
      if (inner !== undefined)
        yield* isItem(inner) && !('@value' in inner) ? byLanguage(inner) : textsIn(inner, prefers)
      else if (
        entries.length > 0 &&
        entries.every(
          ([tag, text]) =>
            /^[a-z]{2,3}(?:-\w+)*$/i.test(tag) &&
            typeof text === 'string' &&
            tag !== 'id' &&
            tag !== 'url' &&
            tag !== 'type',
        )
      )
        yield* byLanguage(item)
      else
        for (const name of ['value', 'audienceType', 'educationalRole', 'id', '@id', 'url'])
          if (typeof item[name] === 'string') return yield { text: item[name] }
    }
  }
}
function* byLanguage(texts: Item): Generator<Omit<Statement, 'term'>> {
  for (const [language, text] of Object.entries(texts)) if (typeof text === 'string') yield { text, language }
}

/** Addresses and names by which vocabularies call a term: the last part of an address is its code. */
const addressesFirst = ['id', '@id', 'url', 'name', 'value']
const ofTerms = new Set(['license', 'identifier', 'sameAs', 'url'])

/** Of a concept one name is enough: that in English or the first. */
function namesOf(value: unknown): Omit<Statement, 'term'>[] {
  return listOf(value).flatMap((one) => {
    const all = [...textsIn(one)]
    const best = all.find(({ language }) => language === 'en') ?? all[0]
    return isItem(one) ? (best ? [{ text: best.text }] : []) : all
  })
}
const asConcepts = new Set([
  'about',
  'educationalLevel',
  'learningResourceType',
  'audience',
  'educationalAudienceRole',
  'creator',
  'author',
  'contributor',
  'editor',
  'publisher',
  'provider',
  'inLanguage',
  'encodingFormat',
])

export function statementsOfThing(given: Item): Statement[] {
  const thing = byLocalName(given)
  const said = Object.entries(thing).flatMap(([name, value]): Statement[] => {
    const term = terms[name]
    if (!term) return []
    const texts = ofTerms.has(name)
      ? [...textsIn(value, addressesFirst)]
      : asConcepts.has(name)
        ? namesOf(value)
        : [...textsIn(value)]
    const split =
      name === 'keywords'
        ? texts.flatMap(({ text, ...rest }) => text.split(/\s*[,;\n]\s*/).map((word) => ({ text: word, ...rest })))
        : texts
    return split.flatMap(({ text, language }) => stated(term, text, language))
  })
  const own = [thing['@id'], thing['id']].find((one) => typeof one === 'string') as string | undefined
  return [
    ...said,
    ...stated('identifier', /^https?:|^10\.|^urn:|doi/i.test(own ?? '') ? own : undefined),
    ...typesOf(thing).flatMap((type) => (plainTypes.has(type) ? [] : stated('schemaType', type))),
    ...listOf(thing['encoding']).flatMap((one) =>
      isItem(one) ? [...textsIn(byLocalName(one)['encodingFormat'])].flatMap(({ text }) => stated('format', text)) : [],
    ),
  ]
}

/** One thing as it stands in a document at that address; `n` tells those apart that have no name of their own. */
export function statedThing(thing: Item, address: string, n: number): Stated {
  const own = [thing['@id'], thing['id'], thing['url'], thing['identifier']].find(
    (one) => typeof one === 'string' && one,
  ) as string | undefined
  return {
    identifier: identifierIn(own, address) ?? (n === 0 ? address : identifierIn(`#${n + 1}`, address)!),
    bytes: JSON.stringify(thing, null, 2),
    statements: statementsOfThing(thing),
  }
}

/** JSON-LD within a page of HTML. @throws Problem malformedJson, tooDeep */
export function readThings(values: readonly unknown[], address: string): Stated[] {
  return [...thingsIn(values)].map((thing, n) => statedThing(thing, address, n))
}

/** @throws Problem malformedJson, tooDeep, tooLarge */
export const readJsonLd = (text: string): unknown => parseJson(text.replace(/^\uFEFF/, ''))
