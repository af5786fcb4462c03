import type { Folder } from '#kernel/folder.ts'
import { laidOut } from '../../sources/recognise.ts'
import type { Source, Row } from '../../sources/source.ts'
import { conceptRow, vocabularyRow } from './concept-rows.ts'
import { refuse } from '../../sources/row.ts'
import { readCountries, readRegions } from './world-areas.ts'

const file = 'country-codes/country-codes.csv'
const base = 'https://unstats.un.org/unsd/methodology/m49'
const uriOf = (code: string) => `${base}/#${code}`

async function* read(folder: Folder): AsyncGenerator<Row> {
  yield vocabularyRow(file, {
    uri: `${base}/`,
    title: {
      en: 'Countries and regions (UN M49, ISO 3166)',
      fr: 'Pays et régions (ONU M49, ISO 3166)',
      es: 'Países y regiones (ONU M49, ISO 3166)',
      ru: 'Страны и регионы (ООН M49, ISO 3166)',
      zh: '国家和地区(联合国M49、ISO 3166)',
      ar: 'البلدان والمناطق (الأمم المتحدة M49، ISO 3166)',
    },
    publisher: 'United Nations Statistics Division',
    licence: 'PDDL-1.0',
  })
  for (const { code, names, broader } of await readRegions(folder))
    yield conceptRow(`country-codes/UNSD-M49-en.csv#${code}`, `${base}/`, {
      uri: uriOf(code),
      title: names,
      notation: code,
      broader: broader ? [uriOf(broader)] : [],
    })
  for (const { code, names, alpha3, numeric, broader } of await readCountries(folder)) {
    const place = `${file}#${code}`
    if (!/^[A-Z]{2}$/.test(code)) yield refuse(place, 'identifierUnfit', { value: code })
    else if (Object.keys(names).length === 0) yield refuse(place, 'titleMissing')
    else
      yield conceptRow(place, `${base}/`, {
        uri: uriOf(code),
        title: names,
        notation: code,
        otherLabels: { und: [alpha3, ...(numeric ? [numeric] : [])] },
        broader: [uriOf(broader)],
        matches: [`http://publications.europa.eu/resource/authority/country/${alpha3}`],
      })
  }
}

export const countriesRegions: Source = {
  name: 'countries-regions',
  title: 'Countries and regions of the world',
  publisher: 'United Nations Statistics Division; Unicode CLDR',
  kinds: ['vocabulary', 'concept'],
  folder: 'codelists-world',
  source: {
    address: 'https://github.com/datasets/country-codes',
    revision: 'caa72d1e0e5a; unicode-org/cldr-json b08a82b582f1',
    licence: 'https://opendatacommons.org/licenses/pddl/1-0/',
    attribution: 'datasets/country-codes, ODC-PDDL 1.0; names from Unicode CLDR, Unicode-3.0',
  },
  recognise: (name) => laidOut(name, /cldr\/main\/[^/]+\/territories\.json|country-codes\/[^/]+\.csv/),
  read,
}
