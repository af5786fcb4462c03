/** Countries go by the names of the United Nations (standard M49 of its Statistics Division) in its six languages. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { languages } from '#kernel/i18n/languages.ts'
import { codeList } from './index.ts'

const published = parse(readFileSync(join(import.meta.dirname, 'fixtures/m49-names.csv'), 'utf8'), {
  columns: true,
}) as Record<string, string>[]

/** Where the list that we have does not hold what the United Nations write: the right name, and what is wrong with the list. */
const mended: Record<string, [name: string, why: string]> = {
  'AQ ru': ['Антарктика', 'the list has a case that stands within a sentence'],
  'AX ru': ['Аландские острова', 'the list has the genitive'],
  'CC ru': ['Кокосовые (Килинг) острова', 'the list has the genitive'],
  'KY ru': ['Каймановы острова', 'the list has its words in the order of an index'],
  'TF ru': ['Французские Южные территории', 'the list explains the name in brackets'],
  'CI en': ['Côte d’Ivoire', 'the United Nations do not translate this name'],
  'FK en': ['Falkland Islands (Malvinas)', 'the list leaves out what the United Nations write in brackets'],
  'NL en': ['Netherlands (Kingdom of the)', 'the list has the former short name'],
  'NL ar': ['مملكة هولندا', 'the list has its words in the order of an index'],
  'BO ar': ['دولة بوليفيا المتعددة القوميات', 'the list has its words in the order of an index'],
  'FM ar': ['ولايات ميكرونيزيا الموحدة', 'the list has its words in the order of an index'],
  'IO ar': ['إقليم المحيط الهندي البريطاني', 'the list has its words in the order of an index'],
  'IR ar': ['جمهورية إيران الإسلامية', 'the list has its words in the order of an index'],
  'VE ar': ['جمهورية فنزويلا البوليفارية', 'the list has its words in the order of an index'],
  'UM ar': ['جزر الولايات المتحدة الصغيرة النائية', 'the list lacks the beginning'],
  'SJ ar': ['جزيرتا سفالبارد وجان مايِن', 'the list has a case that stands within a sentence'],
  'TF ar': ['الأراضي الفرنسية الجنوبية', 'the list has a word twice'],
  'GW ar': ['غينيا-بيساو', 'the list has spaces around the hyphen'],
  'TL ar': ['تيمور-ليشتي', 'the list has spaces around the hyphen'],
  'TW en': ['Taiwan Province of China', 'M49 itself has no such entry; so the United Nations write it'],
  'TW fr': ['Province chinoise de Taiwan', 'as in English'],
  'TW es': ['Provincia china de Taiwán', 'as in English'],
  'TW ar': ['مقاطعة تايوان الصينية', 'as in English'],
  'TW ru': ['Тайвань, провинция Китая', 'as in English'],
  'TW zh': ['中国台湾省', 'as in English'],
}

test('each country and area of M49 is named in six languages as the United Nations name it', () => {
  const { terms } = codeList('countries')!
  assert.ok(published.length > 240)
  const used = new Set<string>()
  const wrong: string[] = []
  for (const names of published)
    for (const language of languages) {
      const place = `${names.code} ${language}`
      const written = names[language]!
      const right = mended[place]?.[0] ?? written
      if (right !== written) used.add(place)
      const ours = (terms[names.code!] as Record<string, string> | undefined)?.[language]
      if (ours !== right) wrong.push(`${place}: ${ours}, not ${right}`)
    }
  assert.deepEqual(wrong, [])
  assert.deepEqual(
    Object.keys(mended).filter((place) => !used.has(place)),
    [],
    'the list has become right: take these out',
  )
})
