/** References: CSL-JSON (Citation Style Language 1.0.2), and BibTeX and RIS by way of it. */
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-ris'
import { Problem } from '#kernel/problem.ts'
import { plainText } from '#codecs/markdown-links/plain-text.ts'
import { elements, people, tableOfEntries, type Element, type MetadataTable } from './metadata-table.ts'

type Item = Record<string, unknown>
type Name = Partial<
  Record<'family' | 'given' | 'literal' | 'suffix' | 'non-dropping-particle' | 'dropping-particle', string>
>

/** What a variable of CSL may be in a record; all others become notes. */
const meansOf: Record<string, readonly string[]> = {
  title: ['title'],
  abstract: ['summary', 'description'],
  publisher: ['publisher', 'provider'],
  'publisher-place': ['publisherPlace'],
  'container-title': ['container'],
  volume: ['volume'],
  issue: ['issue'],
  page: ['pages'],
  URL: ['url', 'website', 'websites'],
  keyword: ['keywords'],
  license: ['licence', 'licences', 'licenceAtSource'],
  language: ['languages'],
  DOI: ['identifiers'],
  ISBN: ['identifiers'],
  type: ['publicationType', 'type'],
}
const roles = ['author', 'editor', 'translator', 'illustrator']
const left = new Set([...roles, 'issued', 'id', 'citation-key', 'citation-label', '_graph', 'custom'])

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)
const textsOf = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number'
    ? [plainText(String(value))]
    : Array.isArray(value)
      ? value.flatMap(textsOf)
      : []

function nameOf(name: Name): { family: string; given: string; whole: string } {
  const particles = [name['non-dropping-particle'], name['dropping-particle']]
  const family = [...particles, name.family ?? name.literal].filter(Boolean).join(' ')
  const given = [name.given, name.suffix].filter(Boolean).join(', ')
  return { family, given: name.given ?? '', whole: [given, family].filter(Boolean).join(' ') }
}

/** Authors stand whole and in parts: kinds of records take one or the other. */
function peopleIn(item: Item): Element[] {
  return roles.flatMap((role) => {
    const given = item[role]
    const names = Array.isArray(given) ? given.filter(isItem).map((one) => nameOf(one as Name)) : []
    const inParts = names.flatMap((name): Element[] => [
      { name: `${role} family`, value: name.family, means: ['authors.name'], isApart: true, isSpare: true },
      { name: `${role} given`, value: name.given, means: ['authors.given'], isApart: true, isSpare: true },
    ])
    const whole = names.flatMap((name) => people(role, name.whole, { role, means: ['creators.name'] }))
    return role === 'author' ? [...whole, ...inParts] : whole
  })
}

/** `2015`, `2015-03` or `2015-03-17`; words where it is in words. */
function issuedIn({ issued }: Item): Element[] {
  if (!isItem(issued)) return elements('issued', textsOf(issued), ['publishedOn', 'startedOn', 'startsOn', 'createdOn'])
  const parts = issued['date-parts']
  const [first] = Array.isArray(parts) ? parts : []
  const numbers = Array.isArray(first) ? first.map(Number).filter((one) => Number.isInteger(one) && one > 0) : []
  const [year, ...rest] = numbers
  if (year === undefined)
    return elements('issued', textsOf(issued['literal'] ?? issued['raw']), ['publishedOn', 'startedOn'])
  const date = [year, ...rest.map((one) => String(one).padStart(2, '0'))].join('-')
  return [
    { name: 'issued', value: date, means: ['publishedOn', 'startedOn', 'startsOn', 'createdOn'], isSpare: true },
    { name: 'year', value: String(year), means: ['year'], isSpare: true },
  ]
}

function elementsOf(item: Item): Element[] {
  const id = item['citation-key'] ?? item['id']
  const rest = Object.entries(item).filter(([name]) => !left.has(name) && !name.startsWith('_'))
  return [
    ...elements('title', textsOf(item['title']), meansOf['title']),
    ...peopleIn(item),
    ...issuedIn(item),
    ...rest.flatMap(([name, value]) => (name === 'title' ? [] : elements(name, valuesOf(name, value), meansOf[name]))),
    ...elements('id', textsOf(id), ['#identifier']),
  ]
}

/** Kinds of publication as their vocabulary calls them. */
const publicationTypes: Record<string, string> = {
  'article-journal': 'article',
  'article-magazine': 'article',
  'article-newspaper': 'article',
  'paper-conference': 'conference-paper',
}

function valuesOf(name: string, value: unknown): string[] {
  const texts = textsOf(value)
  if (name === 'keyword') return texts.flatMap((text) => text.split(/\s*[,;]\s*/))
  return name === 'type' ? texts.map((text) => publicationTypes[text] ?? text) : texts
}

const types = new Set(
  'article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty webpage'.split(
    ' ',
  ),
)

/** Whether a list of objects is CSL-JSON. */
export const isCsl = (items: readonly unknown[]): boolean =>
  items.length > 0 &&
  items.every((item) => isItem(item) && item['@type'] === undefined && types.has(String(item['type']))) &&
  items.some((item) => isItem(item) && (isItem(item['issued']) || Array.isArray(item['author']) || 'title' in item))

export const cslTable = (
  items: readonly unknown[],
  format: 'csl-json' | 'bibtex' | 'ris' = 'csl-json',
): MetadataTable => tableOfEntries(format, items.filter(isItem).map(elementsOf))

/** BibLaTeX has all fields of BibTeX, and those that people add to it: keywords, abstract, language. */
const typeOf = { bibtex: '@biblatex/text', ris: '@ris/file' } as const

/** @throws Problem badSpreadsheet, with the line where it is known. */
export function readReferences(text: string, format: 'bibtex' | 'ris'): MetadataTable {
  let items: unknown[]
  try {
    // The type is given, so that nothing in the text is taken for an address to fetch.
    items = plugins.input.chain(text, { forceType: typeOf[format], generateGraph: false }) as unknown[]
  } catch (cause) {
    const line = Number(/line (\d+)/.exec((cause as Error).message)?.[1] ?? 0)
    throw new Problem('badSpreadsheet', { line }, { cause })
  }
  return cslTable(items, format)
}
