/** Dates as people of a language write them: “March 2024”, “mars 2015”, ٢٠٢٣, “2015–2018”, 2024年5月17日. */
import { boundedCache } from '#kernel/bounded-cache.ts'
import { isLanguage, localeOf } from '#kernel/i18n/languages.ts'
import { withPlainDigits } from './digits.ts'
import { fault, isFault, type Fault } from './fault.ts'

/** As exact as it was written: 2024, 2024-05 or 2024-05-17. */
export type ReadDate = { from: string; to?: string; isPeriod?: true }
type HowToRead = {
  /** Decides whether 5/6/2024 is in May or June. */
  language: string
  /** Whole numbers of five digits are days since 1900, as spreadsheets count them. */
  isFromSpreadsheet?: boolean | undefined
}

/** Days, months and years, and periods of two; a fault where it is none, or may be two. */
export function readDate(text: string, how: HowToRead): ReadDate | Fault {
  const plain = tidied(text)
  if (how.isFromSpreadsheet && /^\d{5}(\.\d+)?$/.test(plain)) return { from: dayOfSerial(Number(plain)) }
  const one = readOne(plain, how)
  if (!isFault(one)) return { from: one }
  const period = readPeriod(plain, how)
  if (period) return period
  return { fault: one.fault, values: fault(one.fault, text).values }
}

/** One date, and no period. */
export function readSingleDate(text: string, how: HowToRead): string | Fault {
  const read = readDate(text, how)
  if (isFault(read)) return read
  return read.isPeriod ? fault('period', text) : read.from
}

const tidied = (text: string) =>
  withPlainDigits(text)
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/^(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}.*$/, '$1')

const msPerDay = 86_400_000
/** Day 60 is the 29 February 1900 that never was (ECMA-376 Part 1, 18.17.4.1); all that matter come later. */
const dayOfSerial = (serial: number) =>
  new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * msPerDay).toISOString().slice(0, 10)

type Parts = { year: string; month?: string | undefined; day?: string | undefined }

function readOne(text: string, { language }: HowToRead): string | Fault {
  const inFigures = ofFigures(text, language)
  if (inFigures) return isFault(inFigures) ? inFigures : composed(inFigures, text)
  const inWords = ofWords(text)
  return inWords ? composed(inWords, text) : fault('date', text)
}

function composed({ year, month, day }: Parts, text: string): string | Fault {
  if (Number(year) < 1000 || Number(year) > 2200) return fault('date', text)
  if (month === undefined) return year
  if (Number(month) < 1 || Number(month) > 12) return fault('noSuchDay', text)
  const upToMonth = `${year}-${month.padStart(2, '0')}`
  if (day === undefined) return upToMonth
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (Number(day) < 1 || Number(day) > days) return fault('noSuchDay', text)
  return `${upToMonth}-${day.padStart(2, '0')}`
}

/** Languages whose writers put the day first; where it may be either, as in English, one is asked. */
const dayFirst = ['fr', 'es', 'ru', 'ar']

function ofFigures(text: string, language: string): Parts | Fault | undefined {
  const year = /^(\d{4})\s?(?:年|г\.?|года?|م\.?)?$/.exec(text)?.[1]
  if (year) return { year }
  const big = /^(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(text)
  // 2015-16 is two years of a school, and no month.
  if (big && !(big[4] === undefined && Number(big[3]) > 12)) return { year: big[1]!, month: big[3], day: big[4] }
  const chinese = /^(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号]?)?$/.exec(text)
  if (chinese) return { year: chinese[1]!, month: chinese[2], day: chinese[3] }
  const month = /^(\d{1,2})[-./](\d{4})$/.exec(text)
  if (month) return { year: month[2]!, month: month[1] }
  const small = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})$/.exec(text)
  if (!small) return undefined
  const [, first = '', sign, second = '', last = ''] = small
  if (Number(second) > 12) return { year: last, month: first, day: second }
  const isSure = sign === '.' || first === second || Number(first) > 12 || dayFirst.includes(language.split('-')[0]!)
  return isSure ? { year: last, month: second, day: first } : fault('dateOrder', text)
}

/** What is written around the words of a date and says nothing. */
const fillers = /(?:^|\s)(?:de|del|d'|of|the|г\.?|года?|год|في|من|م)(?=\s|$)/g

function ofWords(text: string): Parts | undefined {
  const words = text.replaceAll(/[,،]/g, ' ').replaceAll(fillers, ' ').trim().split(/\s+/)
  const numbers = words.filter((word) => /^\d/.test(word))
  const names = words.filter((word) => !/^\d/.test(word))
  const month = names.length > 0 ? monthNames().get(nameOf(names.join(' '))) : undefined
  if (month === undefined || numbers.length === 0 || numbers.length > 2) return undefined
  const year = numbers.find((one) => /^\d{4}$/.test(one))
  const day = numbers.find((one) => one !== year)?.replace(/(?<=\d)(?:st|nd|rd|th|er|º|o|-?е|-?го|\.)$/, '')
  if (year === undefined || (day !== undefined && !/^\d{1,2}$/.test(day))) return undefined
  return { year, month: String(month), day }
}

const nameOf = (word: string) => word.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('.', '').trim()

/** The Gregorian months have other names in the Maghreb and in the Levant than in Egypt and the Gulf. */
const monthLocales = [
  ...Object.values(localeOf),
  'en-US',
  'fr-CA',
  'es-MX',
  'ar-DZ',
  'ar-TN',
  'ar-MA',
  'ar-SY',
  'ar-LB',
]
/** Short forms that CLDR does not have. */
const furtherMonths: Readonly<Record<string, number>> = {
  sept: 9,
  set: 9,
  сен: 9,
  сент: 9,
  мая: 5,
  juil: 7,
  fev: 2,
  aout: 8,
}

let known: ReadonlyMap<string, number> | undefined
function monthNames(): ReadonlyMap<string, number> {
  if (known) return known
  const names = new Map<string, number>(Object.entries(furtherMonths))
  for (const locale of monthLocales)
    for (const style of ['long', 'short'] as const)
      for (const withDay of [true, false])
        for (let month = 1; month <= 12; month++) {
          const format = new Intl.DateTimeFormat(locale, {
            month: style,
            ...(withDay && { day: 'numeric' }),
            calendar: 'gregory',
            timeZone: 'UTC',
          })
          const parts = format.formatToParts(new Date(Date.UTC(2001, month - 1, 2)))
          const name = nameOf(parts.find(({ type }) => type === 'month')!.value.toLowerCase())
          if (!names.has(name)) names.set(name, month)
        }
  known = names
  return names
}

const from = '(?:from|since|between|de|du|desde|del|depuis|с|от|من|منذ|从|自)'
const to = '(?:to|until|till|and|à|au|a|al|hasta|jusqu’à|по|до|إلى|الى|حتى|至|到)'
const between = new RegExp(
  `^(?:${from}\\s)?(.+?)(?:\\s?[–—‒~～]\\s?|\\s-\\s|\\s?\\.{2,3}\\s?|\\s${to}\\s|\\s?[至到]\\s?|\\s?/\\s?)(.+)$`,
  'u',
)
const years = /^(\d{4})\s?[-–—/]\s?(\d{4}|\d{2})$/
const open = new RegExp(`^(?:${from}\\s?(.+)|(.+?)\\s?[–—-]$)`, 'u')

function readPeriod(text: string, how: HowToRead): ReadDate | undefined {
  const [, first = '', second = ''] = years.exec(text) ?? []
  if (first) return inOrder(first, second.length === 2 ? `${first.slice(0, 2)}${second}` : second)
  const two = between.exec(text)
  const [begins, ends] = two ? [readOne(two[1]!, how), readOne(two[2]!, how)] : []
  if (typeof begins === 'string' && typeof ends === 'string') return inOrder(begins, ends)
  const alone = open.exec(text)
  const only = alone && readOne((alone[1] ?? alone[2])!.trim(), how)
  return typeof only === 'string' ? { from: only } : undefined
}

const inOrder = (begins: string, ends: string): ReadDate | undefined =>
  ends.slice(0, begins.length) < begins.slice(0, ends.length) ? undefined : { from: begins, to: ends, isPeriod: true }

const mostFormats = 30
const formats = boundedCache<Intl.DateTimeFormat>(mostFormats)

/** A date as somebody who reads this language would type it, so that it is read back as the same. */
export function dateToType(date: string, language: string): string {
  if (!/^\d{4}(-\d{2}){1,2}$/.test(date) || !isLanguage(language)) return date
  const isDay = date.length === 10
  const key = `${language} ${isDay}`
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(localeOf[language], {
      year: 'numeric',
      month: 'long',
      ...(isDay && { day: 'numeric' }),
      calendar: 'gregory',
      timeZone: 'UTC',
    })
  formats.set(key, format)
  const typed = format.format(new Date(`${isDay ? date : `${date}-01`}T00:00:00Z`))
  return readSingleDate(typed, { language }) === date ? typed : date
}
