/** IEEE Learning Object Metadata (1484.12.1-2002) in its XML binding (1484.12.3-2005). */
import { doiIn, type Description, type InLanguage } from '#codecs/metadata/description.ts'
import { element, textElement } from '#codecs/xml/write-xml.ts'

const open =
  '<lom xmlns="http://ltsc.ieee.org/xsd/LOM" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://ltsc.ieee.org/xsd/LOM http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd">'

const strings = (texts: readonly InLanguage[]) =>
  texts.map(({ text, language }) => textElement('string', text, { language })).join('')
const langString = (name: string, texts: readonly InLanguage[]) =>
  texts.length > 0 ? element(name, strings(texts)) : ''
const each = <Item>(items: readonly Item[], write: (item: Item) => string) => items.map(write).join('')

/** A term of LOM itself, or of a vocabulary that is named. */
const vocabulary = (name: string, value: string, source = 'LOMv1.0') =>
  element(name, textElement('source', source) + textElement('value', value))

/** vCard 3.0 (RFC 2426), which LOM asks for. */
function vCard({
  name,
  family,
  given,
  sort,
}: Pick<Description['agents'][number], 'name' | 'family' | 'given' | 'sort'>): string {
  const escape = (text: string) => text.replaceAll(/([\\,;])/g, '\\$1').replaceAll(/\r?\n/g, '\\n')
  const parts = family && given ? `${escape(family)};${escape(given)};;;` : `${escape(name)};;;;`
  const organisation = sort === 'group' ? `ORG:${escape(name)}\r\n` : ''
  return `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${parts}\r\nFN:${escape(name)}\r\n${organisation}END:VCARD`
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
const contribution = (role: string, entities: readonly string[], date?: string) =>
  element(
    'contribute',
    vocabulary('role', role) +
      each(entities, (one) => textElement('entity', one)) +
      (date ? element('date', textElement('dateTime', date)) : ''),
  )

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

function educational(of: Description): string {
  const known = (table: Readonly<Record<string, string>>, codes: readonly { code: string }[]) => [
    ...new Set(codes.flatMap(({ code }) => table[code] ?? [])),
  ]
  const inner =
    each(of.resourceTypes, ({ uri, code }) =>
      vocabulary('learningResourceType', code, uri.slice(0, -encodeURIComponent(code).length) || uri),
    ) +
    each(known(endUsers, of.audiences), (one) => vocabulary('intendedEndUserRole', one)) +
    each(known(contexts, of.levels), (one) => vocabulary('context', one)) +
    each(of.languages, (tag) => textElement('language', tag))
  return inner && element('educational', inner)
}

function rights(of: Description): string {
  const words = [...(of.licence ? [{ text: of.licence }] : []), ...of.rights.map((text) => ({ text }))]
  if (words.length === 0 && of.isFree === undefined) return ''
  return element(
    'rights',
    (of.isFree ? vocabulary('cost', 'no') : '') +
      (words.length > 0 ? vocabulary('copyrightAndOtherRestrictions', 'yes') : '') +
      langString('description', words),
  )
}

const relations = (of: Description) =>
  each(of.relations, ({ relation, address }) =>
    element('relation', vocabulary('kind', relationKinds[relation]) + element('resource', identifier('URI', address))),
  )

const classification = (purpose: string, terms: Description['subjects']) =>
  terms.length === 0
    ? ''
    : element(
        'classification',
        vocabulary('purpose', purpose) +
          each(terms, ({ text, language, uri, vocabulary: list }) =>
            element(
              'taxonPath',
              langString('source', [{ text: list, language: 'en' }]) +
                element(
                  'taxon',
                  textElement('id', uri) + langString('entry', [{ text, ...(language && { language }) }]),
                ),
            ),
          ),
      )

export const writeLom = (of: Description): string =>
  open +
  general(of) +
  lifeCycle(of) +
  metaMetadata(of) +
  technical(of) +
  educational(of) +
  rights(of) +
  relations(of) +
  classification('discipline', of.subjects) +
  classification('educational level', of.levels) +
  '</lom>'
