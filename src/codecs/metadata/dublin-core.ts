/** Elements of Dublin Core (DCMES 1.1 and DCMI Metadata Terms), whatever they are written in. */
import { people, type Element } from './metadata-table.ts'

/** What an element of Dublin Core may be in a record. */
const dublinCore: Record<string, readonly string[]> = {
  title: ['title'],
  alternative: ['otherNames'],
  description: ['description', 'summary'],
  abstract: ['summary', 'description'],
  publisher: ['publisher', 'provider'],
  date: ['publishedOn', 'startedOn', 'year'],
  issued: ['publishedOn', 'startedOn', 'year'],
  created: ['createdOn', 'publishedOn'],
  modified: ['modifiedOn'],
  language: ['languages'],
  subject: ['keywords'],
  license: ['licence', 'licenceAtSource'],
  format: ['formats'],
  type: ['type', 'publicationType'],
  audience: ['audiences'],
  educationLevel: ['levels'],
  spatial: ['countries'],
  bibliographicCitation: ['citation'],
}
export const elementsOfDublinCore = new Set([
  'creator',
  ...Object.keys(dublinCore),
  'contributor',
  'coverage',
  'identifier',
  'relation',
  'source',
  'isPartOf',
  'temporal',
])

/** `local`: the name without its prefix; `language` of a text, where it is said. */
export function dublinCoreElement(local: string, value: string, language?: string): Element[] {
  if (local === 'creator') return people(local, value)
  const means = meansOf(local, value)
  // Only texts stand in several languages.
  const isText = ['title', 'alternative', 'description', 'abstract'].includes(local)
  const inLanguage = language && isText ? means.map((one) => `${one} (${language})`) : means
  const name = local === 'identifier' ? `${local} (${means[0] === 'url' ? 'URL' : 'ID'})` : local
  return [{ name: language && isText ? `${name} (${language})` : name, value, means: inLanguage }]
}

function meansOf(local: string, value: string): readonly string[] {
  // Rights are an address or a name of a licence, or a sentence.
  if (local === 'rights')
    return /creativecommons|^CC\b|public domain/i.test(value) ? ['licence', 'licenceAtSource'] : ['licenceAtSource']
  return dublinCore[local] ?? (local === 'identifier' ? meansOfIdentifier(value) : [])
}

const meansOfIdentifier = (value: string): readonly string[] =>
  /^https?:\/\//.test(value) && !/\/\/(dx\.)?doi\.org\//.test(value)
    ? ['url', 'website', 'websites']
    : ['identifiers', '#identifier']
