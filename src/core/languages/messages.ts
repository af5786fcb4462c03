import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import type { DerivedKey, MessageKey, WithGap } from './message-key.ts'
import { languages, localeOf, type Language } from './languages.ts'

export type Values = Record<string, string | number | Date>
/** The words for a key, with the values filled in (ICU MessageFormat). */
export type Translate = {
  (key: MessageKey, values?: Values): string
  <Key extends DerivedKey>(key: WithGap<Key>, values?: Values): string
}
export type Catalogue = Readonly<Record<string, string>>

const folder = new URL('../../../locales/', import.meta.url)

/** All words of the interface in one language, from `locales/<language>.json`. */
export const readCatalogue = (language: Language): Catalogue =>
  JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Catalogue

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

function translator(language: Language, catalogue: Catalogue, english: Catalogue): Translate {
  const formats = new Map<string, IntlMessageFormat>()
  const formatOf = (key: string, source: string, locale: string) => {
    const known = formats.get(key)
    if (known) return known
    const made = new IntlMessageFormat(source, locale, undefined, { ignoreTag: true })
    formats.set(key, made)
    return made
  }
  return (key: string, values?: Values) => {
    const own = catalogue[key]
    const source = own ?? english[key]
    if (source === undefined) return `${wordsOfKey(key)} [en]`
    const text =
      source.includes('{') || source.includes("'")
        ? String(formatOf(key, source, own ? localeOf[language] : 'en').format(complete(values)))
        : source
    return own === undefined ? `${text} [en]` : text
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
