/**
 * What people call a term of a vocabulary, in any of the six languages, and which term is meant: the one place that
 * forms, spreadsheets, filters typed among words and importers ask.
 *
 * A name stands for a term only where it is one of its names. What is near is offered to people, never taken for them.
 */
import { languages } from '#kernel/i18n/languages.ts'
import { folded, lowered } from '#kernel/i18n/fold.ts'
import { boundedCache } from '#kernel/bounded-cache.ts'
import otherCountryNames from './other-country-names.json' with { type: 'json' }
import otherNames from './other-names.json' with { type: 'json' }
import typedNames from './typed-names.json' with { type: 'json' }
import { licenceNamed } from './licence-names.ts'
import { codeList, labelOf, termOf, uriOf } from './index.ts'

export const plainName = (text: string): string => folded(lowered(text)).replaceAll(/\s+/g, ' ').trim()

const longestTyped = 300
/** Words that some write between names or before them, and some leave out. */
const small = new Set(['and', 'et', 'y', 'и', 'the'])
const articles = new Set(['la', 'le', 'les', 'l', 'el', 'los', 'las'])
const saints = new Set(['st', 'ste', 'sainte'])

/** Words of a name in one spelling: no accents, stops, articles, “and”; the Arabic article is left out. */
function wordsOf(text: string): string[] {
  const plain = plainName(text.slice(0, longestTyped))
    .replaceAll(/(?<!\d)\.(?=\p{L}(?:\.|\s|$))/gu, '')
    .replaceAll(/(?<!\d)\.|\.(?!\d)/g, ' ')
  const all = plain.split(/[^\p{L}\p{M}\p{N}.+*]+/u).filter((word) => word && !small.has(word))
  const rest = all.length > 1 && articles.has(all[0]!) ? all.slice(1) : all
  return rest.map((word) => (saints.has(word) ? 'saint' : word.length > 4 ? word.replace(/^ال/, '') : word))
}

/** One spelling with nothing between its words: `Viet Nam` is `Vietnam`, `U. S. A.` is `USA`. */
export const nameKey = (text: string): string => wordsOf(text).join('')

export type NamedTerm = { name: string; words: string; key: string; code: string }

/** All names of a list: `sure` has what stands for one term alone, `all` what can be offered. */
export type ListOfNames = {
  codes: ReadonlyMap<string, string>
  sure: ReadonlyMap<string, string>
  all: readonly NamedTerm[]
}

/** Names in layers: what one layer says is not unsaid by those below it. */
export function listOfNames(
  codes: ReadonlyMap<string, string>,
  layers: readonly (readonly (readonly [name: string, code: string])[])[],
  { isStrict }: { isStrict: boolean },
): ListOfNames {
  const sure = new Map<string, string | null>()
  const all: NamedTerm[] = []
  for (const layer of layers) {
    const own = new Map<string, string | null>()
    for (const [name, code] of layer) {
      const words = wordsOf(name)
      const key = words.join('')
      if (!key) continue
      all.push({ name, words: words.join(' '), key, code })
      // A name of two countries is the name of neither.
      own.set(key, isStrict && own.has(key) && own.get(key) !== code ? null : code)
    }
    for (const [key, code] of own) if (!sure.has(key)) sure.set(key, code)
  }
  const alone = [...sure].filter((entry): entry is [string, string] => entry[1] !== null)
  return { codes, sure: new Map(alone), all }
}

const labelsIn = (list: string, language: string): [string, string][] =>
  Object.keys(codeList(list)?.terms ?? {}).flatMap((code) => {
    const label = termOf(list, code)?.[language]
    return typeof label === 'string' ? [[label, code] as [string, string]] : []
  })

type Names = Record<string, Record<string, Record<string, string[]>> | undefined>
const othersOf = (list: string): [string, string][] =>
  [otherNames.names as Names, typedNames.names as Names].flatMap((names) =>
    Object.entries(names[list] ?? {}).flatMap(([code, byLanguage]) =>
      Object.values(byLanguage)
        .flat()
        .map((name): [string, string] => [name, code]),
    ),
  )

function codesOf(list: string): Map<string, string> {
  const codes = new Map<string, string>()
  for (const code of Object.keys(codeList(list)?.terms ?? {})) {
    for (const key of ['$alpha3', '$numeric']) {
      const other = termOf(list, code)?.[key]
      if (typeof other === 'string') codes.set(other.toLowerCase(), code)
    }
    codes.set(addressKey(uriOf(list, code)), code)
  }
  for (const code of Object.keys(codeList(list)?.terms ?? {})) codes.set(code.toLowerCase(), code)
  if (list === 'countries') for (const [other, code] of Object.entries(otherCountryCodes)) codes.set(other, code)
  return codes
}

/** What bodies of the European Union write. */
const otherCountryCodes = { el: 'GR', uk: 'GB' }
/** Lists in which a name of two terms stands for neither. In others the narrower term, which comes later, is meant. */
const strictLists = new Set(['countries', 'regions'])

/** `Bolivia (Plurinational State of)` without what stands in brackets. */
const withoutBrackets = (name: string) => name.replaceAll(/\s*[(（][^)）]*[)）]/g, '').trim()
const hasBrackets = /[(（][^)）]*[)）]/

function namesOfCountries(): ListOfNames {
  const labels = languages.flatMap((language) => labelsIn('countries', language))
  const stems = labels
    .filter(([name]) => hasBrackets.test(name))
    .flatMap(([name, code]): [string, string][] => [
      [withoutBrackets(name), code],
      [`${hasBrackets.exec(name)![0]} ${withoutBrackets(name)}`, code],
    ])
  const others = Object.entries(otherCountryNames.names as Record<string, Record<string, string[]>>).flatMap(
    ([code, names]) => Object.values(names).flatMap((some) => some.map((name): [string, string] => [name, code])),
  )
  const further = Object.entries(codeList('countries')!.terms).flatMap(([code, term]) =>
    Object.entries(term).flatMap(([key, name]): [string, string][] =>
      key.startsWith('$') || typeof name !== 'string' ? [] : [[name, code]],
    ),
  )
  const unicode = languages.flatMap((language) =>
    (['long', 'short'] as const).flatMap((style) => {
      const display = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' })
      return Object.keys(codeList('countries')!.terms).flatMap((code): [string, string][] => {
        const name = display.of(code)
        // “É.-U.” is not the European Union, nor “RU” the Russian Federation.
        return name && nameKey(name).length > 2 ? [[name, code]] : []
      })
    }),
  )
  const layers = [labels, others, stems, further, unicode]
  return listOfNames(codesOf('countries'), layers, { isStrict: true })
}

const mostLists = 80
const lists = boundedCache<ListOfNames>(mostLists)

/** Made when first asked for. */
export function namesIn(list: string): ListOfNames {
  const known = lists.get(list)
  if (known) return known
  // Labels of licences name the short form first: “CC BY 4.0 · Attribution 4.0 International”.
  const halves = (name: string) => (name.includes(' · ') ? [name, ...name.split(' · ')] : [name])
  const labels = languages.map((language) =>
    labelsIn(list, language).flatMap(([name, code]) => halves(name).map((half): [string, string] => [half, code])),
  )
  const made =
    list === 'countries'
      ? namesOfCountries()
      : listOfNames(codesOf(list), [...labels, othersOf(list)], { isStrict: strictLists.has(list) })
  lists.set(list, made)
  return made
}

const addressKey = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/+$/, '')

/** The forms that countries put before their names, so that `République du Mali` is Mali. */
const forms =
  /^(?:the )?(?:(?:islamic|socialist|federal|arab|cooperative|democratic socialist|federal democratic|people s) )?(?:republic|kingdom|commonwealth|sultanate|principality|union|grand duchy|state) of (?:the )?|^(?:la )?(?:republique|royaume|principaute|sultanat|etat|union)(?: federale| islamique| arabe)? (?:des |de la |du |de l |de |d )|^(?:la )?(?:republica|reino|principado|sultanato|estado)(?: federal| islamica| arabe)? (?:de la |del |de los |de )|^(?:исламская |федеративная )?(?:республика|королевство|княжество|султанат) |^(?:جمهوريه|مملكه|دوله|سلطنه|اماره) |(?:共和国|王国)$/u
/** Forms with another meaning: what follows them is the name of another place, too. */
const notAForm =
  /^(?:the )?(?:republic of china|state of georgia|union of (?:south africa|soviet)|kingdom of (?:korea|kongo|hawaii))|^(?:la )?republique de chine|^(?:la )?republica de china|^جمهوريه الصين|^العربيه/u

function withoutForm(typed: string): string | undefined {
  const plain = plainName(typed).replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
  if (notAForm.test(plain)) return undefined
  const bare = plain.replace(forms, '')
  return bare !== plain && bare.length > 1 ? bare : undefined
}

/** `Tanzania, United Republic of`: as lists write it, so that they can be sorted. */
const turned = (typed: string): string | undefined => {
  const [first, second, ...more] = typed.split(',')
  return first && second && more.length === 0 ? `${second.trim()} ${first.trim()}` : undefined
}

const europeanCountry = /publications\.europa\.eu\/resource\/authority\/country\/([A-Z]{3})$/i

function countryNamed(typed: string, { sure, codes, all }: ListOfNames): string | undefined {
  const european = europeanCountry.exec(typed.trim())?.[1]
  if (european) return codes.get(european.toLowerCase())
  for (const other of [turned(typed), withoutForm(typed)]) {
    const code = other === undefined ? undefined : sure.get(nameKey(other))
    if (code !== undefined) return code
  }
  // A remark in brackets does not hide a country, unless its name is part of another’s, or the remark names another.
  const remark = hasBrackets.exec(typed)?.[0]
  const stem = remark && wordsOf(withoutBrackets(typed))
  const code = stem && sure.get(stem.join(''))
  if (!code) return undefined
  const named = ` ${stem.join(' ')} `
  const isPartOfAnother = all.some((one) => one.code !== code && ` ${one.words} `.includes(named))
  const said = sure.get(nameKey(remark)) ?? codes.get(remark.slice(1, -1).trim().toLowerCase())
  return isPartOfAnother || (said !== undefined && said !== code) ? undefined : code
}

const classified =
  /^(?:isced(?:-f| f)?(?: 2011| 2013)?|cite(?:-f| f)?|cine(?:-f| f)?|мско(?:-о| о)?|اسكد)(?: (?:level|niveau|nivel|уровень))?[ :-]*(\d{1,4})$/u

/**
 * The code of a vocabulary’s term that is called so; undefined where none is, or more than one. A code, an address or one
 * of its names will do, and a code in brackets behind anything: `Law [0421]`.
 */
export function codeNamed(list: string, typed: string): string | undefined {
  const text = typed.trim()
  if (text === '' || text.length > longestTyped) return undefined
  const inBrackets = /\[([^[\]]+)\]\s*$/.exec(text)?.[1]
  if (inBrackets !== undefined && termOf(list, inBrackets)) return inBrackets
  const names = namesIn(list)
  const code = names.codes.get(text.toLowerCase()) ?? names.codes.get(addressKey(text)) ?? names.sure.get(nameKey(text))
  if (code !== undefined) return code
  if (list === 'countries') return countryNamed(text, names)
  if (list === 'licences') return licenceNamed(text)
  if (list === 'levels' || list === 'subjects') return names.codes.get(classified.exec(plainName(text))?.[1] ?? '')
  return undefined
}

/** The name of a code as it can be typed: two terms may go by one name, then the code stands behind it. */
export function nameToType(list: string, code: string, language: string): string {
  const name = labelOf(list, code, language)?.text
  if (name === undefined) return code
  return codeNamed(list, name) === code ? name : `${name} [${code}]`
}

const fewestForWord = 3
const fewestForSlip = 5
const fewestForSlipElsewhere = 7
const hasHan = /\p{sc=Han}/u
const isLatin = /^[\p{sc=Latin}\p{N}]+$/u

/**
 * The terms that may be meant, most likely first: those called so, those with a name that begins so, those with a word
 * that does, and where none is, those with one slip of the pen in a name that is long enough to be told from others.
 */
export function candidatesIn({ sure, all, codes }: ListOfNames, typed: string, limit: number): string[] {
  const words = wordsOf(typed)
  const key = words.join('')
  if (key === '' || typed.length > longestTyped) return []
  const found = new Set<string>()
  const add = (code: string | undefined) => code !== undefined && found.size < limit && found.add(code)
  add(codes.get(typed.trim().toLowerCase()))
  add(sure.get(key))
  for (const one of all) if (one.key === key) add(one.code)
  if (key.length > 1 || hasHan.test(key)) {
    // Names stand here without the Arabic article, which is typed first.
    const bare = key.replace(/^ال(?=.)/u, '')
    const begun = all.filter((one) => one.key.startsWith(key) || one.key.startsWith(bare))
    for (const one of begun.toSorted((a, b) => a.key.length - b.key.length)) add(one.code)
  }
  const text = words.join(' ')
  if (text.length >= fewestForWord) for (const one of all) if (one.words.includes(` ${text}`)) add(one.code)
  if (found.size > 0) return [...found]
  const fewest = isLatin.test(key) ? fewestForSlip : fewestForSlipElsewhere
  if (key.length >= fewest && !hasHan.test(key)) for (const one of all) if (isOneSlip(one.key, key)) add(one.code)
  return [...found]
}

/** One letter more, less, other, or two that changed places; the first is right. */
function isOneSlip(one: string, other: string): boolean {
  if (one[0] !== other[0] || Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const [a, b] = [one.slice(at), other.slice(at)]
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  )
}

/** The code that is written just so: of the list itself, alpha-3, numeric, or an address. */
export const codeWritten = (list: string, code: string): string | undefined =>
  namesIn(list).codes.get(code.trim().toLowerCase())

export const termsLike = (list: string, typed: string, limit = 8): string[] => {
  const code = codeNamed(list, typed)
  const found = candidatesIn(namesIn(list), typed, limit)
  return code === undefined ? found : [code, ...found.filter((one) => one !== code)].slice(0, limit)
}
