import { codeNamed, codeWritten } from '#records/vocabularies/names.ts'
import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import {
  namedOrganisations,
  sumsOfOrganisation,
  type NamedOrganisations,
} from '#records/sources/named-organisations.ts'
import { known, oneLine, paragraphs, refuse, rowOf, rowsOfFiles, slug, unique } from '#records/sources/row.ts'
import { webAddress, webAddresses } from '#records/sources/web-address.ts'
import { isColumn, isNamed } from '#records/sources/recognise.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import { guessLanguage, languagesOf, levelsAndAudiences, licenceOf, subjectsOf } from './platform-values.ts'

const file = 'oer-repositories.csv'
const repository = 'https://github.com/hbz/oerworldmap'
const base = `${repository}/tree/master/import/OERRepositories`

type Cells = Record<string, string>

function countryOf(written: string, notes: Note[]): string | undefined {
  const text = written.trim()
  if (!text) return undefined
  const code = codeWritten('countries', text) ?? codeNamed('countries', text)
  if (code) return code
  // `United KiGBngdom`: a code was typed into a name.
  const inside = codeWritten('countries', /[a-z]([A-Z]{2})[a-z]/.exec(text)?.[1] ?? '')
  notes.push(
    inside
      ? { code: 'countryMended', values: { from: text, to: inside } }
      : { code: 'countryNotOne', values: { name: text } },
  )
  return inside
}

function providerOf(
  place: string,
  cells: Cells,
  prefix: 'Provider' | 'Provider2',
  organisations: NamedOrganisations,
  notes: Note[],
): { id?: string; country: string | undefined } {
  const written = paragraphs(cells[`${prefix}_Name`]).trim()
  const country = countryOf(cells[`${prefix}_AddressCountry`] ?? '', notes)
  if (!/\p{L}/u.test(written)) return { country }
  const [firstLine = ''] = written.split('\n')
  // A cell that tells what the provider does, after its name.
  const name = oneLine(firstLine.length > 100 ? firstLine.split(', ')[0] : firstLine)
  const rest = written.slice(written.indexOf(name) + name.length).replace(/^[\s,]+/, '')
  if (rest.length > 60) notes.push({ code: 'nameShortened', values: { name } })
  const about = paragraphs([cells[`${prefix}_Description`], rest.length > 60 ? rest : ''].filter(Boolean).join('\n\n'))
  const address = webAddress(cells[`${prefix}_URL`])
  const id = organisations.add(place, name, {
    websites: address && !/\.(png|jpe?g|gif|svg)$/i.test(address) ? [address] : [],
    countries: country ? [country] : [],
    city: oneLine(cells[`${prefix}_AddressCity`]).slice(0, 300),
    otherNames: (cells[`${prefix}_AlternateName`] ?? '').split('\n').map(oneLine).filter(Boolean),
    ...(about && { description: { language: guessLanguage(about), text: about } }),
  })
  return { id, country }
}

function toRow(place: string, cells: Cells, organisations: NamedOrganisations): Row {
  const title = oneLine(cells['Name'])
  if (Object.values(cells).every((cell) => !cell.trim())) return refuse(place, 'emptyRow')
  // The name is what tells platforms apart.
  if (!slug(title)) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  const description = paragraphs(cells['Description'])
  const language = description ? guessLanguage(description) : 'en'
  if (description) notes.push({ code: 'languageUnstated', values: { language } })
  const url = webAddress(cells['URL'])
  if (!url) notes.push({ code: 'addressMissing' })
  const providers = (['Provider', 'Provider2'] as const).map((prefix) =>
    providerOf(place, cells, prefix, organisations, notes),
  )
  const otherNames = unique((cells['AlternateName'] ?? '').split('\n').map(oneLine).filter(Boolean))
  const started = Number(cells['startDate'])

  const body = known({
    title: { [language]: title },
    originalLanguage: language,
    description: description ? { [language]: description } : undefined,
    otherNames: otherNames.length > 0 ? { und: otherNames } : undefined,
    url,
    otherAddresses: webAddresses(cells['sameAs (Twitter, FB etc.)']),
    providers: unique(providers.flatMap(({ id }) => id ?? [])),
    languages: languagesOf(cells['Language(s)'] ?? '', notes),
    ...levelsAndAudiences(cells['Audience'] ?? '', notes),
    subjects: subjectsOf(cells['Topic'] ?? '', notes),
    countries: unique(providers.flatMap(({ country }) => country ?? [])),
    licence: licenceOf(cells['license(s)'] ?? '', notes),
    licenceAtSource: oneLine(cells['license(s)']).slice(0, 1_000),
    openness: oneLine(cells['openness']).slice(0, 300),
    since: started >= 1000 && started <= 2200 ? started : undefined,
    areas: ['access', 'open'],
  })
  return rowOf(
    place,
    { kind: 'platform', identifier: `${base}#platform/${slug(title)}`, ...(url && { url }), body },
    notes,
  )
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const organisations = namedOrganisations(base)
  yield* rowsOfFiles(folder, await folder.names(), (name, text) =>
    readCsv(text).map(({ line, cells }) => toRow(`${name}:${line}`, cells, organisations)),
  )
  yield* organisations.rows()
}

export const oerPlatforms: Source = {
  name: 'oer-platforms',
  title: 'Platforms of open educational resources',
  publisher: 'OER World Map, hbz',
  kinds: ['platform', 'organisation'],
  folder: 'partners-oer-repositories',
  source: {
    address: repository,
    revision: 'd50be6b209b5',
    licence: 'https://spdx.org/licenses/Apache-2.0',
    attribution: 'OER World Map, North Rhine-Westphalian Library Service Centre (hbz), Apache-2.0',
  },
  expects: 'CSV: Name, Language(s), license(s), Provider_Name, …',
  recognise: (name, head) =>
    isNamed(name, file) || ['Name', 'license(s)', 'Provider_Name'].every((column) => isColumn(head, column))
      ? name
      : undefined,
  sums: { organisation: sumsOfOrganisation },
  read,
}
