/**
 * The catalogue and its dumps in DCAT 3 (W3C Recommendation, 22 August 2024) as JSON-LD. Its context stands in the
 * document, so that nobody has to fetch one.
 */
import type { Texts } from '#records/record.ts'
import { filesOf, type DataPackage, type DumpFile } from '#features/dump/dump.ts'

export type Catalogue = {
  absolute: (path: string) => string
  /** By language. */
  names: Texts
  about: Texts
  languages: readonly string[]
  operator: Texts | undefined
  contact: { email?: string | undefined; url?: string | undefined }
  /** When the newest change of a record was, ISO 8601. */
  changedAt: string
  dump: DataPackage | undefined
  /** Interfaces: title, address, and what the interface follows. */
  services: readonly { title: string; address: string; description: string; conformsTo: string }[]
}
type Json = Record<string, unknown>

const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

const named = (texts: Texts) =>
  Object.entries(texts).map(([language, text]) => ({ '@language': language, '@value': text }))
const at = (address: string) => ({ '@id': address })
const time = (iso: string) => ({ '@value': iso, '@type': 'xsd:dateTime' })
const mediaType = (type: string) => at(`https://www.iana.org/assignments/media-types/${type}`)

export function toDcat(catalogue: Catalogue): Json {
  const { absolute, names, about, languages, operator, changedAt, dump, services } = catalogue
  return {
    '@context': context,
    '@id': absolute('/dcat.jsonld'),
    '@type': 'dcat:Catalog',
    'dcterms:title': named(names),
    'dcterms:description': named(about),
    'dcterms:modified': time(changedAt),
    'dcterms:language': languages.map((tag) => at(`http://id.loc.gov/vocabulary/iso639-1/${tag}`)),
    'dcterms:publisher': {
      '@type': 'foaf:Agent',
      'foaf:name': named(operator ?? names),
      'foaf:homepage': at(absolute('/')),
    },
    'foaf:homepage': at(absolute('/')),
    ...contactOf(catalogue.contact),
    'dcat:dataset': dump ? [datasetOf(catalogue, dump)] : [],
    'dcat:service': services.map(({ title, address, description, conformsTo }) => ({
      '@type': 'dcat:DataService',
      '@id': address,
      'dcterms:title': title,
      'dcat:endpointURL': at(address),
      'dcat:endpointDescription': at(description),
      'dcterms:conformsTo': at(conformsTo),
      'dcat:servesDataset': dump ? [at(absolute('/dump'))] : [],
    })),
  }
}

function contactOf({ email, url }: Catalogue['contact']): Json {
  if (!email && !url) return {}
  return {
    'dcat:contactPoint': {
      '@type': 'vcard:Organization',
      ...(email && { 'vcard:hasEmail': at(`mailto:${email}`) }),
      ...(url && { 'vcard:hasURL': at(url) }),
    },
  }
}

/** All records as files. Each record has its own licence, so licences are those of the sources, each with its words. */
const datasetOf = ({ absolute, names, about, languages }: Catalogue, dump: DataPackage): Json => ({
  '@type': 'dcat:Dataset',
  '@id': absolute('/dump'),
  'dcterms:title': named(names),
  'dcterms:description': named(about),
  'dcterms:issued': time(dump.created),
  'dcterms:modified': time(dump.created),
  'dcterms:language': languages.map((tag) => at(`http://id.loc.gov/vocabulary/iso639-1/${tag}`)),
  'dcterms:rights': dump.sources.map(({ title, licence, attribution, path }) => ({
    '@type': 'dcterms:RightsStatement',
    'dcterms:title': title,
    'dcterms:license': at(licence),
    'dcterms:description': attribution,
    'dcterms:source': at(path),
  })),
  'dcat:landingPage': at(absolute('/dump')),
  'dcterms:conformsTo': at('https://specs.frictionlessdata.io/data-package/'),
  'dcat:distribution': filesOf(dump).map((file) => distributionOf(absolute, dump, file)),
})

const distributionOf = (absolute: Catalogue['absolute'], { created }: DataPackage, file: DumpFile): Json => ({
  '@type': 'dcat:Distribution',
  '@id': absolute(`/dump/${file.path}`),
  'dcterms:title': file.name,
  'dcterms:issued': time(created),
  'dcat:accessURL': at(absolute('/dump')),
  'dcat:downloadURL': at(absolute(`/dump/${file.path}`)),
  'dcat:mediaType': mediaType(file.mediatype),
  'dcat:compressFormat': mediaType('application/gzip'),
  'dcat:byteSize': { '@value': String(file.bytes), '@type': 'xsd:nonNegativeInteger' },
  'spdx:checksum': {
    '@type': 'spdx:Checksum',
    'spdx:algorithm': at('http://spdx.org/rdf/terms#checksumAlgorithm_sha256'),
    'spdx:checksumValue': { '@value': file.hash.replace('sha256:', ''), '@type': 'xsd:hexBinary' },
  },
})
