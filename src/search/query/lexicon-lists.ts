/** Names that no concept of the node holds: of languages from Unicode’s CLDR, and lists of our own. */
import { languages } from '#kernel/i18n/languages.ts'
import otherCountryNames from '#records/vocabularies/other-country-names.json' with { type: 'json' }
import otherNames from '#records/vocabularies/other-names.json' with { type: 'json' }
import countryNames from './country-names.json' with { type: 'json' }
import adjectives from './country-adjectives.json' with { type: 'json' }
import cities from './city-names.json' with { type: 'json' }
import chinese from './chinese-labels.json' with { type: 'json' }
import misread from './misread-labels.json' with { type: 'json' }
import field from './field-terms.json' with { type: 'json' }

const spoken: readonly string[] = languages
const letters = [...'abcdefghijklmnopqrstuvwxyz']

type NamesByCode = Record<string, Record<string, string[]>>

/**
 * Other names of values, by list and code: a primary school is meant by the level of primary education, and a country by
 * its everyday name, by what is Moroccan and by its large cities.
 */
export const aliases: Record<string, NamesByCode | undefined> = {
  ...(otherNames.names as Record<string, NamesByCode>),
  countries: [
    inLanguages(otherCountryNames.names as NamesByCode),
    countryNames.names as NamesByCode,
    adjectives.adjectives as NamesByCode,
    cities.names as NamesByCode,
  ].reduce(joined),
  ...Object.fromEntries(
    Object.entries(field.values.names as Record<string, NamesByCode>).map(([list, names]) => [
      list,
      joined((otherNames.names as Record<string, NamesByCode>)[list] ?? {}, names),
    ]),
  ),
}

/** Lists whose terms are filters, and no words of a question: “none”, “shared”, “design”, “minister” (see filter-names.ts). */
export const onlyOffered: ReadonlySet<string> = new Set([
  'conditions',
  'needed-connectivity',
  'electricity',
  'needed-electricity',
  'device-access',
  'needed-devices',
  'lesson-phases',
  'addressees',
])

/** Without those that only tables and forms have. */
function inLanguages(names: NamesByCode): NamesByCode {
  const entries = Object.entries(names).map(([code, { others: _, ...byLanguage }]) => [code, byLanguage] as const)
  return Object.fromEntries(entries.filter(([, byLanguage]) => Object.keys(byLanguage).length > 0))
}

/** The names of both, by code and language. */
function joined(some: NamesByCode, more: NamesByCode): NamesByCode {
  const names: NamesByCode = { ...some }
  for (const [code, byLanguage] of Object.entries(more)) {
    names[code] = { ...some[code] }
    for (const [language, all] of Object.entries(byLanguage))
      names[code][language] = [...(some[code]?.[language] ?? []), ...all]
  }
  return names
}

/** By the English label of the UNESCO Thesaurus, which has no Chinese, in lower case. */
export const chineseLabels = new Map(
  Object.entries(chinese.labels).map(([english, labels]) => [english.toLowerCase(), labels]),
)

/** Words of the field, by an identifier of our own: labels by language, the main one first. */
export const fieldTerms = Object.entries(field.terms as Record<string, Record<string, string[]>>)

/** Terms of the field that say how, how well or since when, and not of what. */
export const fieldAspects: readonly string[] = field.aspects.terms

/** Terms of the field that nearly everything here is of: a record need not have them where the question tells more. */
export const fieldGeneral: readonly string[] = field.general.terms

const nearby: [string, readonly string[]][] = Object.entries(field.nearby.terms)

const misreadIn = new Map(Object.entries(misread.labels).map(([language, all]) => [language, new Set(all)]))

/** Whether a label of a concept mostly means something else in this field. */
export const isMisread = (text: string, language: string): boolean => misreadIn.get(language)?.has(text) ?? false

/** The terms of the field to whose records those of this one are near. */
export const nearTo = (name: string): string[] =>
  nearby.filter(([, others]) => others.includes(name)).map(([other]) => other)

/** How one says what something is written or held in; a thesaurus knows the language alone, as what is learned. */
const saidIn: Record<string, string[]> = {
  en: ['in the * language', 'in * language'],
  fr: ['en langue *'],
  es: ['en lengua *', 'en idioma *'],
  ru: ['на * язык'],
  ar: ['باللغة *'],
}

/** “In the Russian language” by language, of a name. */
export const inLanguage = (name: string, language: string): string[] =>
  (saidIn[language] ?? []).map((form) => form.replace('*', name))

/** The languages that have a code of two letters, by their names in the six languages of the node. */
export function languageNames(): [code: string, names: Record<string, string>][] {
  const named = spoken.map(
    (language) => [language, new Intl.DisplayNames(language, { type: 'language', fallback: 'none' })] as const,
  )
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return codes.flatMap((code) => {
    if (Intl.getCanonicalLocales(code)[0] !== code) return []
    const names = named.flatMap(([language, display]) => {
      const name = display.of(code)
      return name ? [[language, name] as const] : []
    })
    return names.length > 0 ? [[code, Object.fromEntries(names)] as [string, Record<string, string>]] : []
  })
}
