/**
 * DataCite Metadata Schema 4, for resources with a DOI or without: without one the address is the identifier, as OpenAIRE
 * allows.
 */
import {
  doiIn,
  yearOf,
  type Description,
  type GeneralType,
  type Relation,
  type Term,
} from '#codecs/metadata/description.ts'
import { each, element, inOnePiece, textElement, writtenOnce } from '#codecs/xml/write-xml.ts'

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

const list = (name: string, inner: string) => (inner === '' ? '' : `<${name}>${inner}</${name}>`)

const isAuthor = ({ role }: Agent) => role === 'author'

function creators(agents: readonly Agent[]): string {
  const written = each(agents, (one) =>
    isAuthor(one)
      ? element('creator', textElement('creatorName', named(one), { nameType: nameType(one) }) + nameParts(one))
      : '',
  )
  // The code for a value that nobody knows (DataCite 4, appendix 3).
  return element('creators', written || element('creator', textElement('creatorName', ':unkn')))
}

const contributors = (agents: readonly Agent[]) =>
  each(agents, (one) =>
    isAuthor(one)
      ? ''
      : element(
          'contributor',
          textElement('contributorName', named(one), { nameType: nameType(one) }) + nameParts(one),
          { contributorType: contributorTypes[one.role] },
        ),
  )

const alternate = (text: string, type: 'URL' | 'Local') =>
  textElement('alternateIdentifier', text, { alternateIdentifierType: type })

function identifierOf(of: Description): { main: string; others: string } {
  const doi = of.identifiers.map(doiIn).find((one) => one !== undefined)
  const others =
    (doi ? alternate(of.address, 'URL') : '') +
    each(of.identifiers, (one) =>
      doiIn(one) === undefined ? alternate(one, /^https?:/.test(one) ? 'URL' : 'Local') : '',
    ) +
    each(of.addresses, (one) => alternate(one, 'URL'))
  const main = doi
    ? textElement('identifier', doi, { identifierType: 'DOI' })
    : textElement('identifier', of.address, { identifierType: 'URL' })
  return { main, others }
}

const title = (text: string, language: string | undefined, titleType?: string) =>
  textElement('title', text, { titleType, 'xml:lang': language })
const titles = ({ titles: [first, ...translated], alternatives }: Description) =>
  (first ? title(first.text, first.language) : '') +
  each(translated, ({ text, language }) => title(text, language, 'TranslatedTitle')) +
  each(alternatives, ({ text, language }) => title(text, language, 'AlternativeTitle'))

const date = (type: string, value: string | undefined) => (value ? textElement('date', value, { dateType: type }) : '')
const subject = writtenOnce(({ text, language, uri }: Term) =>
  textElement('subject', text, { valueURI: uri, 'xml:lang': language }),
)
const keyword = ({ text, language }: Description['keywords'][number]) =>
  textElement('subject', text, { 'xml:lang': language })
const place = writtenOnce(({ text }: Term) => element('geoLocation', textElement('geoLocationPlace', text)))

const rights = (of: Description) =>
  (of.licence
    ? textElement('rights', of.licence, { rightsURI: /^https?:\/\/\S+$/.test(of.licence) ? of.licence : undefined })
    : '') + each(of.rights, (one) => textElement('rights', one))

export function writeDataCite(of: Description): string {
  const { main, others } = identifierOf(of)
  return inOnePiece(
    open,
    main,
    creators(of.agents),
    element('titles', titles(of)),
    textElement('publisher', of.publishers[0] ?? of.provider),
    textElement('publicationYear', yearOf(of.issued ?? of.created) ?? yearOf(of.describedAt)!),
    textElement('resourceType', of.type, { resourceTypeGeneral: general[of.generalType] }),
    list('subjects', each(of.subjects, subject) + each(of.keywords, keyword)),
    list('contributors', contributors(of.agents)),
    list('dates', date('Issued', of.issued) + date('Created', of.created) + date('Updated', of.modified)),
    of.languages[0] === undefined ? '' : textElement('language', of.languages[0]),
    list('alternateIdentifiers', others),
    list(
      'relatedIdentifiers',
      each(of.relations, ({ relation, address }) =>
        textElement('relatedIdentifier', address, {
          relatedIdentifierType: 'URL',
          relationType: relationTypes[relation],
        }),
      ),
    ),
    list(
      'formats',
      each(of.formats, (one) => textElement('format', one)),
    ),
    of.version ? textElement('version', of.version) : '',
    list('rightsList', rights(of)),
    list(
      'descriptions',
      each(of.abstracts, ({ text, language }) =>
        textElement('description', text, { descriptionType: 'Abstract', 'xml:lang': language }),
      ),
    ),
    list('geoLocations', each(of.places, place)),
    '</resource>',
  )
}
