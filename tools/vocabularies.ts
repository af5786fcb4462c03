/** Makes the vocabularies that come from other people's code lists: `node tools/vocabularies.ts <data folder>`. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { readCountries, readRegions } from '#records/vocabularies/sources/world-areas.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import { readEnumeration } from '#codecs/xsd-enumeration/read-enumeration.ts'
import { licenceVocabulary } from './licence-vocabulary.ts'

type Term = Record<string, string | string[] | boolean>
export type Vocabulary = { title: Record<string, string>; source: Record<string, string>; terms: Record<string, Term> }

const worldSource = {
  name: 'country-codes (ISO 3166-1, UN M49), with names from Unicode CLDR',
  address: 'https://github.com/datasets/country-codes',
  revision: 'caa72d1e0e5a; unicode-org/cldr-json b08a82b582f1',
  licence: 'ODC-PDDL-1.0; Unicode-3.0',
}

async function countries(world: Folder): Promise<Vocabulary> {
  const terms = (await readCountries(world)).map(
    ({ code, names, alpha3, numeric, broader, groups }): [string, Term] => [
      code,
      {
        ...names,
        $alpha3: alpha3,
        ...(numeric && { $numeric: numeric }),
        $broader: broader,
        ...(groups.length > 0 && { $group: groups }),
      },
    ],
  )
  return {
    title: {
      en: 'Countries and areas',
      fr: 'Pays et zones',
      es: 'Países y zonas',
      ru: 'Страны и районы',
      zh: '国家和地区',
      ar: 'البلدان والمناطق',
    },
    source: worldSource,
    terms: Object.fromEntries(terms),
  }
}

async function regions(world: Folder): Promise<Vocabulary> {
  const terms = (await readRegions(world)).map(({ code, names, broader }): [string, Term] => [
    code,
    { ...names, ...(broader && { $broader: broader }) },
  ])
  return {
    title: {
      en: 'World regions (UN M49)',
      fr: 'Régions du monde (ONU M49)',
      es: 'Regiones del mundo (ONU M49)',
      ru: 'Регионы мира (ООН M49)',
      zh: '世界区域(联合国M49)',
      ar: 'مناطق العالم (الأمم المتحدة M49)',
    },
    source: worldSource,
    terms: Object.fromEntries(terms),
  }
}

async function subjects(data: Folder, tools: Folder): Promise<Vocabulary> {
  const labels = new Map(
    readCsv(await tools.text('isced-f-labels.csv')).map(({ cells: { code, ...words } }) => [code, words]),
  )
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
    title: {
      en: 'Subjects (ISCED-F 2013)',
      fr: 'Domaines d’études (CITE-F 2013)',
      es: 'Materias (CINE-F 2013)',
      ru: 'Области образования (МСКО-О 2013)',
      zh: '学科(国际教育标准分类2013)',
      ar: 'مجالات الدراسة (إسكد-ف 2013)',
    },
    source: {
      name: 'European Learning Model, ISCED-F 2013; other languages by this house',
      address: 'https://github.com/european-commission-empl/European-Learning-Model',
      revision: '9d7c5d220022',
      licence: 'EUPL-1.2',
    },
    terms,
  }
}

/** A plain object puts `10` before `00`, so the written order is made here. */
const render = ({ title, source, terms }: Vocabulary) => {
  const lines = Object.entries(terms)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, term]) => `    ${JSON.stringify(code)}: ${JSON.stringify(term)}`)
  return `{\n  "title": ${JSON.stringify(title)},\n  "source": ${JSON.stringify(source)},\n  "terms": {\n${lines.join(',\n')}\n  }\n}\n`
}

const data = await openFolder(process.argv[2] ?? '.')
const world = await openFolder(join(data.path, 'codelists-world'))
const tools = await openFolder(import.meta.dirname)
const made = {
  countries: await countries(world),
  regions: await regions(world),
  subjects: await subjects(data, tools),
  licences: await licenceVocabulary(data),
}
for (const [name, vocabulary] of Object.entries(made)) {
  const file = new URL(`../src/records/vocabularies/${name}.json`, import.meta.url)
  await writeFile(file, render(vocabulary))
}
