/** Makes the vocabularies that come from other people's code lists: `node tools/vocabularies.ts <data folder>`. */
import { writeFile } from 'node:fs/promises'
import { openFolder, type Folder } from '#core/disk.ts'
import { parseJson } from '#core/gate.ts'
import { readCsv } from '#standards/csv/read-csv.ts'
import { readEnumeration } from '#standards/xsd-enumeration/read-enumeration.ts'
import { licenceVocabulary } from './licence-vocabulary.ts'

type Term = Record<string, string | string[] | boolean>
export type Vocabulary = { title: Record<string, string>; source: Record<string, string>; terms: Record<string, Term> }

const unLanguages = { en: 'en', fr: 'fr', es: 'es', ru: 'ru', zh: 'cn', ar: 'ar' } as const
const furtherLanguages = ['am', 'bn', 'ha', 'hi', 'pt', 'sw', 'ur']

const worldSource = {
  name: 'country-codes (ISO 3166-1, UN M49), with names from Unicode CLDR',
  address: 'https://github.com/datasets/country-codes',
  revision: 'caa72d1e0e5a; unicode-org/cldr-json b08a82b582f1',
  licence: 'ODC-PDDL-1.0; Unicode-3.0',
}

async function territoryNames(data: Folder, language: string): Promise<Record<string, string>> {
  const file = parseJson(await data.text(`codelists-world/cldr/main/${language}/territories.json`)) as {
    main: Record<string, { localeDisplayNames: { territories: Record<string, string> } }>
  }
  return file.main[language]!.localeDisplayNames.territories
}

async function countries(data: Folder): Promise<Vocabulary> {
  const cldr = new Map<string, Record<string, string>>()
  for (const language of [...Object.keys(unLanguages), ...furtherLanguages]) cldr.set(language, await territoryNames(data, language))
  const rows = readCsv(await data.text('codelists-world/country-codes/country-codes.csv'))
  const terms: Record<string, Term> = {}
  for (const { cells } of rows) {
    const code = cells['ISO3166-1-Alpha-2']!
    const term: Term = {}
    for (const [language, names] of cldr) {
      const official = cells[`official_name_${unLanguages[language as keyof typeof unLanguages]}`]?.trim()
      const name = official || names[code]
      if (name) term[language] = name
    }
    const broader = cells['Intermediate Region Code'] || cells['Sub-region Code']
    const groups = ['LDC', 'LLDC', 'SIDS'].filter((group) => Object.entries(cells).some(([key, value]) => key.endsWith(`(${group})`) && value === 'x'))
    terms[code] = {
      ...term,
      $alpha3: cells['ISO3166-1-Alpha-3']!,
      $numeric: cells['M49']!.padStart(3, '0'),
      $broader: broader ? broader.padStart(3, '0') : '001',
      ...(groups.length > 0 && { $group: groups }),
    }
  }
  // ISO 3166 leaves XK to users; data about education carry it, and CLDR names it.
  terms['XK'] = { ...Object.fromEntries([...cldr].map(([language, names]) => [language, names['XK']!])), $alpha3: 'XKX', $broader: '039' }
  return {
    title: { en: 'Countries and areas', fr: 'Pays et zones', es: 'Países y zonas', ru: 'Страны и районы', zh: '国家和地区', ar: 'البلدان والمناطق' },
    source: worldSource,
    terms: sorted(terms),
  }
}

async function regions(data: Folder): Promise<Vocabulary> {
  const terms: Record<string, Term> = {}
  const levels = ['Global', 'Region', 'Sub-region', 'Intermediate Region']
  for (const [language, suffix] of Object.entries(unLanguages)) {
    for (const { cells } of readCsv(await data.text(`codelists-world/country-codes/UNSD-M49-${suffix}.csv`))) {
      let broader: string | undefined
      for (const level of levels) {
        const code = cells[`${level} Code`]
        const name = cells[`${level} Name`]
        if (!code || !name) continue
        const term = (terms[code] ??= broader ? { $broader: broader } : {})
        term[language] ??= name
        broader = code
      }
    }
  }
  const ordered = Object.entries(terms).map(([code, { $broader, ...names }]) => [code, { ...names, ...($broader && { $broader }) }] as const)
  return {
    title: { en: 'World regions (UN M49)', fr: 'Régions du monde (ONU M49)', es: 'Regiones del mundo (ONU M49)', ru: 'Регионы мира (ООН M49)', zh: '世界区域(联合国M49)', ar: 'مناطق العالم (الأمم المتحدة M49)' },
    source: worldSource,
    terms: sorted(Object.fromEntries(ordered)),
  }
}

async function subjects(data: Folder, tools: Folder): Promise<Vocabulary> {
  const labels = new Map(readCsv(await tools.text('isced-f-labels.csv')).map(({ cells: { code, ...words } }) => [code, words]))
  const terms: Record<string, Term> = {}
  for (const { value, label } of readEnumeration(await data.text('codelists-education/elm/isced-f.xsd'))) {
    const code = value.replace(/^.*\//, '')
    terms[code] = {
      en: label!,
      ...labels.get(code),
      ...(code.length > 2 && { $broader: code.slice(0, -1) }),
      $uri: value,
    }
  }
  return {
    title: { en: 'Subjects (ISCED-F 2013)', fr: 'Domaines d’études (CITE-F 2013)', es: 'Materias (CINE-F 2013)', ru: 'Области образования (МСКО-О 2013)', zh: '学科(国际教育标准分类2013)', ar: 'مجالات الدراسة (إسكد-ف 2013)' },
    source: {
      name: 'European Learning Model, ISCED-F 2013; other languages by this house',
      address: 'https://github.com/european-commission-empl/European-Learning-Model',
      revision: '9d7c5d220022',
      licence: 'EUPL-1.2',
    },
    terms: sorted(terms),
  }
}

/** A plain object puts `10` before `00`; readers sort as they need, so only the written order matters. */
const sorted = (terms: Record<string, Term>) => Object.fromEntries(Object.entries(terms).sort(([a], [b]) => (a < b ? -1 : 1)))

const render = ({ title, source, terms }: Vocabulary) => {
  const lines = Object.entries(terms)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, term]) => `    ${JSON.stringify(code)}: ${JSON.stringify(term)}`)
  return `{\n  "title": ${JSON.stringify(title)},\n  "source": ${JSON.stringify(source)},\n  "terms": {\n${lines.join(',\n')}\n  }\n}\n`
}

const data = await openFolder(process.argv[2] ?? '.')
const tools = await openFolder(import.meta.dirname)
const made = {
  countries: await countries(data),
  regions: await regions(data),
  subjects: await subjects(data, tools),
  licences: await licenceVocabulary(data),
}
for (const [name, vocabulary] of Object.entries(made)) {
  const file = new URL(`../src/house/vocabularies/${name}.json`, import.meta.url)
  await writeFile(file, render(vocabulary))
}
