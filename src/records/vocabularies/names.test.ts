/** What people write who mean a country, a language, a licence, a level or a subject, and what is understood by it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { languages } from '#kernel/i18n/languages.ts'
import { codeList, labelOf } from './index.ts'
import { languageNamed, languagesLike } from './language-names.ts'
import { codeNamed, nameToType, termsLike } from './names.ts'

/** By country: English; French; Spanish; Russian; Chinese; Arabic; codes. */
const countries: Record<string, string> = {
  AE: 'UAE | United Arab Emirates | Émirats arabes unis | EAU | Emiratos Árabes Unidos | ОАЭ | 阿联酋 | الإمارات | ARE | 784',
  AF: 'Afghanistan | Islamic Republic of Afghanistan | Афганистан | 阿富汗 | أفغانستان | افغانستان',
  BA: 'Bosnia | Bosnia & Herzegovina | Bosnia-Herzegovina | Bosnie-Herzégovine | Bosnia y Herzegovina | Босния и Герцеговина | 波黑 | البوسنة والهرسك',
  BD: 'Bangladesh | People’s Republic of Bangladesh | Бангладеш | 孟加拉 | بنغلاديش',
  BF: 'Burkina Faso | Upper Volta | Haute-Volta | Буркина-Фасо | 布基纳法索 | بوركينا فاسو',
  BJ: 'Benin | Bénin | Dahomey | Benín | Бенин | بنين | بنن',
  BN: 'Brunei | Brunei Darussalam | Бруней | 文莱 | بروناي',
  BO: 'Bolivia | Bolivie | Plurinational State of Bolivia | Боливия | 玻利维亚 | بوليفيا',
  BR: 'Brazil | Brasil | Brésil | Бразилия | 巴西 | البرازيل | BRA',
  BY: 'Belarus | Byelorussia | Biélorussie | Bielorrusia | Беларусь | Белоруссия | 白俄罗斯 | بيلاروس | روسيا البيضاء',
  CD: 'DRC | D.R. Congo | Congo-Kinshasa | Congo (Kinshasa) | Congo, Dem. Rep. | Congo, Democratic Republic of the | Democratic Republic of Congo | Zaire | RDC | RD Congo | República Democrática del Congo | ДР Конго | Заир | 刚果（金） | 刚果民主共和国 | الكونغو الديمقراطية | جمهورية الكونغو الديمقراطية | COD | 180',
  CF: 'Central African Republic | CAR | Centrafrique | RCA | República Centroafricana | ЦАР | 中非 | جمهورية أفريقيا الوسطى',
  CG: 'Congo-Brazzaville | Congo, Rep. | Republic of the Congo | République du Congo | Конго | 刚果（布） | COG',
  CH: 'Switzerland | Suisse | Schweiz | Suiza | Швейцария | 瑞士 | سويسرا',
  CI: 'Ivory Coast | Côte d’Ivoire | Cote d’Ivoire | COTE D IVOIRE | Costa de Marfil | Кот-д’Ивуар | 科特迪瓦 | 象牙海岸 | ساحل العاج | كوت ديفوار',
  CN: 'China | PRC | People’s Republic of China | Chine | Китай | КНР | 中国 | 中华人民共和国 | الصين',
  CV: 'Cape Verde | Cabo Verde | Cap-Vert | Кабо-Верде | 佛得角 | الرأس الأخضر',
  CZ: 'Czechia | Czech Republic | Tchéquie | République tchèque | República Checa | Чехия | 捷克共和国 | التشيك',
  DE: 'Germany | Deutschland | Federal Republic of Germany | Allemagne | Alemania | Германия | ФРГ | 德国 | ألمانيا | المانيا',
  DO: 'Dominican Republic | République dominicaine | República Dominicana | 多米尼加共和国 | جمهورية الدومينيكان',
  DM: 'Dominica | Commonwealth of Dominica | Dominique | 多米尼克',
  DZ: 'Algeria | Algérie | Argelia | Алжир | 阿尔及利亚 | الجزائر',
  EG: 'Egypt | Egypt, Arab Rep. | Arab Republic of Egypt | Égypte | Egipto | Египет | 埃及 | مصر | جمهورية مصر العربية | EGY | 818',
  EH: 'Western Sahara | Sahara occidental | Западная Сахара | 西撒哈拉 | الصحراء الغربية',
  ES: 'Spain | Espagne | España | Испания | 西班牙 | إسبانيا | اسبانيا',
  ET: 'Ethiopia | Éthiopie | Etiopía | Эфиопия | 埃塞俄比亚 | إثيوبيا | أثيوبيا',
  FM: 'Micronesia | FSM | Federated States of Micronesia | États fédérés de Micronésie | 密克罗尼西亚',
  GB: 'UK | U.K. | uk | GB | United Kingdom | Great Britain | Britain | England | Scotland | Wales | Northern Ireland | Royaume-Uni | Grande-Bretagne | Angleterre | Reino Unido | Gran Bretaña | Inglaterra | Великобритания | Соединённое Королевство | 英国 | 英國 | المملكة المتحدة | بريطانيا | GBR | 826',
  GE: 'Georgia | Géorgie | Грузия | 格鲁吉亚 | جورجيا',
  GM: 'Gambia | The Gambia | Gambia, The | Gambie | Гамбия | غامبيا',
  GN: 'Guinea | Guinée | Guinea-Conakry | Guinée-Conakry | Гвинея | 几内亚 | غينيا',
  GQ: 'Equatorial Guinea | Guinée équatoriale | Guinea Ecuatorial | Экваториальная Гвинея | غينيا الاستوائية',
  GW: 'Guinea-Bissau | Guinea Bissau | Guinée-Bissau | Гвинея-Бисау | 几内亚比绍 | غينيا بيساو',
  HK: 'Hong Kong | Hong Kong SAR | Hong Kong, China | China, Hong Kong SAR | Гонконг | 香港 | 中国香港 | هونغ كونغ',
  HT: 'Haiti | Haïti | Haití | Гаити | 海地 | هايتي',
  ID: 'Indonesia | Indonésie | Индонезия | 印度尼西亚 | 印尼 | إندونيسيا | اندونيسيا',
  IE: 'Ireland | Republic of Ireland | Eire | Irlande | Irlanda | Ирландия | 爱尔兰 | أيرلندا',
  IN: 'India | Republic of India | Inde | Индия | 印度 | الهند',
  IQ: 'Iraq | Irak | Ирак | 伊拉克 | العراق',
  IR: 'Iran | Iran, Islamic Rep. | Iran (Islamic Republic of) | Islamic Republic of Iran | Irán | Иран | 伊朗 | إيران | ايران | IRN',
  JO: 'Jordan | Hashemite Kingdom of Jordan | Jordanie | Jordania | Иордания | 约旦 | الأردن | المملكة الأردنية الهاشمية',
  KE: 'Kenya | Republic of Kenya | Kenia | Кения | 肯尼亚 | كينيا | KEN | 404 | ke',
  KG: 'Kyrgyzstan | Kyrgyz Republic | Kirghizistan | Kirguistán | Киргизия | Кыргызстан | 吉尔吉斯斯坦 | قيرغيزستان',
  KH: 'Cambodia | Kampuchea | Cambodge | Camboya | Камбоджа | 柬埔寨 | كمبوديا',
  KM: 'Comoros | Union of the Comoros | Comores | Comoras | Коморские острова | 科摩罗 | جزر القمر',
  KP: 'North Korea | DPRK | Korea, Dem. People’s Rep. | Korea (Democratic People’s Republic of) | Corée du Nord | Corea del Norte | Северная Корея | КНДР | 朝鲜 | كوريا الشمالية',
  KR: 'South Korea | Korea, Rep. | Korea, Republic of | Republic of Korea | ROK | Corée du Sud | République de Corée | Corea del Sur | Южная Корея | 韩国 | كوريا الجنوبية',
  KN: 'St. Kitts and Nevis | Saint Kitts & Nevis | Saint-Kitts-et-Nevis | St Kitts and Nevis',
  LA: 'Laos | Lao PDR | Lao People’s Democratic Republic | RDP lao | Лаос | 老挝 | لاوس',
  LC: 'Saint Lucia | St. Lucia | St Lucia | Sainte-Lucie | Santa Lucía | Сент-Люсия',
  LK: 'Sri Lanka | Ceylon | Шри-Ланка | 斯里兰卡 | سري لانكا',
  LY: 'Libya | Libye | Libia | Libyan Arab Jamahiriya | Ливия | 利比亚 | ليبيا',
  MA: 'Morocco | Kingdom of Morocco | Maroc | Marruecos | Марокко | 摩洛哥 | المغرب | المملكة المغربية',
  MD: 'Moldova | Republic of Moldova | Moldova, Republic of | Moldavie | Moldavia | Молдова | Молдавия | 摩尔多瓦 | مولدوفا',
  MK: 'North Macedonia | Macedonia | FYROM | The former Yugoslav Republic of Macedonia | Macédoine du Nord | Македония | 北马其顿 | مقدونيا الشمالية',
  ML: 'Mali | République du Mali | Malí | Мали | 马里 | مالي',
  MM: 'Myanmar | Burma | Birmanie | Birmania | Бирма | Мьянма | 缅甸 | ميانمار | بورما',
  MO: 'Macao | Macau | Macao SAR | Macau, China | Макао | 澳门',
  MX: 'Mexico | México | Méjico | Mexique | Мексика | 墨西哥 | المكسيك',
  NE: 'Niger | Níger | République du Niger | Нигер | 尼日尔 | النيجر',
  NG: 'Nigeria | Nigéria | Federal Republic of Nigeria | Нигерия | 尼日利亚 | نيجيريا',
  NL: 'Netherlands | The Netherlands | Holland | Pays-Bas | Hollande | Países Bajos | Holanda | Нидерланды | Голландия | 荷兰 | هولندا',
  NZ: 'New Zealand | Aotearoa | Nouvelle-Zélande | Nueva Zelanda | Nueva Zelandia | Новая Зеландия | 新西兰 | نيوزيلندا',
  PG: 'Papua New Guinea | PNG | Papouasie-Nouvelle-Guinée | Papúa Nueva Guinea | Папуа-Новая Гвинея | 巴布亚新几内亚',
  PH: 'Philippines | The Philippines | Filipinas | Филиппины | 菲律宾 | الفلبين',
  PS: 'Palestine | State of Palestine | Palestine, State of | Occupied Palestinian Territory | West Bank and Gaza | Palestina | Палестина | 巴勒斯坦 | فلسطين | دولة فلسطين',
  RU: 'Russia | Russian Federation | Russian Fed. | Russie | Fédération de Russie | Rusia | Россия | РФ | Российская Федерация | 俄罗斯 | 俄羅斯 | روسيا | RUS | 643',
  RW: 'Rwanda | Ruanda | Руанда | 卢旺达 | رواندا',
  SA: 'Saudi Arabia | KSA | Kingdom of Saudi Arabia | Arabie saoudite | Arabia Saudí | Arabia Saudita | Саудовская Аравия | 沙特 | 沙特阿拉伯 | السعودية | المملكة العربية السعودية',
  SD: 'Sudan | The Sudan | Soudan | Sudán | Судан | 苏丹 | السودان',
  SK: 'Slovakia | Slovak Republic | Slovaquie | Eslovaquia | Словакия | 斯洛伐克 | سلوفاكيا',
  SS: 'South Sudan | Soudan du Sud | Sudán del Sur | Южный Судан | 南苏丹 | جنوب السودان',
  ST: 'Sao Tome and Principe | São Tomé and Príncipe | Sao Tomé-et-Principe | Santo Tomé y Príncipe | 圣多美和普林西比',
  SY: 'Syria | Syrian Arab Republic | Syrie | Siria | Сирия | 叙利亚 | سوريا | سورية | الجمهورية العربية السورية',
  SZ: 'Eswatini | Swaziland | eSwatini | Kingdom of Eswatini | Eswatini (formerly Swaziland) | Suazilandia | Свазиленд | Эсватини | 斯威士兰 | سوازيلاند | إسواتيني',
  TD: 'Chad | Tchad | Чад | 乍得 | تشاد',
  TL: 'Timor-Leste | East Timor | Timor Leste | Timor oriental | Восточный Тимор | 东帝汶 | تيمور الشرقية',
  TN: 'Tunisia | Tunisie | Túnez | Тунис | 突尼斯 | تونس',
  TR: 'Türkiye | Turkey | Turkiye | Turquie | Turquía | Турция | 土耳其 | تركيا',
  TT: 'Trinidad and Tobago | Trinidad & Tobago | Trinité-et-Tobago | Trinidad y Tobago',
  TW: 'Taiwan | Taiwan Province of China | Taiwan, Province of China | Taïwan | Тайвань | 台湾 | 臺灣',
  TZ: 'Tanzania | United Republic of Tanzania | Tanzania, United Republic of | Tanzanie | Tanzanía | Танзания | 坦桑尼亚 | تنزانيا | TZA | 834',
  UA: 'Ukraine | Ucrania | Украина | 乌克兰 | أوكرانيا | اوكرانيا',
  US: 'USA | U.S.A. | U. S. A. | US | United States | United States of America | États-Unis | Etats-Unis | Estados Unidos | EE. UU. | EEUU | США | Соединенные Штаты | 美国 | 美國 | الولايات المتحدة | أمريكا | USA | 840',
  VA: 'Holy See | Vatican | Vatican City | Saint-Siège | Ciudad del Vaticano | Ватикан | 梵蒂冈 | الفاتيكان',
  VC: 'St Vincent and the Grenadines | Saint Vincent & the Grenadines',
  VE: 'Venezuela | Venezuela, RB | Bolivarian Republic of Venezuela | Венесуэла | 委内瑞拉 | فنزويلا',
  VI: 'US Virgin Islands | U.S. Virgin Islands | Virgin Islands (U.S.)',
  VN: 'Viet Nam | Vietnam | Việt Nam | Socialist Republic of Viet Nam | Вьетнам | 越南 | فيتنام',
  XK: 'Kosovo | Косово | 科索沃 | كوسوفو',
  YE: 'Yemen | Yemen, Rep. | Republic of Yemen | Yémen | Йемен | 也门 | اليمن',
  ZA: 'South Africa | RSA | Republic of South Africa | Afrique du Sud | Sudáfrica | Suráfrica | ЮАР | 南非 | جنوب أفريقيا | جنوب افريقيا | ZAF',
  ZW: 'Zimbabwe | Southern Rhodesia | Зимбабве | 津巴布韦 | زمبابوي',
}

test('a country is understood by its usual names, short forms, former names and codes, in six languages', () => {
  const all = Object.entries(countries).flatMap(([code, names]) => names.split(' | ').map((name) => [code, name]))
  assert.ok(all.length > 600, String(all.length))
  const wrong = all.filter(([code, name]) => codeNamed('countries', name!) !== code)
  assert.deepEqual(
    wrong.map(([code, name]) => `${name}: ${codeNamed('countries', name!)}, not ${code}`),
    [],
  )
})

const nowhere = `Korea | Corée | Corea | Корея | Virgin Islands | Saint Martin | Northern | Islands | America Latina | Africa |
  Europe | Asia | European Union | EU | Yugoslavia | USSR | Soviet Union | СССР | Czechoslovakia | Republic of China |
  中华民国 | State of Georgia | Somaliland | Kurdistan | Catalonia | Tibet | Crimea | Guyanas | N/A | none | - | ? | 0 | 4 |
  99 | all | Global | worldwide | China (Taiwan) | France (Réunion) | Sudan (various) | Kenya and Uganda | Kenya; Uganda |
  Kenja | Untied Kingdom | Nigerr | Irania | Paris | New York | Narnia | xx | ZZ | ABC | Union soviétique | Islandes |
  Democratic Republic | Republic of | République | Королевство | جمهورية | Congo (both) | Guinea (all) |
  German Democratic Republic | Serbia and Montenegro | Antilles`

test('what names no country, or two, is no country', () => {
  for (const name of nowhere.split('|').map((one) => one.trim()))
    assert.equal(codeNamed('countries', name), undefined, name)
})

test('nothing far-fetched is offered', () => {
  for (const [typed, no] of [
    ['UK', 'CK'],
    ['USA', 'SA'],
    ['إيران', 'TW'],
    ['كينيا', 'GN'],
    ['Tanzania', 'TN'],
  ])
    assert.equal(termsLike('countries', typed!).includes(no!), false, typed)
  for (const typed of ['Narnia', 'xq', 'Paris', 'كوكب', '???', '月球'])
    assert.deepEqual(termsLike('countries', typed), [], typed)
})

test('the beginning of a name, a word of it and one slip of the pen are offered', () => {
  assert.deepEqual(termsLike('countries', 'Korea').toSorted(), ['KP', 'KR'])
  assert.deepEqual(termsLike('countries', 'Columbia'), ['CO'])
  assert.deepEqual(termsLike('countries', 'Kenja'), ['KE'])
  assert.deepEqual(termsLike('countries', 'Tanzan'), ['TZ'])
  for (const typed of ['السعود', 'السع']) assert.deepEqual(termsLike('countries', typed), ['SA'], typed)
  assert.ok(termsLike('countries', 'Virgin Islands').includes('VI'))
  assert.equal(termsLike('countries', 'UK')[0], 'GB')
  assert.equal(termsLike('countries', '英')[0], 'GB')
})

test('every label of every list stands for its own term', () => {
  for (const list of ['countries', 'regions', 'licences', 'levels', 'subjects', 'technologies', 'settings', 'roles'])
    for (const code of Object.keys(codeList(list)!.terms))
      for (const language of languages)
        assert.equal(codeNamed(list, nameToType(list, code, language)), code, `${list} ${code} ${language}`)
  for (const code of Object.keys(codeList('countries')!.terms))
    for (const language of languages)
      assert.equal(codeNamed('countries', labelOf('countries', code, language)!.text), code, `${code} ${language}`)
})

test('case, accents, spacing and stops do not matter', () => {
  const names = Object.entries(countries).flatMap(([code, all]) => all.split(' | ').map((name) => ({ code, name })))
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom('upper', 'wide', 'bare', 'hyphen'),
      ({ code, name }, how) => {
        const written =
          how === 'upper'
            ? name.toUpperCase()
            : how === 'wide'
              ? `  ${name.replaceAll(' ', '  ')} `
              : how === 'bare'
                ? name
                    .normalize('NFD')
                    .replaceAll(/[\u0300-\u0305\u0307-\u036F]/g, '')
                    .normalize('NFC')
                : name.replaceAll(' ', '-')
        // й without its breve is another letter.
        if (how === 'bare' && /[йЙїі]/.test(name)) return
        // A comma or bracket turns what stands around it: there hyphens say something else.
        if (how === 'hyphen' && /[,()（]/.test(name)) return
        assert.equal(codeNamed('countries', written), code, written)
      },
    ),
  )
})

test('countries are called as the United Nations call them', () => {
  const names = (code: string) => languages.map((language) => labelOf('countries', code, language)!.text)
  const called = (code: string, language: string) => labelOf('countries', code, language)!.text
  assert.deepEqual(
    ['TR', 'SZ', 'CI', 'CZ', 'PS', 'VN', 'LA', 'FK', 'NL'].map((code) => called(code, 'en')),
    [
      'Türkiye',
      'Eswatini',
      'Côte d’Ivoire',
      'Czechia',
      'State of Palestine',
      'Viet Nam',
      "Lao People's Democratic Republic",
      'Falkland Islands (Malvinas)',
      'Netherlands (Kingdom of the)',
    ],
  )
  for (const name of names('TW')) assert.match(name, /Chin|chin|Кита|中国|الصين/)
  for (const name of names('XK')) assert.match(name, /1244/)
  for (const name of [...names('HK'), ...names('MO')]) assert.match(name, /China|Chine|Китай|中国|الصين/)
})

const tongues: Record<string, string> = {
  en: 'English | Anglais | inglés | английский | 英语 | 英文 | الإنجليزية | eng | EN',
  fr: 'French | français | Francés | французский | 法语 | 法文 | الفرنسية | fra | fre',
  sw: 'Swahili | Kiswahili | суахили | 斯瓦希里语 | السواحيلية | swa',
  ar: 'Arabic | arabe | árabe | العربية | арабский | 阿拉伯语 | العربية الفصحى',
  zh: 'Chinese | Mandarin | 中文 | 汉语 | китайский | chinois | الصينية',
  'zh-Hans': 'Simplified Chinese | Chinese (Simplified) | 简体中文',
  'pt-BR': 'Brazilian Portuguese | Portuguese (Brazil) | pt_BR | pt-br',
  fa: 'Persian | Farsi | فارسی | персидский',
  fil: 'Filipino | Tagalog | tl',
  hi: 'Hindi | हिन्दी | хинди',
  am: 'Amharic | አማርኛ | amharique',
  rw: 'Kinyarwanda',
}

test('a language is understood by its names, its own name and its codes', () => {
  for (const [tag, names] of Object.entries(tongues))
    for (const name of names.split(' | ')) assert.equal(languageNamed(name), tag, name)
  for (const name of ['not a language', 'Kenya', 'Elvish', '', '??']) assert.equal(languageNamed(name), undefined, name)
  assert.equal(languagesLike('Swahi')[0], 'sw')
  assert.deepEqual(languagesLike('Elvish'), [])
})

const licences: Record<string, string> = {
  'CC-BY-4.0':
    'CC BY 4.0 | cc-by 4.0 | CC-BY-4.0 | cc by 4 | ccby 4.0 | CC BY 4.0 International | Creative Commons Attribution 4.0 | Creative Commons Attribution 4.0 International License | https://creativecommons.org/licenses/by/4.0/ | https://creativecommons.org/licenses/by/4.0/deed.fr | creativecommons.org/licenses/by/4.0/legalcode.es | Creative Commons Atribución 4.0 Internacional | https://spdx.org/licenses/CC-BY-4.0.html',
  'CC-BY': 'cc-by | CC BY | Creative Commons Attribution | CC Attribution',
  'CC-BY-SA-4.0':
    'CC BY-SA 4.0 International | cc by sa 4.0 | CC-BY-SA 4.0 | Attribution-ShareAlike 4.0 International | Creative Commons Attribution-Share Alike 4.0 | http://creativecommons.org/licenses/by-sa/4.0/deed.ar',
  'CC-BY-NC-SA-3.0-IGO': 'CC BY-NC-SA 3.0 IGO | https://creativecommons.org/licenses/by-nc-sa/3.0/igo/',
  'CC-BY-NC-ND-4.0': 'CC BY-NC-ND 4.0 | Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International',
  'CC0-1.0': 'CC0 | CC Zero | cc-0 | https://creativecommons.org/publicdomain/zero/1.0/deed.es',
  MIT: 'MIT | MIT License | MIT licence | https://opensource.org/licenses/MIT',
  'Apache-2.0': 'Apache 2.0 | Apache License, Version 2.0 | apache-2.0 | https://www.apache.org/licenses/LICENSE-2.0',
  'GPL-3.0-only': 'GPL-3.0 | GPLv3 | GNU GPL v3 | https://www.gnu.org/licenses/gpl-3.0.html',
  'GPL-3.0-or-later': 'GPL-3.0+ | GPL-3.0-or-later',
  'ODbL-1.0': 'ODbL | Open Database License',
  'public-domain': 'Public domain | domaine public | dominio público | общественное достояние',
  'all-rights-reserved': 'All rights reserved | Todos los derechos reservados | جميع الحقوق محفوظة',
}

test('a licence is understood in any usual form', () => {
  for (const [code, names] of Object.entries(licences))
    for (const name of names.split(' | ')) assert.equal(codeNamed('licences', name), code, name)
  for (const name of [
    'CC',
    'CC 4.0',
    'GPL',
    'CC BY 9.0',
    'Attribution',
    'CC BY 4.0 except pictures',
    'free',
    'https://example.org/by/4.0/',
  ])
    assert.equal(codeNamed('licences', name), undefined, name)
  assert.ok(termsLike('licences', 'GPL').includes('GPL-3.0-only'))
})

test('a level and a subject are understood by their names and their numbers in ISCED', () => {
  for (const name of [
    'Primary',
    'ISCED 1',
    'ISCED level 1',
    'primaire',
    'primaria',
    'CITE 1',
    'начальная школа',
    '小学',
    'ابتدائي',
    '1',
  ])
    assert.equal(codeNamed('levels', name), '1', name)
  for (const name of [
    'Mathematics',
    'maths',
    '0541',
    'ISCED-F 0541',
    'mathématiques',
    'matemáticas',
    'математика',
    '数学',
    'الرياضيات',
  ])
    assert.equal(codeNamed('subjects', name), '0541', name)
})

test('any text is answered, in a time that its length bounds', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.constantFrom('countries', 'licences', 'subjects'),
      (text, list) => {
        const code = codeNamed(list, text)
        assert.ok(code === undefined || codeList(list)!.terms[code])
        assert.ok(termsLike(list, text).length <= 8)
        languageNamed(text)
      },
    ),
  )
  for (const text of [
    '('.repeat(300),
    'a '.repeat(150),
    '. '.repeat(150),
    '['.repeat(299) + ']',
    'attribution '.repeat(24),
  ])
    codeNamed('licences', text)
})
