/**
 * Data catalogues: DCAT 3 (W3C Recommendation, 22 August 2024) as JSON-LD, nested or as a graph, with prefixes or whole addresses,
 * and the `data.json` of Project Open Data. A context at an address is never fetched.
 */
import { identifierIn, localName, stated, type Stated, type Statement } from '#codecs/metadata/statement.ts'
import { isItem, listOf, textsIn, typesOf } from '#codecs/schema-org/read-schema-org.ts'

type Item = Record<string, unknown>

const terms: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'description',
  keyword: 'keyword',
  theme: 'subject',
  subject: 'subject',
  landingPage: 'identifier',
  identifier: 'identifier',
  license: 'license',
  rights: 'rights',
  language: 'language',
  publisher: 'publisher',
  creator: 'creator',
  contributor: 'contributor',
  issued: 'issued',
  created: 'created',
  audience: 'audience',
  educationLevel: 'educationLevel',
}
const byAddress = new Set(['landingPage', 'license', 'language', 'identifier'])

export type Catalogue = { title: string; datasets: Stated[]; next?: string }

/** Whether a value is a catalogue: it says so itself, or has the shape of `data.json`. */
export function isCatalogue(value: unknown): boolean {
  const all = nodesIn(value)
  return (
    all.some((item) =>
      typesOf(item).some(
        (type) => type === 'Catalog' || (type === 'Dataset' && 'distribution' in bare(item) && 'title' in bare(item)),
      ),
    ) ||
    (isItem(value) && /project-open-data/.test(String(value['conformsTo'])) && Array.isArray(value['dataset']))
  )
}

const bare = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name.startsWith('@') ? name : localName(name), value]),
  )
const idOf = (item: Item): string | undefined => {
  const said = item['@id'] ?? item['id']
  return typeof said === 'string' ? said : undefined
}

/** Items at any place of the document; a catalogue nests no deeper than its records. */
function nodesIn(value: unknown, depth = 0): Item[] {
  if (depth > 8) return []
  return listOf(value).flatMap((one) => {
    if (!isItem(one)) return []
    return [one, ...Object.values(one).flatMap((inner) => (typeof inner === 'object' ? nodesIn(inner, depth + 1) : []))]
  })
}

/** @param address where the document came from */
export function readCatalogue(value: unknown, address: string): Catalogue {
  const all = nodesIn(value)
  const known = new Map<string, Item>()
  for (const item of all) {
    const id = idOf(item)
    // A mention has nothing but its address.
    if (id && Object.keys(item).length > Object.keys(known.get(id) ?? {}).length) known.set(id, item)
  }
  const whole = (item: unknown): unknown =>
    isItem(item) ? (known.get(idOf(item) ?? '') ?? item) : typeof item === 'string' ? (known.get(item) ?? item) : item
  const isOpenData = isItem(value) && Array.isArray(value['dataset'])
  const found = isOpenData
    ? (value['dataset'] as unknown[]).filter(isItem)
    : all.filter((item) => typesOf(item).includes('Dataset'))
  const datasets = new Map<string, Stated>()
  found.forEach((item, n) => {
    const dataset = bare(whole(item) as Item)
    if (Object.keys(dataset).length < 2) return
    const own = idOf(dataset) ?? [...textsIn(dataset['identifier'])][0]?.text
    const identifier =
      identifierIn(own?.startsWith('_:') ? undefined : own, address) ?? identifierIn(`#${n + 1}`, address)!
    datasets.set(identifier, {
      identifier,
      bytes: JSON.stringify(dataset, null, 2),
      statements: statementsOf(dataset, whole, own),
    })
  })
  const catalogue = all.find((item) => typesOf(item).includes('Catalog')) ?? (isItem(value) ? value : {})
  const view = all
    .map(bare)
    .find((item) => typeof item['next'] === 'string' || isItem(item['next']) || item['nextPage'])
  const next = view && [...textsIn(view['next'] ?? view['nextPage'], ['@id', 'id', 'url'])][0]?.text
  return {
    title: [...textsIn(bare(catalogue)['title'])][0]?.text ?? '',
    datasets: [...datasets.values()],
    ...(next && URL.canParse(next, address) && { next: new URL(next, address).href }),
  }
}

/** One dataset alone, as it was kept when it was refused. */
export const readDataset = (value: Item, address: string): Stated =>
  readCatalogue({ '@type': 'Catalog', dataset: [value] }, address).datasets[0] ?? {
    identifier: address,
    bytes: JSON.stringify(value, null, 2),
    statements: [],
  }

function statementsOf(dataset: Item, whole: (item: unknown) => unknown, own: string | undefined): Statement[] {
  const said = Object.entries(dataset).flatMap(([name, value]): Statement[] => {
    const term = terms[name]
    if (!term) return []
    const prefers = byAddress.has(name) ? ['@id', 'id', 'url'] : ['prefLabel', 'label', 'name', 'title']
    return listOf(value).flatMap((one) =>
      [...textsIn(whole(one), prefers)].flatMap(({ text, language }) =>
        stated(term, term === 'language' ? localName(text) || text : text, language),
      ),
    )
  })
  const distributions = listOf(dataset['distribution']).map(whole).filter(isItem).map(bare)
  const ofDistributions = distributions.flatMap((one) => [
    ...[...textsIn(one['mediaType'] ?? one['format'], ['prefLabel', 'label', '@id'])].flatMap(({ text }) =>
      stated(
        'format',
        text.replace(
          /^https?:\/\/(?:www\.)?iana\.org\/assignments\/media-types\/|^https?:\/\/publications\.europa\.eu\/resource\/authority\/file-type\//,
          '',
        ),
      ),
    ),
    ...(said.some(({ term }) => term === 'license')
      ? []
      : [...textsIn(one['license'], ['@id', 'id', 'url'])].flatMap(({ text }) => stated('license', text))),
  ])
  const addresses = [
    ...said.filter(({ term }) => term === 'identifier'),
    ...stated('identifier', /^https?:|^urn:/.test(own ?? '') ? own : undefined),
    ...distributions.flatMap((one) =>
      [...textsIn(one['accessURL'] ?? one['downloadURL'], ['@id', 'id', 'url'])].flatMap(({ text }) =>
        stated('identifier', text),
      ),
    ),
  ]
  return [
    ...said.filter(({ term }) => term !== 'identifier'),
    ...ofDistributions,
    ...addresses,
    { term: 'schemaType', text: 'Dataset' },
  ]
}
