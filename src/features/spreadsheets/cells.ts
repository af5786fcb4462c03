/** What people write into cells, as the fields of a form take it. */
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { readDate } from '#records/locale-values/dates.ts'
import { isFault } from '#records/locale-values/fault.ts'
import type { FormField } from '#records/form/plan.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { codeNamed, plainName } from '#records/vocabularies/names.ts'

/** How several values stand in one cell; `auto`: as the vocabulary of the field knows them. */
export const separators = ['auto', ';', ',', '|', '/', 'line'] as const
export type Separator = (typeof separators)[number]
type Sign = Exclude<Separator, 'auto'>

/** The first that makes values of a cell which are all known. */
const signs: readonly Sign[] = ['line', ';', '|', ',', '/']

/** With what stands for them in Arabic and Chinese; lines always part values. */
const between: Record<Sign, RegExp> = {
  ';': /[;；؛\n]/,
  ',': /[,，،、\n]/,
  '|': /[|\n]/,
  '/': /[/\n]/,
  line: /\r?\n/,
}

const partedBy = (cell: string, sign: Sign): string[] =>
  cell
    .split(between[sign])
    .map((one) => one.trim())
    .filter(Boolean)

/** Where nothing is known of the values. */
const likely = (cell: string): Sign => (['\n', ';', '|', ','] as const).find((one) => cell.includes(one)) as Sign

export function valuesIn(cell: string, separator: Separator, isKnown?: (text: string) => boolean): string[] {
  if (separator !== 'auto') return partedBy(cell, separator)
  if (!isKnown) return partedBy(cell, cell.includes('\n') ? 'line' : (likely(cell) ?? 'line'))
  if (isKnown(cell.trim())) return [cell.trim()]
  const ways = signs
    .map((sign) => partedBy(cell, sign))
    .map((parts) => ({ parts, known: parts.filter(isKnown).length }))
  const whole = ways.find(({ parts, known }) => parts.length > 0 && known === parts.length)
  if (whole) return whole.parts
  const most = Math.max(...ways.map(({ known }) => known))
  // Of words that are all unknown, commas and slashes may be parts.
  const sure = most > 0 ? ways : ways.slice(0, 3)
  return sure.find(({ known, parts }) => known === most && (most > 0 || parts.length > 1))?.parts ?? [cell.trim()]
}

/** Addresses hold `;`, `,` and `/` themselves: they are parted by lines and spaces, and where another begins. */
export const addressesIn = (cell: string): string[] =>
  cell
    .split(/[\s;,|]+(?=https?:\/\/|www\.)|[;,|]\s+|\n/i)
    .map((one) => one.trim().replace(/[;,|]+$/, ''))
    .filter(Boolean)

const answers = new Map<string, string>()
function answerIn(word: string): string | undefined {
  if (answers.size === 0) {
    for (const answer of ['true', 'false'] as const)
      for (const language of languages) answers.set(plainName(messagesIn(language)(`form.flag.${answer}`)), answer)
    for (const yes of ['true', '1', 'x', 'y']) answers.set(yes, 'true')
    for (const no of ['false', '0', 'n']) answers.set(no, 'false')
  }
  return answers.get(plainName(word))
}

/**
 * The day, month or year of a cell, as forms write it; a serial number of a spreadsheet too. What is no date, or may be
 * two (05/06/2024 in English), and a period, is left as it is for the form to read.
 */
export function dateIn(cell: string, language = 'en'): string {
  const read = readDate(cell, { language, isFromSpreadsheet: true })
  return isFault(read) || read.isPeriod ? cell : read.from
}

/** The texts for one field of a form; undefined where a yes or no cannot be made out. */
export function textsFor(
  { field, control, isList }: FormField,
  cell: string,
  separator: Separator,
  language: string,
  isMapped: (text: string) => boolean = () => false,
): string[] | undefined {
  if (field.type === 'flag') {
    const answer = answerIn(cell)
    return answer === undefined ? undefined : [answer]
  }
  if (field.type === 'date') return (isList ? valuesIn(cell, separator) : [cell]).map((one) => dateIn(one, language))
  if (isList && (field.type === 'url' || field.type === 'link')) return addressesIn(cell)
  const isKnown =
    field.type === 'choice'
      ? (text: string) => isMapped(text) || codeNamed(field.vocabulary ?? '', text) !== undefined
      : field.type === 'language'
        ? (text: string) => isMapped(text) || languageNamed(text) !== undefined
        : undefined
  const takesSeveral = isList || control === 'boxes' || field.type === 'words'
  return takesSeveral ? valuesIn(cell, separator, isKnown) : [cell]
}

/** `1200 USD`, `USD 1,200`: an amount and its currency in one cell. */
export function moneyIn(cell: string): { amount: string; currency: string } {
  const currency = /[A-Za-z]{3}/.exec(cell)?.[0] ?? ''
  return { amount: cell.replace(currency, '').trim(), currency }
}

/** `-1.29, 36.82`: latitude and longitude in one cell. */
export function placeIn(cell: string): { latitude: string; longitude: string } {
  const [latitude = '', longitude = ''] = cell.split(/\s*[,;]\s+|\s*;\s*|,(?=\s*-?\d+\.\d)|\s+/)
  return { latitude, longitude }
}
