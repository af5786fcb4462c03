import type { Folder } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import { laidOut } from '../../sources/recognise.ts'
import type { Source, Row } from '../../sources/source.ts'
import { conceptRow, vocabularyRow } from './concept-rows.ts'
import { fieldsOf, oneLine, refuse, unique, words } from '../../sources/row.ts'

const file = 'language-codes/language-codes-full.csv'
const base = 'http://id.loc.gov/vocabulary/iso639-2'

async function cldrNames(folder: Folder): Promise<Map<string, Record<string, unknown>>> {
  const files = (await folder.names()).filter((name) => /^cldr\/main\/[^/]+\/languages\.json$/.test(name))
  return new Map(
    await Promise.all(
      files.map(async (name) => {
        const language = name.split('/')[2]!
        const main = fieldsOf(fieldsOf(parseJson(await folder.text(name)))['main'])
        return [language, fieldsOf(fieldsOf(fieldsOf(main[language])['localeDisplayNames'])['languages'])] as const
      }),
    ),
  )
}

/** Three letters, or a range of codes for local use. */
const isCode = (code: string) => /^[a-z]{3}(-[a-z]{3})?$/.test(code)
const namesIn = (cell: string | undefined) => (cell ?? '').split(';').map(oneLine).filter(Boolean)

async function* read(folder: Folder): AsyncGenerator<Row> {
  const cldr = await cldrNames(folder)
  yield vocabularyRow(file, {
    uri: base,
    title: {
      en: 'Languages (ISO 639)',
      fr: 'Langues (ISO 639)',
      es: 'Idiomas (ISO 639)',
      ru: 'Языки (ISO 639)',
      zh: '语言(ISO 639)',
      ar: 'اللغات (ISO 639)',
    },
    publisher: 'Library of Congress; Unicode CLDR',
    licence: 'PDDL-1.0',
  })
  for (const { line, cells } of readCsv(await folder.text(file))) {
    const place = `${file}:${line}`
    const [alpha3, alpha2] = [cells['alpha3-b']?.trim() ?? '', cells['alpha2']?.trim() ?? '']
    const [english = '', ...otherEnglish] = namesIn(cells['English'])
    const [french = '', ...otherFrench] = namesIn(cells['French'])
    if (!english || !isCode(alpha3)) {
      yield english ? refuse(place, 'languageCodeUnfit', { from: alpha3 }) : refuse(place, 'titleMissing')
      continue
    }
    const tag = alpha2 || cells['alpha3-t']?.trim() || alpha3
    const title: Record<string, string> = { en: english, ...(french && { fr: french }) }
    for (const [language, names] of cldr) if (!title[language] && words(names[tag])) title[language] = words(names[tag])
    const others = {
      ...(otherEnglish.length > 0 && { en: unique(otherEnglish) }),
      ...(otherFrench.length > 0 && { fr: unique(otherFrench) }),
    }
    yield conceptRow(place, base, {
      uri: `${base}/${alpha3}`,
      title,
      otherLabels: others,
      notation: tag,
      matches: alpha2 ? [`http://id.loc.gov/vocabulary/iso639-1/${alpha2}`] : [],
    })
  }
}

export const languages: Source = {
  name: 'languages',
  title: 'Languages (ISO 639) with their names',
  publisher: 'Library of Congress; Unicode CLDR',
  kinds: ['vocabulary', 'concept'],
  folder: 'codelists-world',
  source: {
    address: 'https://github.com/datasets/language-codes',
    revision: '2787e945225a; unicode-org/cldr-json b08a82b582f1',
    licence: 'https://opendatacommons.org/licenses/pddl/1-0/',
    attribution: 'datasets/language-codes, ODC-PDDL 1.0; names from Unicode CLDR, Unicode-3.0',
  },
  recognise: (name) => laidOut(name, /cldr\/main\/[^/]+\/languages\.json|language-codes\/language-codes-full\.csv/),
  read,
}
