import { codeNamed } from '#records/vocabularies/names.ts'
import type { Folder } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import {
  namedOrganisations,
  sumsOfOrganisation,
  type NamedOrganisations,
} from '#records/sources/named-organisations.ts'
import {
  fieldsOf,
  known,
  list,
  malformedFile,
  oneLine,
  refuse,
  rowOf,
  textIn,
  unique,
  words,
} from '#records/sources/row.ts'
import { laidOut } from '#records/sources/recognise.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { countriesOf, documentationOf, nomineeIndicators, reviewedIndicators } from './dpg-standard.ts'

const repository = 'https://github.com/DPGAlliance/publicgoods-candidates'
const revision = 'a1d99f08b175'

const types: Record<string, string> = {
  software: 'software',
  content: 'content',
  data: 'data',
  aimodel: 'ai-model',
  standard: 'standard',
}
const roles: Record<string, string> = { owner: 'owner', funder: 'funder', maintainer: 'implementer' }

type Entry = { file: string; fields: Record<string, unknown>; answers?: Record<string, unknown> }

function goalsOf(fields: Record<string, unknown>) {
  const goals = list(fields['SDGs'])
    .map(fieldsOf)
    .flatMap((goal) => {
      const number = String(goal['SDGNumber'])
      if (!/^([1-9]|1[0-7])$/.test(number)) return []
      return [
        known({
          goal: number,
          evidence: textIn('en', words(goal['evidenceText'])),
          address: webAddress(words(goal['evidenceURL'])),
        }),
      ]
    })
  return [...new Map(goals.map((goal) => [JSON.stringify(goal), goal])).values()]
}

function licencesOf(fields: Record<string, unknown>, notes: Note[]) {
  const written = list(fields['license']).map(fieldsOf)
  const codes = written.flatMap((licence) => {
    const name = words(licence['spdx'])
    const code = codeNamed('licences', name)
    if (!code) notes.push({ code: 'licenceUnknown', values: { licence: name } })
    return code ?? []
  })
  return {
    codes: unique(codes),
    names: written.map((licence) => words(licence['spdx'])).filter(Boolean),
    addresses: written.flatMap((licence) => webAddress(words(licence['licenseURL'])) ?? []),
  }
}

function codesOf(names: string[], notes: Note[]): string[] {
  return unique(
    names.flatMap((name) => {
      const code = codeNamed('countries', name)
      if (!code) notes.push({ code: 'countryUnknown', values: { name } })
      return code ?? []
    }),
  )
}

function statusOf(file: string, fields: Record<string, unknown>): string {
  if (file.startsWith('archive/')) return 'archived'
  return words(fields['stage']) === 'DPG' ? 'reviewed' : 'nominee'
}

function ownersOf(file: string, fields: Record<string, unknown>, organisations: NamedOrganisations) {
  const owners = list(fields['organizations'])
    .map(fieldsOf)
    .flatMap((organisation) => {
      const name = oneLine(words(organisation['name']))
      if (!name) return []
      const website = webAddress(words(organisation['website']))
      return [
        {
          organisation: organisations.add(file, name, { websites: website ? [website] : [] }),
          role: roles[words(organisation['org_type'])] ?? 'partner',
        },
      ]
    })
  return [...new Map(owners.map((owner) => [`${owner.organisation} ${owner.role}`, owner])).values()]
}

function toRow(
  { file, fields, answers }: Entry,
  sameName: string | undefined,
  organisations: NamedOrganisations,
  told: Told,
): Row {
  const title = oneLine(words(fields['name']))
  if (!title) return refuse(file, 'titleMissing')

  const notes: Note[] = []
  const licences = licencesOf(fields, notes)
  const goals = goalsOf(fields)
  const status = statusOf(file, fields)
  const website = words(fields['website'])
  const aliases = unique(
    list(fields['aliases'])
      .map((alias) => oneLine(words(alias)))
      .filter(Boolean),
  )
  if (sameName) notes.push({ code: 'nameTwice', values: { other: sameName } })
  if (status === 'reviewed' && !answers) notes.push({ code: 'answersMissing' })
  if (website && !webAddress(website)) notes.push({ code: 'addressUnfit', values: { address: website } })

  const body = known({
    title: { en: title },
    originalLanguage: 'en',
    description: textIn('en', words(fields['description'])),
    otherNames: aliases.length > 0 ? { en: aliases } : undefined,
    types: unique(list(fields['type']).flatMap((type) => types[words(type)] ?? [])),
    status,
    website: webAddress(website),
    repositories: unique(
      list(fields['repositories']).flatMap((entry) => webAddress(words(fieldsOf(entry)['url'])) ?? []),
    ),
    documentation: answers && documentationOf(answers),
    licences: licences.codes,
    owners: ownersOf(file, fields, organisations),
    sdgs: goals,
    countries: answers && codesOf(countriesOf(answers, 'deploymentCountries'), notes),
    developedIn: answers && codesOf(countriesOf(answers, 'developmentCountries'), notes),
    indicators: [
      ...nomineeIndicators(licences.addresses, licences.names, goals.length),
      ...(answers ? reviewedIndicators(answers) : []),
    ],
    areas: ['open'],
  })
  const { baseAddress = repository } = told
  const identifier = `${baseAddress}/blob/main/${file}`
  const url = baseAddress === repository ? `${repository}/blob/${revision}/${file}` : identifier
  return rowOf(file, { kind: 'solution', identifier, url, body }, notes)
}

async function readEntry(folder: Folder, file: string, names: Set<string>): Promise<Entry | Row> {
  try {
    const detail = `digitalpublicgoods/${file.replace(/^.*\//, '')}`
    const fields = fieldsOf(parseJson(await folder.text(file)))
    // Answers belong to the good that was reviewed, not to an archived nomination of the same name.
    const answers =
      names.has(detail) && !file.startsWith('archive/') ? fieldsOf(parseJson(await folder.text(detail))) : undefined
    return { file, fields, ...(answers && { answers }) }
  } catch (error) {
    return { place: file, refused: malformedFile(error) }
  }
}

/** A nomination, wherever it lies, and the answers to it. */
function recognise(name: string, head: string): string | undefined {
  if (!name.endsWith('.json')) return undefined
  const path = laidOut(name, /(?:nominees|archive|digitalpublicgoods)\/[^/]+\.json/)
  if (path) return path
  if (!head.startsWith('{') || head.includes('"$schema"')) return undefined
  const file = name.replace(/^.*\//, '')
  if (/"SDGs"\s*:/.test(head) && /"license"\s*:/.test(head)) return `nominees/${file}`
  return /"clearOwnership"\s*:/.test(head) ? `digitalpublicgoods/${file}` : undefined
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  const names = await folder.names()
  const all = new Set(names)
  const entries = await Promise.all(
    names.filter((name) => /^(nominees|archive)\/.*\.json$/.test(name)).map((name) => readEntry(folder, name, all)),
  )
  const byName = Map.groupBy(
    entries.filter((entry) => 'file' in entry),
    ({ fields }) => words(fields['name']),
  )
  const organisations = namedOrganisations(told.baseAddress ?? repository)
  for (const entry of entries) {
    if (!('file' in entry)) yield entry
    else
      yield toRow(
        entry,
        byName.get(words(entry.fields['name']))?.find(({ file }) => file !== entry.file)?.file,
        organisations,
        told,
      )
  }
  yield* organisations.rows()
}

export const digitalPublicGoods: Source = {
  name: 'digital-public-goods',
  title: 'Digital public goods and nominees for education',
  publisher: 'Digital Public Goods Alliance',
  kinds: ['solution', 'organisation'],
  folder: 'solutions-digital-public-goods',
  source: {
    address: repository,
    revision,
    licence: 'https://spdx.org/licenses/Unlicense',
    attribution: 'Digital Public Goods Alliance and the nominees, Unlicense',
  },
  expects: 'JSON: {"name": …, "license": …, "SDGs": …}',
  recognise,
  // A nominee without its answers takes nothing from what answers said.
  sums: { organisation: sumsOfOrganisation, solution: { indicators: { by: 'indicator' } } },
  read,
}
