import { codeWritten } from '#records/vocabularies/names.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { idOf } from '#records/identifier.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { fieldsOf, known, list, oneLine, refuse, rowOf, rowsOfLines, unique, words } from '#records/sources/row.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { keptAs } from '#records/sources/same-organisations.ts'
import { webAddress } from '#records/sources/web-address.ts'

const file = 'ror-education-government.jsonl'
const relationsKept = 200

const types: Record<string, string> = {
  education: 'education',
  government: 'government',
  facility: 'research',
  nonprofit: 'ngo',
  healthcare: 'other',
  company: 'company',
  archive: 'library',
  other: 'other',
}
const relations: Record<string, string> = {
  parent: 'parent',
  child: 'child',
  related: 'related',
  successor: 'successor',
  predecessor: 'predecessor',
}
const statuses = new Set(['active', 'inactive', 'withdrawn'])

const namesMinistry =
  /\b(ministry|minist[eè]re|ministerio|minist[eé]rio|ministero|ministerium|ministerstvo|ministarstvo)\b|министерство|وزارة|部$/i
const namesUniversity = /universi|university college|hochschule|polytechnic|politec|大学|جامعة|université/i

type Name = { value: string; tag: string; types: string[] }

function namesOf(record: Record<string, unknown>): Name[] {
  return list(record['names'])
    .map(fieldsOf)
    .flatMap((name) => {
      const value = oneLine(words(name['value']))
      const tag = languageTag(words(name['lang']) || 'und')
      return value ? [{ value, tag: isLanguageTag(tag) ? tag : 'und', types: list(name['types']).map(words) }] : []
    })
}

/** One name a language for the title, the displayed one first; every further name is another name. */
function titlesOf(names: Name[]) {
  const ordered = names.toSorted(
    (a, b) => Number(b.types.includes('ror_display')) - Number(a.types.includes('ror_display')),
  )
  const title: Record<string, string> = {}
  const others: Record<string, string[]> = {}
  for (const { value, tag, types: uses } of ordered) {
    if ((uses.includes('ror_display') || uses.includes('label')) && !title[tag]) title[tag] = value
    else if (title[tag] !== value) others[tag] = unique([...(others[tag] ?? []), value.slice(0, 500)])
  }
  return { title, others, first: ordered[0] }
}

const schemes: Record<string, (value: string) => string> = {
  isni: (value) => `https://isni.org/isni/${value.replaceAll(' ', '')}`,
  wikidata: (value) => `https://www.wikidata.org/entity/${value}`,
  grid: (value) => value,
  fundref: (value) => `https://doi.org/10.13039/${value}`,
}

const identifiersOf = (id: string, record: Record<string, unknown>) =>
  unique([
    id,
    ...list(record['external_ids'])
      .map(fieldsOf)
      .flatMap((external) => {
        const scheme = schemes[words(external['type'])]
        return scheme ? list(external['all']).map(words).filter(Boolean).map(scheme) : []
      }),
  ])

function relatedOf(record: Record<string, unknown>, notes: Note[]) {
  const all = list(record['relationships'])
    .map(fieldsOf)
    .flatMap((other) => {
      const relation = relations[words(other['type'])]
      const id = words(other['id'])
      return relation && id ? [{ organisation: idOf(keptAs(id)), relation }] : []
    })
  if (all.length > relationsKept)
    notes.push({ code: 'relationsCut', values: { count: all.length, kept: relationsKept } })
  return [...new Map(all.map((one) => [`${one.organisation} ${one.relation}`, one])).values()].slice(0, relationsKept)
}

const within = (limit: number, degrees: unknown) =>
  typeof degrees === 'number' && Math.abs(degrees) <= limit ? degrees : undefined

function placeOf(record: Record<string, unknown>) {
  const locations = list(record['locations']).map((location) => fieldsOf(fieldsOf(location)['geonames_details']))
  const [first = {}] = locations
  const [latitude, longitude] = [within(90, first['lat']), within(180, first['lng'])]
  return {
    countries: unique(locations.flatMap((location) => codeWritten('countries', words(location['country_code'])) ?? [])),
    city: words(first['name']).slice(0, 300),
    coordinates: latitude === undefined || longitude === undefined ? undefined : { latitude, longitude },
  }
}

function typesOf(record: Record<string, unknown>, names: Name[]) {
  const given = list(record['types']).flatMap((type) => types[words(type)] ?? [])
  const told = names.map(({ value }) => value)
  return unique([
    ...(given.includes('government') && told.some((name) => namesMinistry.test(name)) ? ['ministry'] : []),
    ...(given.includes('education') && told.some((name) => namesUniversity.test(name)) ? ['university'] : []),
    ...given,
  ])
}

function toRow(place: string, line: string): Row {
  const record = fieldsOf(parseJson(line, { bytes: 4 * 1024 * 1024 }))
  const id = words(record['id'])
  const names = namesOf(record)
  const { title, others, first } = titlesOf(names)
  if (!/^https:\/\/ror\.org\/\w+$/.test(id)) return refuse(place, 'identifierUnfit', { value: id.slice(0, 100) })
  if (!first || Object.keys(title).length === 0) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  const unstated = names.filter(({ tag }) => tag === 'und').length
  const status = words(record['status'])
  if (unstated > 0) notes.push({ code: 'languageOfNameUnstated', values: { count: unstated } })
  if (status !== 'active') notes.push({ code: 'statusNotActive', values: { status } })
  const established = record['established']
  const websites = list(record['links'])
    .map(fieldsOf)
    .filter((link) => link['type'] === 'website')
    .flatMap((link) => webAddress(words(link['value'])) ?? [])

  const body = known({
    title,
    originalLanguage: first.tag,
    otherNames: others,
    types: typesOf(record, names),
    ...placeOf(record),
    established:
      typeof established === 'number' && established >= 1000 && established <= 2200 ? established : undefined,
    status: statuses.has(status) ? status : undefined,
    websites: unique(websites),
    identifiers: identifiersOf(id, record),
    related: relatedOf(record, notes),
  })
  return rowOf(place, { kind: 'organisation', identifier: id, url: id, body }, notes)
}

/** The registry has some twice, and some that another collection describes. */
const isKept = (row: Row) => 'refused' in row || keptAs(row.record.identifier) === row.record.identifier

export const ror: Source = {
  name: 'ror',
  title: 'Education and government organisations of the Research Organization Registry',
  publisher: 'Research Organization Registry (ROR)',
  kinds: ['organisation'],
  folder: 'partners-ror',
  source: {
    address: 'https://github.com/ror-community/ror-records',
    revision: 'd93fc667872f',
    licence: 'https://spdx.org/licenses/MIT',
    attribution: 'Research Organization Registry, https://ror.org',
  },
  expects: 'JSON Lines: {"id": "https://ror.org/…", …}',
  recognise: (name, head) =>
    isNamed(name, file) || (head.startsWith('{') && /"id"\s*:\s*"https:\\?\/\\?\/ror\.org\\?\//.test(head))
      ? name
      : undefined,
  async *read(folder) {
    for (const name of await folder.names())
      for await (const row of rowsOfLines(folder, name, toRow)) if (isKept(row)) yield row
  },
}
