/** Dates, numbers and names in the reader's language, from CLDR through Intl. Formats are made once a language. */
import furtherNames from './further-names.json' with { type: 'json' }
import { directionOf, localeOf, type Language } from './languages.ts'

export type Formats = {
  number: (value: number) => string
  decimal: (value: number) => string
  /** With its sign and two decimals, so that those beside one another are read alike: `+0.30`, `−0.16`, `0.00`. */
  signed: (value: number) => string
  percent: (value: number) => string
  /** With one digit after the point, where it is not zero. */
  percentTenths: (value: number) => string
  money: (amount: number, currency: string) => string
  /** In three digits, for where there is no room: 92M. */
  numberShort: (value: number) => string
  /** 2024-05-17, 2024-05 or 2024, as exact as it is given. */
  day: (date: string) => string
  /** An ISO 8601 time, with its hour in UTC. */
  time: (iso: string) => string
  languageName: (tag: string) => string
  list: (items: readonly string[]) => string
  /** The same, of the first so many where there are more, with an ellipsis after the last. */
  listUpTo: (items: readonly string[], most: number) => string
  /** What stands between the items of a list without “and”: `, ` or `، ` or `、`. */
  comma: string
  /** What stands between a label and its value: `: `, or ` : ` that does not break, or `：`. */
  colon: string
  /** What ends a sentence that another follows: `. ` or `。`. */
  stop: string
  /** Sentences after one another, those that are there; in Chinese no space stands between them. */
  sentences: (...all: readonly (string | false)[]) => string
  /** What stands in brackets after something, with the space before them; in Chinese they are full-width, without one. */
  bracketed: (text: string) => string
  compare: (a: string, b: string) => number
  bytes: (size: number) => string
}

/** Languages of records that CLDR does not name in all of these: ISO 639-3, transliterated by this node. */
const further = furtherNames as Record<string, Partial<Record<string, string>>>

const made = new Map<Language, Formats>()

export function formatsIn(language: Language): Formats {
  const known = made.get(language)
  if (known) return known
  const formats = make(localeOf[language])
  made.set(language, formats)
  return formats
}

const mostRemembered = 2_000

/** Looking a name up in CLDR takes longer than all else about a line of a list. */
function remembered(find: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const found = find(key)
    if (known.size < mostRemembered) known.set(key, found)
    return found
  }
}

// Intl joins items with “and” or with spaces; enumerations want what writers of the language put between them.
const commas: Record<string, string> = { ar: '، ', zh: '、' }
/** CLDR writes a hyphen, which is shorter than a plus and may end a line. */
const withMinus = (text: string) => text.replace('-', '\u2212')
const stops: Record<string, string> = { zh: '。' }
const colons: Record<string, string> = { fr: '\u00a0: ', zh: '：' }

function make(locale: string): Formats {
  const spoken = locale.split('-')[0]!
  const comma = commas[spoken] ?? ', '
  const number = new Intl.NumberFormat(locale)
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const signed = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const percentTenths = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const days = {
    4: new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' }),
    7: new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
    10: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
  }
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const languageNames = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })
  const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' })
  const collator = new Intl.Collator(locale, { numeric: true })
  const sizes = (['byte', 'kilobyte', 'megabyte'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }),
  )
  const moneys = new Map<string, Intl.NumberFormat>()
  /** Large amounts are shown without cents; the cost per learner may be only cents. */
  const moneyOf = (amount: number, currency: string) => {
    const maximumFractionDigits = amount < 100 ? 2 : 0
    const key = `${currency} ${maximumFractionDigits}`
    const known =
      moneys.get(key) ??
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        maximumFractionDigits,
        trailingZeroDisplay: 'stripIfInteger',
      })
    moneys.set(key, known)
    return known
  }
  const numberShort = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  /** A sign of letters and a dollar, such as US$, keeps its order in a text that runs from right to left (UAX 9: an isolate). */
  const isRightToLeft = directionOf(spoken) === 'rtl'
  const moneyIn = (amount: number, currency: string) => {
    const format = moneyOf(amount, currency)
    if (!isRightToLeft) return format.format(amount)
    return format
      .formatToParts(amount)
      .map(({ type, value }) => (type === 'currency' && /[A-Z]/i.test(value) ? `\u2066${value}\u2069` : value))
      .join('')
  }
  const orAsGiven = (format: () => string, given: string) => {
    try {
      return format()
    } catch {
      return given
    }
  }
  return {
    number: (value) => withMinus(number.format(value)),
    decimal: (value) => withMinus(decimal.format(value)),
    signed: (value) => withMinus(signed.format(value)),
    percent: (value) => withMinus(percent.format(value)),
    percentTenths: (value) => withMinus(percentTenths.format(value)),
    money: (amount, currency) => withMinus(orAsGiven(() => moneyIn(amount, currency), `${amount} ${currency}`)),
    numberShort: (value) => withMinus(numberShort.format(value)),
    day: (date) => orAsGiven(() => (days[date.length as 4] ?? days[10]).format(new Date(date)), date),
    time: (iso) => orAsGiven(() => time.format(new Date(iso)), iso),
    languageName: remembered((tag) => further[tag]?.[spoken] ?? orAsGiven(() => languageNames.of(tag) ?? tag, tag)),
    list: (items) => list.format(items),
    listUpTo: (items, most) =>
      items.length > most ? `${items.slice(0, most).join(comma)}${spoken === 'zh' ? '……' : '…'}` : list.format(items),
    comma,
    colon: colons[spoken] ?? ': ',
    stop: stops[spoken] ?? '. ',
    sentences: (...all) => all.filter(Boolean).join(spoken === 'zh' ? '' : ' '),
    bracketed: (text) => (spoken === 'zh' ? `（${text}）` : ` (${text})`),
    compare: (a, b) => collator.compare(a, b),
    bytes: (size) =>
      size < 1_000
        ? sizes[0]!.format(size)
        : size < 1_000_000
          ? sizes[1]!.format(size / 1_000)
          : sizes[2]!.format(size / 1_000_000),
  }
}
