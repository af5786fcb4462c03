import { codeNamed, codeWritten } from '#records/vocabularies/names.ts'
import type { Folder } from '#kernel/folder.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import {
  namedOrganisations,
  sumsOfOrganisation,
  type NamedOrganisations,
} from '#records/sources/named-organisations.ts'
import { inOrder, known, oneLine, refuse, rowOf, rowsOfFiles, textIn, unique } from '#records/sources/row.ts'
import { isColumn, isNamed } from '#records/sources/recognise.ts'
import { webAddress, webAddresses } from '#records/sources/web-address.ts'
import { approachIds } from '../approach-ids.ts'
import approachesOfCases from './approaches-of-cases.json' with { type: 'json' }

const file = 'education-cases.csv'
const repository = 'https://github.com/ipsoeu/ips-explorer'
const revision = 'd725480dedab'

const stages: Record<string, string> = {
  'In development': 'prototype',
  Pilot: 'pilot',
  Implemented: 'established',
  'In production': 'established',
  'Not in use anymore': 'ended',
}
const extents: Record<string, string> = {
  Local: 'local',
  Regional: 'regional',
  National: 'national',
  'Across Countries': 'cross-border',
}
const organisationTypes: Record<string, string> = {
  'Central-Government': 'ministry',
  'Local Government': 'local-government',
  'Regional Government': 'local-government',
  'Academic-Research': 'research',
  'Private sector': 'company',
  Consortium: 'other',
}
const levels: Record<string, string[]> = {
  'Pre-primary and primary education.': ['0', '1'],
  'Secondary education.': ['2', '3'],
  'Post-secondary non-tertiary education.': ['4'],
  'Tertiary education.': ['5', '6', '7', '8'],
}
/** What a case does → what it is for, and the areas of the Declaration that it speaks to. */
const purposes: Record<string, { function: string; areas: string[] }> = {
  'Certification and validation processes': { function: 'recognition', areas: ['recognition', 'pathways'] },
  'Authentication of self-sovereign digital id services': {
    function: 'recognition',
    areas: ['recognition', 'cooperation'],
  },
  'Information analysis processes': { function: 'management', areas: ['monitoring'] },
  'Prediction and planning': { function: 'guidance', areas: ['monitoring', 'quality'] },
  'Service personalisation (various)': { function: 'teaching', areas: ['quality', 'online'] },
  'Service integration (various)': { function: 'content', areas: ['access', 'pathways'] },
  'Predictive enforcement processes': { function: 'assessment', areas: ['quality', 'monitoring'] },
  'Supporting inspection processes': { function: 'assessment', areas: ['quality'] },
  'Smart recognition processes': { function: 'management', areas: ['monitoring'] },
  'Internal primary processes': { function: 'management', areas: ['monitoring'] },
  'Engagement management': { function: 'community', areas: ['access', 'quality'] },
}

/** The source names no approach. Chosen by reading each case, only where what the approach is holds of it as a whole. */
const chosenApproaches: Readonly<Record<string, readonly string[]>> = approachesOfCases

function technologyOf(technology: string, type: string): string {
  if (technology === 'Blockchain') return 'blockchain'
  if (technology !== 'Artificial intelligence') return 'other'
  return type.startsWith('Service personalisation') ? 'ai-tutoring' : 'ai-analysis'
}

function countriesOf(cells: Record<string, string>, notes: Note[]) {
  const codes = (cells['geocoverage_codes'] ?? '')
    .split(/[,;/]/)
    .flatMap((code) => codeWritten('countries', code) ?? [])
  const names = (cells['geocoverage'] ?? '')
    .split(/[,;/]/)
    .map((name) => name.trim())
    .filter(Boolean)
  const places = names.filter((name) => !codeNamed('countries', name))
  for (const name of places) notes.push({ code: 'countryNotOne', values: { name } })
  return { countries: unique([...codes, ...names.flatMap((name) => codeNamed('countries', name) ?? [])]), places }
}

/** `2021.0` is a year that a spreadsheet took for a number. */
/** `Education n.e.c.` is all that is classified nowhere else: education. */
const sectorOf = (sector: string) =>
  sector
    .replace(/[,\s]*\bn\.?e\.?c\b\.?/i, '')
    .replace(/\.$/, '')
    .replace(/^R&d\b/, 'R&D')

function yearOf(text: string | undefined, notes: Note[]): string | undefined {
  const written = text?.trim() ?? ''
  const year = /^((?:19|20)\d\d)(?:\.0)?$/.exec(written)?.[1]
  if (written && !year) notes.push({ code: 'dateUnfit', values: { date: written.slice(0, 100) } })
  return year
}

function addressesOf(cell: string, notes: Note[]): string[] {
  const text = cell.replaceAll('\u00A0', ' ').trim()
  // One address with blanks inside, where a list of addresses would have several schemes.
  if (/^https?:\/\/\S+ [A-Z]/.test(text) && !/ https?:/.test(text)) {
    const mended = webAddress(encodeURI(text))
    if (mended) notes.push({ code: 'addressMended', values: { from: text, to: mended } })
    return mended ? [mended] : []
  }
  return webAddresses(text)
}

function leadOf(place: string, cells: Record<string, string>, countries: string[], organisations: NamedOrganisations) {
  const name = oneLine(cells['lead_organisation_name'] || cells['lead_organisation:name'])
  if (!name) return undefined
  const type =
    organisationTypes[cells['lead_organisation_category'] || cells['lead_organisation:category'] || ''] ?? 'other'
  const types = /universi|college|politecnico/i.test(name) ? ['university'] : [type]
  return organisations.add(place, name, { types, countries: countries.length === 1 ? countries : [] })
}

function toRow(place: string, cells: Record<string, string>, organisations: NamedOrganisations): Row {
  const title = oneLine(cells['name'])
  const id = cells['id']?.trim()
  if (!id || !title) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  const { countries, places } = countriesOf(cells, notes)
  const websites = addressesOf(cells['url'] ?? '', notes)
  const lead = leadOf(place, cells, countries, organisations)
  const type = cells['type'] ?? ''
  const status = cells['status'] ?? ''
  const purpose = purposes[type]
  const stage = stages[status]
  const crossBorder = cells['cross_border'] || (cells['geoextent'] === 'Across Countries' ? 'Yes' : '')
  if (!lead) notes.push({ code: 'organisationMissing' })
  if (!stage) notes.push({ code: 'statusUnknown', values: { status } })
  if (websites.length === 0) notes.push({ code: 'addressMissing' })
  const { start, end } = inOrder(yearOf(cells['start_date'], notes), yearOf(cells['end_date'], notes), notes)
  const keywords = unique([type, cells['technology'] ?? '', sectorOf(cells['secondary_sector'] ?? '')].filter(Boolean))

  const body = known({
    title: { en: title },
    originalLanguage: 'en',
    type: 'service',
    outcome: stage === 'ended' ? 'stopped' : undefined,
    stage: stage === 'established' && cells['geoextent'] === 'National' ? 'national' : stage,
    areas: unique([...(purpose?.areas ?? []), ...(crossBorder === 'Yes' ? ['cooperation'] : [])]),
    levels: levels[cells['secondary_sector'] ?? ''],
    technologies: [technologyOf(cells['technology'] ?? '', type)],
    approaches: approachIds(chosenApproaches[id]),
    functions: purpose && [purpose.function],
    countries,
    place: places.length > 0 ? { en: places.join(', ') } : undefined,
    geographicExtent: extents[cells['geoextent'] ?? ''],
    description: textIn('en', cells['description']),
    organisations: lead ? [{ organisation: lead, role: 'lead' }] : undefined,
    startedOn: start,
    endedOn: end,
    crossBorder: crossBorder === 'Yes' ? true : crossBorder === 'No' ? false : undefined,
    websites,
    keywords: keywords.length > 0 ? { en: keywords } : undefined,
    statusAtSource: status,
    // Its observatory wrote the texts; who ran what they tell of did not.
    credit: 'Innovative Public Services Observatory (European Commission Joint Research Centre)',
  })
  const url = websites[0] ?? repository
  return rowOf(place, { kind: 'practice', identifier: `${repository}#case/${id}`, url, body }, notes)
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const organisations = namedOrganisations(repository)
  yield* rowsOfFiles(folder, await folder.names(), (name, text) =>
    readCsv(text).map(({ line, cells }) => toRow(`${name}:${line}`, cells, organisations)),
  )
  yield* organisations.rows()
}

export const innovativePublicServices: Source = {
  name: 'innovative-public-services',
  title: 'Innovative public services in education',
  publisher: 'European Commission, Joint Research Centre, Innovative Public Services Observatory',
  kinds: ['practice', 'organisation'],
  folder: 'practices-innovative-public-services',
  source: {
    address: repository,
    revision,
    licence: 'https://spdx.org/licenses/EUPL-1.2',
    attribution: 'Innovative Public Services Observatory, European Commission Joint Research Centre, EUPL-1.2',
  },
  expects: 'CSV: id, name, geocoverage_codes, lead_organisation_name, …',
  recognise: (name, head) =>
    isNamed(name, file) || ['id', 'name', 'geoextent', 'geocoverage'].every((column) => isColumn(head, column))
      ? name
      : undefined,
  sums: { organisation: sumsOfOrganisation },
  read,
}
