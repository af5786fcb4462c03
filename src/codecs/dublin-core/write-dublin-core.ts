/** Dublin Core in XML: the fifteen elements (`oai_dc`), and qualified with the terms of DCMI (`oai_qdc`). */
import { doiIn, type Description, type GeneralType, type InLanguage } from '#codecs/metadata/description.ts'
import { each, textElement } from '#codecs/xml/write-xml.ts'

/** DCMI Type Vocabulary. */
const dcmiTypes: Readonly<Record<GeneralType, string | undefined>> = {
  text: 'Text',
  dataset: 'Dataset',
  software: 'Software',
  video: 'MovingImage',
  image: 'StillImage',
  collection: 'Collection',
  event: 'Event',
  other: undefined,
}

const inLanguage = (name: string, texts: readonly InLanguage[]) =>
  each(texts, ({ text, language }) =>
    textElement(name, text, language === undefined ? undefined : { 'xml:lang': language }),
  )
const plain = (name: string, texts: readonly string[]) => each(texts, (text) => textElement(name, text))
const typed = (name: string, type: string, texts: readonly string[]) =>
  each(texts, (text) => textElement(name, text, { 'xsi:type': type }))
/** Each once. */
const distinct = (texts: readonly string[]) => (texts.length > 1 ? [...new Set(texts)] : texts)

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

const oaiDcOpen = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" ${xsi} xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">`

const creators = ({ agents }: Description) => agents.filter(({ role }) => role === 'author')
const contributors = ({ agents }: Description) => agents.filter(({ role }) => role !== 'author')
/** Family name first, as libraries sort them. */
const nameOf = ({ name, family, given }: Description['agents'][number]) =>
  family && given ? `${family}, ${given}` : name
const dates = ({ issued, created, modified }: Description) =>
  distinct([issued, created, modified].filter((date) => date !== undefined))
const asUri = (identifier: string) => {
  const doi = doiIn(identifier)
  return doi ? `https://doi.org/${doi}` : identifier
}

/** Unqualified Dublin Core (DCMES 1.1; OAI-PMH 2.0 §2.5). */
export function writeOaiDc(of: Description): string {
  const type = dcmiTypes[of.generalType]
  const all = [
    inLanguage('dc:title', of.titles),
    inLanguage('dc:title', of.alternatives),
    plain('dc:creator', creators(of).map(nameOf)),
    inLanguage('dc:subject', of.subjects),
    inLanguage('dc:subject', of.keywords),
    inLanguage('dc:description', of.abstracts),
    plain('dc:publisher', of.publishers),
    plain('dc:contributor', contributors(of).map(nameOf)),
    plain('dc:date', dates(of)),
    textElement('dc:type', of.type),
    type ? textElement('dc:type', type) : '',
    inLanguage('dc:type', of.resourceTypes),
    plain('dc:format', of.formats),
    plain('dc:identifier', distinct([of.address, ...of.identifiers.map(asUri), ...of.addresses])),
    plain('dc:source', addressesOf(of, 'source')),
    plain('dc:language', of.languages),
    plain(
      'dc:relation',
      distinct(of.relations.filter(({ relation }) => relation !== 'source').map(({ address }) => address)),
    ),
    inLanguage('dc:coverage', of.places),
    plain('dc:coverage', of.periods),
    of.licence ? textElement('dc:rights', of.licence) : '',
    plain('dc:rights', of.rights),
  ]
  return `${oaiDcOpen}${all.join('')}</oai_dc:dc>`
}

const addressesOf = ({ relations }: Description, wanted: Description['relations'][number]['relation']) =>
  distinct(relations.filter(({ relation }) => relation === wanted).map(({ address }) => address))

const qdcOpen = `<oai_qdc:qualifieddc xmlns:oai_qdc="http://worldcat.org/xmlschemas/qdc-1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ${xsi} xsi:schemaLocation="http://worldcat.org/xmlschemas/qdc-1.0/ http://worldcat.org/xmlschemas/qdc/1.0/qdc-1.0.xsd">`
const bcp47 = 'dcterms:RFC4646'
const uri = 'dcterms:URI'
const w3cdtf = 'dcterms:W3CDTF'

/** Qualified Dublin Core: DCMI Metadata Terms with the encoding schemes of DCMI (schemas of 2008-02-11). */
export function writeQualifiedDc(of: Description): string {
  const type = dcmiTypes[of.generalType]
  const day = (name: string, date: string | undefined) => (date ? typed(name, w3cdtf, [date]) : '')
  const countries = of.places.filter(({ code, vocabulary }) => vocabulary === 'countries' && /^[A-Z]{2}$/.test(code))
  const all = [
    inLanguage('dc:title', of.titles),
    inLanguage('dcterms:alternative', of.alternatives),
    plain('dc:creator', creators(of).map(nameOf)),
    plain('dc:contributor', contributors(of).map(nameOf)),
    plain('dc:publisher', of.publishers),
    inLanguage('dc:subject', of.subjects),
    inLanguage('dc:subject', of.keywords),
    typed(
      'dc:subject',
      uri,
      of.subjects.map((term) => term.uri),
    ),
    inLanguage('dcterms:abstract', of.abstracts),
    textElement('dc:type', of.type),
    inLanguage('dc:type', of.resourceTypes),
    type ? typed('dc:type', 'dcterms:DCMIType', [type]) : '',
    plain('dc:format', of.formats),
    typed(
      'dc:identifier',
      uri,
      distinct([of.address, ...of.identifiers.map(asUri).filter(isAddress), ...of.addresses]),
    ),
    plain(
      'dc:identifier',
      of.identifiers.filter((one) => !isAddress(asUri(one))),
    ),
    typed('dc:source', uri, addressesOf(of, 'source')),
    typed('dc:language', bcp47, of.languages),
    typed('dcterms:isPartOf', uri, addressesOf(of, 'isPartOf')),
    typed('dcterms:isVersionOf', uri, addressesOf(of, 'isVersionOf')),
    typed('dcterms:references', uri, addressesOf(of, 'references')),
    inLanguage('dcterms:spatial', of.places),
    typed(
      'dcterms:spatial',
      'dcterms:ISO3166',
      countries.map(({ code }) => code),
    ),
    plain('dcterms:temporal', of.periods),
    day('dcterms:created', of.created),
    day('dcterms:issued', of.issued),
    day('dcterms:modified', of.modified),
    inLanguage('dcterms:audience', of.audiences),
    inLanguage('dcterms:educationLevel', of.levels),
    plain('dc:rights', of.rights),
    ...(of.licence
      ? [isAddress(of.licence) ? typed('dcterms:license', uri, [of.licence]) : plain('dcterms:license', [of.licence])]
      : []),
  ]
  return `${qdcOpen}${all.join('')}</oai_qdc:qualifieddc>`
}

const isAddress = (text: string) => /^(?:https?|urn|ftp):\S+$/i.test(text)
