/** Countries (ISO 3166) and regions (UN M49) with their names, from the code lists of the world. */
import type { Folder } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import { fieldsOf, words } from '../../sources/row.ts'

export const unLanguages = { en: 'en', fr: 'fr', es: 'es', ru: 'ru', zh: 'cn', ar: 'ar' } as const
const furtherLanguages = ['am', 'bn', 'ha', 'hi', 'pt', 'sw', 'ur']

export type Country = {
  code: string
  names: Record<string, string>
  alpha3: string
  numeric?: string
  broader: string
  groups: string[]
}
export type Region = { code: string; names: Record<string, string>; broader?: string }

/** Names in the usage of the United Nations (M49, UNTERM) where the lists have others, or an inflected form of them. */
const mendedNames: Record<string, string> = {
  'ar IO': 'إقليم المحيط الهندي البريطاني',
  'ar SJ': 'جزيرتا سفالبارد وجان مايِن',
  'ar TF': 'الأراضي الفرنسية الجنوبية',
  'ar UM': 'جزر الولايات المتحدة الصغيرة النائية',
  'en CI': 'Côte d’Ivoire',
  'en FK': 'Falkland Islands (Malvinas)',
  'en NL': 'Netherlands (Kingdom of the)',
  'ru AQ': 'Антарктика',
  'ru AX': 'Аландские острова',
  'ru CC': 'Кокосовые (Килинг) острова',
  'ru KY': 'Каймановы острова',
  'ru TF': 'Французские Южные территории',
  ...inSixLanguages('TW', [
    'Taiwan Province of China',
    'Province chinoise de Taiwan',
    'Provincia china de Taiwán',
    'Тайвань, провинция Китая',
    '中国台湾省',
    'مقاطعة تايوان الصينية',
  ]),
  // “All references to Kosovo are to be understood to be in the context of Security Council resolution 1244 (1999).”
  ...inSixLanguages('XK', [
    'Kosovo (Security Council resolution 1244)',
    'Kosovo (résolution 1244 du Conseil de sécurité)',
    'Kosovo (resolución 1244 del Consejo de Seguridad)',
    'Косово (резолюция 1244 Совета Безопасности)',
    '科索沃（安全理事会第1244号决议）',
    'كوسوفو (قرار مجلس الأمن 1244)',
  ]),
}

function inSixLanguages(code: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.keys(unLanguages).map((language, at) => [`${language} ${code}`, names[at]!]))
}

/** `بوليفيا (دولة - المتعددة القوميات)`: the sign stands for the name itself. */
export const spokenName = (name: string): string =>
  name
    .replace(/^(.+) \((.+?) [-_](?: (.+))?\)$/, (_, own: string, before: string, after?: string) =>
      [before, own, after].filter(Boolean).join(' '),
    )
    .replace(/(\p{L}) - (\p{L})/u, '$1-$2')

async function territoryNames(folder: Folder, language: string): Promise<Record<string, unknown>> {
  const main = fieldsOf(fieldsOf(parseJson(await folder.text(`cldr/main/${language}/territories.json`)))['main'])
  return fieldsOf(fieldsOf(fieldsOf(main[language])['localeDisplayNames'])['territories'])
}

/** The official name in the six languages of the United Nations, and the name of CLDR where there is none. */
export async function readCountries(folder: Folder): Promise<Country[]> {
  const languages = [...Object.keys(unLanguages), ...furtherLanguages]
  const cldr = await Promise.all(
    languages.map(async (language) => [language, await territoryNames(folder, language)] as const),
  )
  const namesOf = (code: string, cells: Record<string, string>) =>
    Object.fromEntries(
      cldr.flatMap(([language, names]) => {
        const official = cells[`official_name_${unLanguages[language as keyof typeof unLanguages]}`]?.trim()
        const name = official || words(names[code])
        return name ? [[language, mendedNames[`${language} ${code}`] ?? spokenName(name)]] : []
      }),
    )
  const listed = readCsv(await folder.text('country-codes/country-codes.csv')).map(({ cells }): Country => {
    const code = cells['ISO3166-1-Alpha-2']!.trim()
    const broader = cells['Intermediate Region Code'] || cells['Sub-region Code']
    return {
      code,
      names: namesOf(code, cells),
      alpha3: cells['ISO3166-1-Alpha-3']!,
      numeric: cells['M49']!.padStart(3, '0'),
      broader: broader ? broader.padStart(3, '0') : '001',
      groups: ['LDC', 'LLDC', 'SIDS'].filter((group) =>
        Object.entries(cells).some(([key, value]) => key.endsWith(`(${group})`) && value === 'x'),
      ),
    }
  })
  // ISO 3166 leaves XK to users; data about education carry it, and CLDR names it.
  const kosovo: Country = { code: 'XK', names: namesOf('XK', {}), alpha3: 'XKX', broader: '039', groups: [] }
  return [...listed, kosovo].sort((a, b) => (a.code < b.code ? -1 : 1))
}

const levels = ['Global', 'Region', 'Sub-region', 'Intermediate Region']

export async function readRegions(folder: Folder): Promise<Region[]> {
  const regions = new Map<string, Region>()
  for (const [language, suffix] of Object.entries(unLanguages)) {
    for (const { cells } of readCsv(await folder.text(`country-codes/UNSD-M49-${suffix}.csv`))) {
      let broader: string | undefined
      for (const level of levels) {
        const [code, name] = [cells[`${level} Code`], cells[`${level} Name`]]
        if (!code || !name) continue
        if (!regions.has(code)) regions.set(code, { code, names: {}, ...(broader && { broader }) })
        regions.get(code)!.names[language] ??= name
        broader = code
      }
    }
  }
  return [...regions.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}
