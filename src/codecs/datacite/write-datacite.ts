/**
 * DataCite Metadata Schema 4, for resources with a DOI or without: without one the address is the identifier, as OpenAIRE
 * allows.
 */
import { doiIn, yearOf, type Description, type GeneralType, type Relation } from '#codecs/metadata/description.ts'
import { element, textElement } from '#codecs/xml/write-xml.ts'

const open =
  '<resource xmlns="http://datacite.org/schema/kernel-4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://datacite.org/schema/kernel-4 http://schema.datacite.org/meta/kernel-4/metadata.xsd">'

const general: Readonly<Record<GeneralType, string>> = {
  text: 'Text',
  dataset: 'Dataset',
  software: 'Software',
  video: 'Audiovisual',
  image: 'Image',
  collection: 'Collection',
  event: 'Event',
  other: 'Other',
}
const contributorTypes = {
  author: 'Other',
  editor: 'Editor',
  translator: 'Other',
  illustrator: 'Other',
  contributor: 'Other',
} as const
const relationTypes: Readonly<Record<Relation, string>> = {
  isPartOf: 'IsPartOf',
  isVersionOf: 'IsDerivedFrom',
  references: 'References',
  source: 'IsIdenticalTo',
}

type Agent = Description['agents'][number]
const nameType = ({ sort }: Agent) => (sort === 'group' ? 'Organizational' : sort === 'person' ? 'Personal' : undefined)
const nameParts = ({ family, given, orcid }: Agent) =>
  (given && family ? textElement('givenName', given) + textElement('familyName', family) : '') +
  (orcid
    ? textElement('nameIdentifier', `https://orcid.org/${orcid}`, {
        nameIdentifierScheme: 'ORCID',
        schemeURI: 'https://orcid.org',
      })
    : '')
const named = ({ name, family, given }: Agent) => (family && given ? `${family}, ${given}` : name)

const list = (name: string, items: readonly string[]) => (items.length > 0 ? element(name, items.join('')) : '')

const creators = (agents: readonly Agent[]) =>
  agents.length > 0
    ? agents.map((one) =>
        element('creator', textElement('creatorName', named(one), { nameType: nameType(one) }) + nameParts(one)),
      )
    : // The code for a value that nobody knows (DataCite 4, appendix 3).
      [element('creator', textElement('creatorName', ':unkn'))]

function identifierOf(of: Description): { main: string; others: string[] } {
  const doi = of.identifiers.map(doiIn).find((one) => one !== undefined)
  const others = [
    ...(doi ? [textElement('alternateIdentifier', of.address, { alternateIdentifierType: 'URL' })] : []),
    ...of.identifiers
      .filter((one) => doiIn(one) === undefined)
      .map((one) =>
        textElement('alternateIdentifier', one, { alternateIdentifierType: /^https?:/.test(one) ? 'URL' : 'Local' }),
      ),
    ...of.addresses.map((one) => textElement('alternateIdentifier', one, { alternateIdentifierType: 'URL' })),
  ]
  const main = doi
    ? textElement('identifier', doi, { identifierType: 'DOI' })
    : textElement('identifier', of.address, { identifierType: 'URL' })
  return { main, others }
}

export function writeDataCite(of: Description): string {
  const { main, others } = identifierOf(of)
  const [first, ...translated] = of.titles
  const isAuthor = ({ role }: Agent) => role === 'author'
  const title = (text: string, language: string | undefined, titleType?: string) =>
    textElement('title', text, { titleType, 'xml:lang': language })
  const date = (type: string, value: string | undefined) =>
    value ? [textElement('date', value, { dateType: type })] : []
  const all = [
    main,
    element('creators', creators(of.agents.filter(isAuthor)).join('')),
    element(
      'titles',
      (first ? title(first.text, first.language) : '') +
        translated.map(({ text, language }) => title(text, language, 'TranslatedTitle')).join('') +
        of.alternatives.map(({ text, language }) => title(text, language, 'AlternativeTitle')).join(''),
    ),
    textElement('publisher', of.publishers[0] ?? of.provider),
    textElement('publicationYear', yearOf(of.issued ?? of.created) ?? yearOf(of.describedAt)!),
    textElement('resourceType', of.type, { resourceTypeGeneral: general[of.generalType] }),
    list('subjects', [
      ...of.subjects.map(({ text, language, uri }) =>
        textElement('subject', text, { valueURI: uri, 'xml:lang': language }),
      ),
      ...of.keywords.map(({ text, language }) => textElement('subject', text, { 'xml:lang': language })),
    ]),
    list(
      'contributors',
      of.agents
        .filter((one) => !isAuthor(one))
        .map((one) =>
          element(
            'contributor',
            textElement('contributorName', named(one), { nameType: nameType(one) }) + nameParts(one),
            { contributorType: contributorTypes[one.role] },
          ),
        ),
    ),
    list('dates', [...date('Issued', of.issued), ...date('Created', of.created), ...date('Updated', of.modified)]),
    ...of.languages.slice(0, 1).map((tag) => textElement('language', tag)),
    list('alternateIdentifiers', others),
    list(
      'relatedIdentifiers',
      of.relations.map(({ relation, address }) =>
        textElement('relatedIdentifier', address, {
          relatedIdentifierType: 'URL',
          relationType: relationTypes[relation],
        }),
      ),
    ),
    list(
      'formats',
      of.formats.map((one) => textElement('format', one)),
    ),
    of.version ? textElement('version', of.version) : '',
    list('rightsList', [
      ...(of.licence
        ? [
            textElement('rights', of.licence, {
              rightsURI: /^https?:\/\/\S+$/.test(of.licence) ? of.licence : undefined,
            }),
          ]
        : []),
      ...of.rights.map((one) => textElement('rights', one)),
    ]),
    list(
      'descriptions',
      of.abstracts.map(({ text, language }) =>
        textElement('description', text, { descriptionType: 'Abstract', 'xml:lang': language }),
      ),
    ),
    list(
      'geoLocations',
      of.places.map(({ text }) => element('geoLocation', textElement('geoLocationPlace', text))),
    ),
  ]
  return `${open}${all.join('')}</resource>`
}
