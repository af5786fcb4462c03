/** Records in JSON: JSON Feed 1.1, schema.org as JSON-LD, Dublin Core, and objects of people’s own, a line each or in a list. */
import { plainText } from '#codecs/markdown-links/plain-text.ts'
import { cslTable, isCsl } from './csl.ts'
import { dublinCoreElement, elementsOfDublinCore } from './dublin-core.ts'
import { people, tableOfEntries, type Element, type MetadataFormat, type MetadataTable } from './metadata-table.ts'

type Item = Record<string, unknown>
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [plainText(value)]
    : typeof value === 'number' || typeof value === 'boolean'
      ? [String(value)]
      : []

/** `{ "a": { "b": 1 } }` is `a.b`; lists have a value on each line. */
function* flat(item: Item, above = ''): Generator<Element> {
  for (const [key, value] of Object.entries(item)) {
    const name = above + key
    for (const one of listOf(value))
      if (isItem(one)) yield* flat(one, `${name}.`)
      else for (const text of textsOf(one)) yield { name, value: text }
  }
}

const dublinCoreName = /^(?:dc|dcterms)[.:]([a-zA-Z]+)(?:[.:]([a-zA-Z]+))?/

/** `dc.title`, `dc:title`, and `dc.date.issued` as DSpace qualifies it. */
function* dublinCoreIn(name: string, value: unknown, language?: string): Generator<Element> {
  const [, element = '', qualifier = ''] = dublinCoreName.exec(name) ?? []
  const usual = qualifier === 'author' ? 'creator' : qualifier === 'iso' ? 'language' : qualifier
  const local = elementsOfDublinCore.has(usual) ? usual : element
  for (const one of listOf(value))
    if (isItem(one)) yield* dublinCoreIn(name, one['value'] ?? one['@value'] ?? one['#text'], languageIn(one))
    else for (const text of textsOf(one)) yield* dublinCoreElement(local, dayOf(text), language)
}

const languageIn = (item: Item): string | undefined => {
  const said = [item['language'], item['@language'], item['xml:lang'], item['lang']].find(
    (one) => typeof one === 'string',
  )
  return (said as string | undefined)?.replace('_', '-') || undefined
}

type Keyed = { key: string; value: unknown; language?: unknown }
const isKeyed = (one: unknown): one is Keyed => isItem(one) && typeof one['key'] === 'string' && 'value' in one

/** The envelope around elements, whatever it is called: an object of them, or a list of keys and values (DSpace 5 and 6). */
function dublinCoreOf(item: Item): Element[] | undefined {
  const own = Object.entries(item).filter(([name]) => dublinCoreName.test(name))
  if (own.length > 0) return own.flatMap(([name, value]) => [...dublinCoreIn(name, value)])
  for (const inner of Object.values(item)) {
    if (
      Array.isArray(inner) &&
      inner.length > 0 &&
      inner.every(isKeyed) &&
      inner.some(({ key }) => dublinCoreName.test(key))
    )
      return inner.flatMap((one) => [...dublinCoreIn(one.key, one.value, languageIn(one))])
    const found = isItem(inner) ? dublinCoreOf(inner) : undefined
    if (found) return found
  }
  return undefined
}

const feedMeans: Record<string, readonly string[]> = {
  title: ['title'],
  url: ['url', 'website', 'websites'],
  external_url: ['url'],
  id: ['#identifier'],
  summary: ['summary', 'description'],
  content_text: ['description', 'fullText'],
  content_html: ['description', 'fullText'],
  date_published: ['publishedOn', 'startedOn', 'happenedOn'],
  date_modified: ['modifiedOn'],
  language: ['languages'],
  tags: ['keywords'],
}

/** Times of day are of no use to a record. */
const dayOf = (value: string) => value.replace(/^(\d{4}-\d{2}-\d{2})T.*$/s, '$1')

const ofFeed = (item: Item): Element[] =>
  [...flat(item)].flatMap(({ name, value }) =>
    name === 'author.name' || name === 'authors.name'
      ? people('author', value)
      : { name, value: dayOf(value), means: feedMeans[name] ?? [] },
  )

const schemaMeans: Record<string, readonly string[]> = {
  name: ['title'],
  headline: ['title'],
  alternateName: ['otherNames'],
  abstract: ['summary', 'description'],
  description: ['description', 'summary'],
  url: ['url', 'website', 'websites'],
  '@id': ['#identifier'],
  identifier: ['identifiers'],
  publisher: ['publisher', 'provider'],
  provider: ['provider', 'publisher'],
  license: ['licence', 'licences', 'licenceAtSource'],
  inLanguage: ['languages'],
  keywords: ['keywords'],
  about: ['subjects', 'keywords'],
  educationalLevel: ['levels'],
  audience: ['audiences'],
  learningResourceType: ['type'],
  datePublished: ['publishedOn', 'startedOn', 'year'],
  dateCreated: ['createdOn', 'publishedOn'],
  dateModified: ['modifiedOn'],
  startDate: ['startedOn', 'startsOn'],
  endDate: ['endedOn', 'endsOn'],
  foundingDate: ['established'],
  encodingFormat: ['formats'],
  timeRequired: ['duration'],
  coursePrerequisites: ['prerequisites'],
  isAccessibleForFree: [],
}
const inLanguages = new Set(['name', 'headline', 'alternateName', 'abstract', 'description'])

/** Things of schema.org that are described, and not the page, the site or the breadcrumbs around them. */
const around = new Set(
  'WebSite WebPage BreadcrumbList ListItem ImageObject SearchAction EntryPoint Organization Person Place PostalAddress'.split(
    ' ',
  ),
)
const bare = (type: unknown) =>
  listOf(type).map((one) => String(one).replace(/^(https?:\/\/schema\.org\/|schema:)/, ''))

function* thingsIn(value: unknown): Generator<Item> {
  for (const one of listOf(value)) {
    if (!isItem(one)) continue
    if (one['@graph'] !== undefined) yield* thingsIn(one['@graph'])
    else if (bare(one['@type']).includes('ItemList')) yield* thingsIn(listOf(one['itemListElement']).map(itemOf))
    else if (one['@type'] !== undefined) yield one
  }
}
const itemOf = (entry: unknown) => (isItem(entry) ? (entry['item'] ?? entry) : entry)

/** A name, an address or a thing that has one of them. */
function saidOf(value: unknown, isLicence: boolean): string[] {
  if (!isItem(value)) return textsOf(value)
  const [first] = isLicence
    ? [value['@id'], value['url'], value['name']]
    : [value['name'], value['alternateName'], value['value'], value['@value'], value['url'], value['@id']].filter(
        Boolean,
      )
  return listOf(first).flatMap((one) => (isItem(one) ? textsOf(one['@value']) : textsOf(one)))
}

function ofSchema(thing: Item): Element[] {
  return Object.entries(thing).flatMap(([key, value]) => {
    const name = key.replace(/^(https?:\/\/schema\.org\/|schema:)/, '')
    if (name === '@context' || name === '@type') return []
    const means = schemaMeans[name] ?? []
    if (name === 'author' || name === 'creator')
      return listOf(value).flatMap((one) => saidOf(one, false).flatMap((text) => people(name, text)))
    return listOf(value).flatMap((one): Element[] => {
      const language = isItem(one) && typeof one['@language'] === 'string' ? one['@language'] : undefined
      const tag = language && inLanguages.has(name) ? ` (${language})` : ''
      return saidOf(one, name === 'license').map((text) => ({
        name: name + tag,
        value: dayOf(text),
        means: means.map((field) => field + tag),
      }))
    })
  })
}

/** Of a page all that it describes; what stands around it only where there is nothing else. */
export function schemaTable(values: readonly unknown[]): MetadataTable | undefined {
  const all = [...thingsIn(values)]
  const described = all.filter((thing) => !bare(thing['@type']).every((type) => around.has(type)))
  const things = described.length > 0 ? described : all.filter((thing) => bare(thing['@type']).includes('Organization'))
  return things.length > 0 ? tableOfEntries('schema-org', things.map(ofSchema)) : undefined
}

/** JSON-LD within a page of HTML. */
export function scriptsIn(html: string): string[] {
  const found = html.matchAll(/<script\b[^<>]{0,500}type\s*=\s*["']?application\/ld\+json["']?[^<>]{0,500}>/gi)
  return [...found].map(({ index, 0: tag }) => {
    const start = index + tag.length
    const end = html.toLowerCase().indexOf('</script', start)
    return html.slice(start, end < 0 ? undefined : end)
  })
}

/** What one JSON text holds, by its shape. */
export function jsonTable(value: unknown, format: MetadataFormat = 'json'): MetadataTable | undefined {
  if (isItem(value) && String(value['version']).startsWith('https://jsonfeed.org/version/'))
    return tableOfEntries('json-feed', listOf(value['items']).filter(isItem).map(ofFeed))
  const list = Array.isArray(value) ? value : listOf(isItem(value) ? (value['items'] ?? listIn(value) ?? value) : value)
  if (isCsl(list)) return cslTable(list)
  const schema = schemaTable(list.length === 1 && isItem(value) ? [value] : list)
  if (schema) return schema
  const items = list.filter(isItem)
  const entries = items.map(dublinCoreOf)
  if (entries.some((one) => one !== undefined))
    return tableOfEntries(
      'dublin-core',
      entries.filter((one) => one !== undefined),
    )
  return items.length > 0
    ? tableOfEntries(
        format,
        items.map((item) => [...flat(item)]),
      )
    : undefined
}

/** The one list of objects in an envelope: `{ "records": [ … ] }`. */
function listIn(value: Item): unknown[] | undefined {
  if (value['@type'] !== undefined || value['@graph'] !== undefined) return undefined
  const lists = Object.values(value).filter((one): one is unknown[] => Array.isArray(one) && one.some(isItem))
  return lists.length === 1 ? lists[0] : undefined
}
