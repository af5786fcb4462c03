/** IEEE Learning Object Metadata (1484.12.1-2002) in its XML binding (1484.12.3-2005). */
import { doiIn, type Agent, type Description, type InLanguage, type Term } from '#codecs/metadata/description.ts'
import { each, element, escapeText, inOnePiece, textElement, writtenOnce } from '#codecs/xml/write-xml.ts'

const open =
  '<lom xmlns="http://ltsc.ieee.org/xsd/LOM" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://ltsc.ieee.org/xsd/LOM http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd">'

const string = ({ text, language }: InLanguage) =>
  textElement('string', text, language === undefined ? undefined : { language })
const langString = (name: string, texts: readonly InLanguage[]) =>
  texts.length > 0 ? `<${name}>${each(texts, string)}</${name}>` : ''

/** A term of a vocabulary that is named. */
const vocabulary = (name: string, value: string, source: string) =>
  `<${name}>${textElement('source', source)}${textElement('value', value)}</${name}>`

/** Terms of LOM itself are few. */
const termsOfLom = new Map<string, string>()
function termOfLom(name: string, value: string): string {
  const key = `${name} ${value}`
  const known = termsOfLom.get(key)
  if (known !== undefined) return known
  const written = inOnePiece(vocabulary(name, value, 'LOMv1.0'))
  termsOfLom.set(key, written)
  return written
}

const inVCard = (text: string) =>
  escapeText(/[\\,;\n]/.test(text) ? text.replaceAll(/([\\,;])/g, '\\$1').replaceAll(/\r?\n/g, '\\n') : text)
/** A line ends with CR and LF (RFC 2426 §2.6), of which XML keeps the first only where it is escaped. */
const end = '&#13;\n'

/** A vCard 3.0 (RFC 2426), which LOM asks for, as it stands in an element. */
function vCard({ name, family, given, sort }: Pick<Agent, 'name' | 'family' | 'given' | 'sort'>): string {
  const read = inVCard(name)
  const parts = family && given ? `${inVCard(family)};${inVCard(given)};;;` : `${read};;;;`
  const organisation = sort === 'group' ? `ORG:${read}${end}` : ''
  return `BEGIN:VCARD${end}VERSION:3.0${end}N:${parts}${end}FN:${read}${end}${organisation}END:VCARD`
}
const roles = {
  author: 'author',
  editor: 'editor',
  translator: 'unknown',
  illustrator: 'graphical designer',
  contributor: 'unknown',
} as const

const identifier = (catalog: string, entry: string) =>
  element('identifier', textElement('catalog', catalog) + textElement('entry', entry))
const identifierOf = (written: string) => {
  const doi = doiIn(written)
  if (doi) return identifier('DOI', doi)
  return identifier(/^[a-z][a-z\d+.-]*:/i.test(written) ? 'URI' : 'local', written)
}
/** `vCards`: already written. */
const contribution = (role: string, vCards: readonly string[], date?: string) =>
  `<contribute>${termOfLom('role', role)}${each(vCards, (one) => `<entity>${one}</entity>`)}${
    date ? `<date>${textElement('dateTime', date)}</date>` : ''
  }</contribute>`

/** Audiences and stages as LOM has them, by our codes. */
const endUsers: Readonly<Record<string, string>> = {
  learner: 'learner',
  teacher: 'teacher',
  administrator: 'manager',
  author: 'author',
}
const contexts: Readonly<Record<string, string>> = {
  0: 'school',
  1: 'school',
  2: 'school',
  3: 'school',
  4: 'training',
  5: 'higher education',
  6: 'higher education',
  7: 'higher education',
  8: 'higher education',
}
const relationKinds = {
  isPartOf: 'ispartof',
  isVersionOf: 'isbasedon',
  references: 'references',
  source: 'isversionof',
} as const

const general = (of: Description) =>
  element(
    'general',
    identifier('URI', of.address) +
      each(of.identifiers, identifierOf) +
      langString('title', of.titles) +
      each(of.languages.length > 0 ? of.languages : ['none'], (tag) => textElement('language', tag)) +
      langString('description', of.abstracts) +
      each(of.keywords, (one) => langString('keyword', [one])) +
      each(of.places, (one) => langString('coverage', [one])),
  )

function lifeCycle(of: Description): string {
  const made = of.created ?? of.issued
  const inner =
    (of.version ? langString('version', [{ text: of.version }]) : '') +
    each(of.agents, (agent) =>
      contribution(roles[agent.role], [vCard(agent)], agent.role === 'author' ? made : undefined),
    ) +
    each(of.publishers, (name) => contribution('publisher', [vCard({ name, sort: 'group' })], of.issued))
  return inner && element('lifeCycle', inner)
}

const metaMetadata = (of: Description) =>
  element(
    'metaMetadata',
    contribution('creator', [vCard({ name: of.provider, sort: 'group' })], of.changedAt) +
      textElement('metadataSchema', 'LOMv1.0') +
      textElement('language', of.describedIn),
  )

const technical = (of: Description) =>
  element(
    'technical',
    each(
      of.formats.filter((one) => /^[\w.+-]+\/[\w.+-]+$/.test(one)),
      (one) => textElement('format', one),
    ) + each(of.addresses.length > 0 ? of.addresses : [of.address], (one) => textElement('location', one)),
  )

const resourceType = writtenOnce(({ uri, code }: Term) =>
  inOnePiece(vocabulary('learningResourceType', code, uri.slice(0, -encodeURIComponent(code).length) || uri)),
)
function educational(of: Description): string {
  const known = (table: Readonly<Record<string, string>>, codes: readonly { code: string }[]) => [
    ...new Set(codes.flatMap(({ code }) => table[code] ?? [])),
  ]
  const inner =
    each(of.resourceTypes, resourceType) +
    each(known(endUsers, of.audiences), (one) => termOfLom('intendedEndUserRole', one)) +
    each(known(contexts, of.levels), (one) => termOfLom('context', one)) +
    each(of.languages, (tag) => textElement('language', tag))
  return inner && element('educational', inner)
}

function rights(of: Description): string {
  const words = [...(of.licence ? [of.licence] : []), ...of.rights].map((text) => ({ text }))
  if (words.length === 0 && of.isFree === undefined) return ''
  return element(
    'rights',
    (of.isFree ? termOfLom('cost', 'no') : '') +
      (words.length > 0 ? termOfLom('copyrightAndOtherRestrictions', 'yes') : '') +
      langString('description', words),
  )
}

const relations = (of: Description) =>
  each(of.relations, ({ relation, address }) =>
    element('relation', termOfLom('kind', relationKinds[relation]) + element('resource', identifier('URI', address))),
  )

const taxonPath = writtenOnce(({ text, language, uri, vocabulary: list }: Term) =>
  inOnePiece(
    '<taxonPath>',
    langString('source', [{ text: list, language: 'en' }]),
    element('taxon', textElement('id', uri) + langString('entry', [{ text, ...(language && { language }) }])),
    '</taxonPath>',
  ),
)
const classification = (purpose: string, terms: Description['subjects']) =>
  terms.length === 0 ? '' : `<classification>${termOfLom('purpose', purpose)}${each(terms, taxonPath)}</classification>`

export const writeLom = (of: Description): string =>
  inOnePiece(
    open,
    general(of),
    lifeCycle(of),
    metaMetadata(of),
    technical(of),
    educational(of),
    rights(of),
    relations(of),
    classification('discipline', of.subjects),
    classification('educational level', of.levels),
    '</lom>',
  )
