/** What people write into cells, as the fields of a form take it. */
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { readDate } from '#records/locale-values/dates.ts'
import { isFault } from '#records/locale-values/fault.ts'
import type { FormField } from '#records/form/plan.ts'
import { plainName } from '#records/vocabularies/names.ts'

/** How several values stand in one cell. */
export const separators = [';', ',', '|', '/', 'line'] as const
export type Separator = (typeof separators)[number]

export const valuesIn = (cell: string, separator: Separator): string[] =>
  cell
    .split(separator === 'line' ? /\r?\n/ : new RegExp(`[${separator === '/' ? '/' : separator}\\n]`))
    .map((one) => one.trim())
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
): string[] | undefined {
  if (field.type === 'flag') {
    const answer = answerIn(cell)
    return answer === undefined ? undefined : [answer]
  }
  if (field.type === 'date') return (isList ? valuesIn(cell, separator) : [cell]).map((one) => dateIn(one, language))
  const takesSeveral = isList || control === 'boxes' || field.type === 'words'
  return takesSeveral ? valuesIn(cell, separator) : [cell]
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
