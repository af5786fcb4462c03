/** Numbers as people of a language write them: 1,500 in English, 1.500 in Spanish, 1 500 in French are one number. */
import { isLanguage, localeOf } from '#kernel/i18n/languages.ts'
import { withPlainDigits } from './digits.ts'
import { fault, type Fault } from './fault.ts'

type Signs = { decimal: '.' | ','; group: '.' | ',' }

/**
 * What a sign means with three digits behind it, where it stands alone. French and Russian part thousands by spaces: their
 * comma is a decimal, and a full stop there can only part thousands.
 */
const signsOf = (language: string): Signs =>
  ['fr', 'es', 'ru'].includes(language.split('-')[0]!) ? { decimal: ',', group: '.' } : { decimal: '.', group: ',' }

/** Ten and a hundred thousands have words of their own in Chinese, which stand behind the digits. */
const myriads: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 }

export type HowToRead = {
  language: string
  /** It counts something: no fractions, so that one sign always parts thousands. */
  isCount?: boolean | undefined
  /** It is never parted into thousands, as latitudes are not: either sign is a decimal. */
  isUngrouped?: boolean | undefined
}

/** A number as it was written; a fault where it is none. */
export function readNumber(text: string, how: HowToRead): number | Fault {
  const plain = withPlainDigits(text).replace('٫', '.').replaceAll('−', '-')
  const [, digits = '', myriad = ''] = /^(.*?)\s*([千万萬亿億]?)[人名个]?$/.exec(plain) ?? []
  const western = westernOf(digits, how)
  if (western === undefined) return fault('number', text)
  const times = myriads[myriad]
  const value = times === undefined ? Number(western) : Number((Number(western) * times).toPrecision(15))
  if (!Number.isFinite(value)) return fault('number', text)
  return how.isCount && !Number.isInteger(value) ? fault('wholeNumber', text) : value
}

/** `-1234.5`, as programs write it; undefined where it is no number. */
function westernOf(text: string, how: HowToRead): string | undefined {
  // An exponent is what programs write: its point is a decimal.
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d{1,3}$/i.test(text)) return text
  const [, sign, body] = /^([+-]?)(\d[\d.,'’٬ ]*|[.,]\d+)$/.exec(text) ?? []
  if (body === undefined) return undefined
  const unspaced = withoutSpaces(body)
  if (unspaced === undefined) return undefined
  const decimal = decimalSign(unspaced, how)
  const [whole = '', fraction = '', ...more] = decimal ? unspaced.split(decimal) : [unspaced]
  if (more.length > 0 || !/^\d*$/.test(fraction) || (decimal && fraction === '')) return undefined
  const grouped = withoutGroups(whole)
  return grouped === undefined ? undefined : `${sign}${grouped || '0'}${fraction && `.${fraction}`}`
}

/** Spaces and apostrophes part thousands in every language, and nothing else. */
function withoutSpaces(body: string): string | undefined {
  if (!/['’٬ ]/.test(body)) return body
  return /^\d{1,3}(['’٬ ]\d{3})+([.,]\d+)?$/.test(body) ? body.replaceAll(/['’٬ ]/g, '') : undefined
}

function decimalSign(body: string, { language, isCount, isUngrouped }: HowToRead): '.' | ',' | undefined {
  const signs = body.replaceAll(/\d/g, '')
  const last = signs.at(-1) as '.' | ',' | undefined
  if (last === undefined) return undefined
  if (signs.length > 1) return signs.slice(0, -1).includes(last) ? undefined : last
  const [whole = '', behind = ''] = body.split(last)
  const mayPartThousands = /^[1-9]\d{0,2}$/.test(whole) && behind.length === 3 && !isUngrouped
  if (!mayPartThousands) return last
  return isCount || signsOf(language).group === last ? undefined : last
}

/** Groups of three; and as in India, of two before the last three. */
function withoutGroups(whole: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole
  const [sign] = /[.,]/.exec(whole)!
  const groups = whole.split(sign)
  const isWell = groups.every((one, at) =>
    at === 0 ? /^\d{1,3}$/.test(one) : at === groups.length - 1 ? /^\d{3}$/.test(one) : /^\d{2,3}$/.test(one),
  )
  return isWell ? groups.join('') : undefined
}

/** A year, 1000 to 2200, with what is written behind years in some languages. */
export function readYear(text: string): number | Fault {
  const year = /^(\d{4})(?:\s*(?:年|г\.?|год[ау]?|م\.?))?$/.exec(withPlainDigits(text))?.[1]
  return year === undefined || Number(year) < 1000 || Number(year) > 2200 ? fault('year', text) : Number(year)
}

const formats = new Map<string, Intl.NumberFormat>()

/** A number as somebody who reads this language would type it, so that it is read back as the same. */
export function numberToType(value: number, language: string): string {
  const known = formats.get(language)
  const format =
    known ??
    new Intl.NumberFormat(isLanguage(language) ? localeOf[language] : 'en', {
      useGrouping: false,
      maximumFractionDigits: 20,
    })
  if (!known && isLanguage(language)) formats.set(language, format)
  const typed = format.format(value)
  // Very large and very small ones are not the same when they are written out.
  return readNumber(typed, { language }) === value ? typed : String(value)
}
