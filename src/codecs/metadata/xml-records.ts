/** Records in XML: Dublin Core (DCMES 1.1, DCMI terms; alone or in OAI-PMH) and MARC 21 (MARCXML). */
import { oneLine, type XmlElement } from '#codecs/xml/read-xml.ts'
import { dublinCoreElement, elementsOfDublinCore } from './dublin-core.ts'
import { people, tableOfEntries, type Element, type MetadataTable } from './metadata-table.ts'

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
const textOf = (element: XmlElement): string =>
  oneLine([element.text, ...element.children.map(textOf)].filter(Boolean).join(' '))

function* within(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* within(child)
}

const isDublinCore = ({ name }: XmlElement) => name.startsWith('dc:') || name.startsWith('dcterms:')

/** Elements that hold elements of Dublin Core, whatever they are called. */
export function dublinCoreTable(root: XmlElement): MetadataTable | undefined {
  const hasNamespace = [...within(root)].some(isDublinCore)
  const belongs = (child: XmlElement) =>
    hasNamespace ? isDublinCore(child) : elementsOfDublinCore.has(localName(child.name))
  const records = [...within(root)].filter(({ children }) =>
    children.some((child) => localName(child.name) === 'title' && belongs(child)),
  )
  if (records.length === 0) return undefined
  return tableOfEntries(
    'dublin-core',
    records.map(({ children }) => children.filter(belongs).flatMap(ofDublinCore)),
  )
}

const ofDublinCore = (element: XmlElement): Element[] =>
  dublinCoreElement(localName(element.name), textOf(element), element.attributes['xml:lang'])

/** What a subfield of MARC 21 may be in a record. */
const marc: Record<string, { codes: string; name: string; means: readonly string[] }> = {
  '020': { codes: 'a', name: '020 ISBN', means: ['identifiers'] },
  '024': { codes: 'a', name: '024 Identifier', means: ['identifiers'] },
  '041': { codes: 'a', name: '041 Language', means: ['languages'] },
  '245': { codes: 'abnp', name: '245 Title', means: ['title'] },
  '246': { codes: 'ab', name: '246 Varying title', means: ['otherNames'] },
  '260': { codes: 'b', name: 'Publisher', means: ['publisher', 'provider'] },
  '264': { codes: 'b', name: 'Publisher', means: ['publisher', 'provider'] },
  '490': { codes: 'a', name: '490 Series', means: ['container'] },
  '500': { codes: 'a', name: '500 Note', means: [] },
  '505': { codes: 'a', name: '505 Contents', means: [] },
  '520': { codes: 'a', name: '520 Summary', means: ['description', 'summary'] },
  '521': { codes: 'a', name: '521 Audience', means: ['audiences'] },
  '540': { codes: 'au', name: '540 Terms of use', means: ['licenceAtSource', 'licence'] },
  '650': { codes: 'a', name: '650 Subject', means: ['keywords'] },
  '653': { codes: 'a', name: '653 Index term', means: ['keywords'] },
  '773': { codes: 't', name: '773 Host item', means: ['container'] },
  '856': { codes: 'u', name: '856 Address', means: ['url', 'website', 'websites'] },
}

const namesInMarc: Record<string, string> = { '100': 'a', '110': 'ab', '700': 'a', '710': 'ab' }

/** Records of MARCXML, with their leader or without. */
export function marcTable(root: XmlElement): MetadataTable | undefined {
  const isField = ({ name }: XmlElement) => localName(name) === 'datafield'
  const records = [...within(root)].filter(
    ({ name, children }) => localName(name) === 'record' && children.some(isField),
  )
  if (records.length === 0) return undefined
  return tableOfEntries(
    'marcxml',
    records.map(({ children }) => children.flatMap(ofMarc)),
  )
}

/** ISBD marks that end one part and begin the next are no part of it. */
const withoutMarks = (text: string) =>
  text
    .replace(/\s*[/:;,=]+$/, '')
    // A full stop after a word ends the part; one after a letter is an initial.
    .replace(/(\p{L}{3})\.$/u, '$1')
    .trim()

function ofMarc(element: XmlElement): Element[] {
  const tag = element.attributes['tag'] ?? ''
  if (localName(element.name) === 'controlfield') return controlField(tag, element.text)
  const parts = (codes: string) =>
    element.children
      .filter(({ attributes }) => codes.includes(attributes['code'] ?? '-'))
      .map((part) => withoutMarks(textOf(part)))
      .filter(Boolean)
  const year = tag === '260' || tag === '264' ? /\d{4}/.exec(parts('c').join(' '))?.[0] : undefined
  const published: Element[] = year
    ? [{ name: 'Published', value: year, means: ['publishedOn', 'startedOn', 'year'] }]
    : []
  const codesOfName = namesInMarc[tag]
  if (codesOfName) return people('Author', parts(codesOfName).join(', '))
  const known = marc[tag]
  if (!known) {
    const value = parts('abcdefghijklmnopqrstuvwxyz').join(' ')
    return localName(element.name) === 'datafield' ? [{ name: tag, value }] : []
  }
  const { codes, name, means } = known
  const values = tag === '245' || tag === '246' ? [parts(codes).join(': ')] : parts(codes)
  return [...values.map((value): Element => ({ name, value, means })), ...published]
}

/** 001 is the number of the record; 008 has the language in its bytes 35 to 37. */
function controlField(tag: string, value: string): Element[] {
  if (tag === '001') return [{ name: '001', value: value.trim(), means: ['#identifier'] }]
  const language = tag === '008' ? value.slice(35, 38).trim() : ''
  return /^[a-z]{3}$/.test(language) && !['und', 'zxx', 'mul'].includes(language)
    ? [{ name: '008 Language', value: language, means: ['languages'] }]
    : []
}
