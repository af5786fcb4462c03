import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { boundedCache } from '../bounded-cache.ts'
import type { DerivedKey, MessageKey, WithGap } from './message-key.ts'
import { languages, localeOf, type Language } from './languages.ts'

export type Values = Record<string, string | number | Date>
/** The words for a key, with the values filled in (ICU MessageFormat). */
export type Translate = {
  (key: MessageKey, values?: Values): string
  <Key extends DerivedKey>(key: WithGap<Key>, values?: Values): string
}
export type Catalogue = Readonly<Record<string, string>>

const source = fileURLToPath(new URL('../../', import.meta.url))
/** Each part of the system keeps its words beside it: `<part>/locales/<language>.json`. */
const catalogueFiles = (language: Language) =>
  globSync(`{*,*/*}/locales/${language}.json`, { cwd: source }).map((path) => join(source, path))

/** A note for translators stands beside its message, as in ARB files: `"@key": {"description": "…"}`. */
type CatalogueFile = Record<string, string | { description?: string }>
const entriesOf = (language: Language) =>
  catalogueFiles(language).flatMap((path) => Object.entries(JSON.parse(readFileSync(path, 'utf8')) as CatalogueFile))

const catalogues = new Map<Language, Catalogue>()

/** All words of the interface in one language, joined from the catalogues of all parts and read once. Notes are not kept. */
export function readCatalogue(language: Language): Catalogue {
  const known = catalogues.get(language)
  if (known) return known
  const words = entriesOf(language).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const read = Object.fromEntries(words)
  catalogues.set(language, read)
  return read
}

/** The notes for translators, by the key of the message; for the tests that hold them. */
export const readNotes = (language: Language): Catalogue =>
  Object.fromEntries(
    entriesOf(language).flatMap(([key, note]) =>
      typeof note !== 'string' && note.description ? [[key.slice(1), note.description]] : [],
    ),
  )

/** What an unknown key says to a reader: its last part in words, so that never a bare key is shown. */
const wordsOfKey = (key: string) =>
  key
    .split('.')
    .at(-1)!
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()

/** A value that nobody gave shows as an ellipsis: a message with a gap is better than none. */
const complete = (values: Values = {}): Values =>
  new Proxy(values, { has: () => true, get: (given, name) => given[name as string] ?? '…' })

type Say = (values?: Values) => string

/** Most messages have nothing but names between braces, which need no rules: to fill these in takes a tenth of the time. */
const onlyNames = /^(?:[^{}'<]|\{\w+\})*$/
/** So many numbers does a message remember what it says of. */
const numbersRemembered = 50

/** What ends with a stop of its own, as a date in Russian does (“28 ноября 2026 г.”), ends its sentence too. */
function withOneStop(text: string, values: Values): string {
  let said = text
  for (const value of Object.values(values))
    if (typeof value === 'string' && value.endsWith('.')) said = said.replaceAll(`${value}.`, () => value)
  return said
}

function sayOf(source: string, locale: string): Say {
  if (!onlyNames.test(source)) return byRules(source, locale)
  if (!source.includes('{')) return () => source
  // Text and names by turns.
  const pieces = source.split(/\{(\w+)\}/)
  return (values = {}) => {
    const said = pieces.map((piece, at) => (at % 2 === 0 ? piece : String(values[piece] ?? '…'))).join('')
    return withOneStop(said, values)
  }
}

/** Plurals, choices and dates (ICU MessageFormat). What is said of numbers alone depends on nothing else. */
function byRules(source: string, locale: string): Say {
  const format = new IntlMessageFormat(source, locale, undefined, { ignoreTag: true })
  const remembered = boundedCache<string>(numbersRemembered)
  const said = (values: Values) => withOneStop(String(format.format(complete(values))), values)
  return (values = {}) => {
    if (!Object.values(values).every(Number.isFinite)) return said(values)
    const key = JSON.stringify(values)
    const known = remembered.get(key)
    if (known !== undefined) return known
    const made = said(values)
    remembered.set(key, made)
    return made
  }
}

function translator(language: Language, catalogue: Catalogue, english: Catalogue): Translate {
  const known = new Map<string, Say>()
  const making = (key: string): Say => {
    const own = catalogue[key]
    if (own !== undefined) return sayOf(own, localeOf[language])
    const say = sayOf(english[key]!, 'en')
    return (values) => `${say(values)} [en]`
  }
  return (key: string, values?: Values) => {
    let say = known.get(key)
    if (!say) {
      if (!hasMessage(key)) return `${wordsOfKey(key)} [en]`
      known.set(key, (say = making(key)))
    }
    return say(values)
  }
}

export const hasMessage = (key: string): key is MessageKey => key in english
const english = readCatalogue('en')

/** The words for a key that is known only when it is asked for; where there are none, what is given instead. */
export const wordsOr = (t: Translate, key: string, otherwise: string, values?: Values): string =>
  hasMessage(key) ? t(key, values) : otherwise

const translators = new Map<Language, Translate>()

export function messagesIn(language: Language): Translate {
  const known = translators.get(language)
  if (known) return known
  const made = translator(language, language === 'en' ? english : readCatalogue(language), english)
  translators.set(language, made)
  return made
}

export const loadAllMessages = () => languages.forEach(messagesIn)
