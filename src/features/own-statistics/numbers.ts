/** Values as people write them. `1,234` is read by what the other values of the file make of the comma. */
import { readNumber } from '#records/locale-values/numbers.ts'
import { withPlainDigits } from '#records/locale-values/digits.ts'
import { isFault } from '#records/locale-values/fault.ts'
import type { Decimal } from './columns.ts'

/** No indicator of education has values beyond; a number that large is a fault of whoever wrote it. */
const largest = 1e15

/** What stands for no value, in tables of statistical offices. */
const empty = /^(?:|\.{1,3}|…|[-–—]|:|n\.?\s?[ad]\.?|n\/[ad]|na|null|missing)$/i
/** Withheld, because few people stand behind it: `<5`. */
const withheld = /^<\s?\d{1,2}$/

export type ReadValue =
  { value: number } | { none: 'empty' | 'withheld' } | { fault: 'valueUnfit' | 'valueAmbiguous'; other?: string }

const signed = (cell: string) =>
  withPlainDigits(cell)
    .replace('٫', '.')
    .replace(/\s?[%٪]$/, '')
    .trim()

const whole = /^\d{1,15}$/
/** One sign with three digits behind it: a decimal, or thousands. */
const ambiguous = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/
const commaDecimal = /^[+-]?(?:\d+,\d{1,2}|\d+,\d{4,}|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})$/
const pointDecimal = /^[+-]?(?:\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})$/

/** The sign of decimals in a file; undefined where its values do not tell, or contradict one another. */
export function decimalOf(cells: Iterable<string>): '.' | ',' | undefined {
  let [comma, point] = [false, false]
  for (const cell of cells) {
    if (whole.test(cell)) continue
    const text = signed(cell)
    comma ||= commaDecimal.test(text)
    point ||= pointDecimal.test(text)
    if (comma && point) return undefined
  }
  return comma ? ',' : point ? '.' : undefined
}

export function readValue(cell: string, decimal: '.' | ',' | undefined): ReadValue {
  // Most cells of most tables.
  if (whole.test(cell)) return { value: Number(cell) }
  if (empty.test(cell.trim())) return { none: 'empty' }
  if (withheld.test(cell.trim())) return { none: 'withheld' }
  const text = signed(cell)
  if (ambiguous.test(text) && decimal === undefined) return { fault: 'valueAmbiguous', other: text.replace(/[.,]/, '') }
  const read = readNumber(text, { language: decimal === ',' ? 'fr' : 'en' })
  return isFault(read) || Math.abs(read) > largest ? { fault: 'valueUnfit' } : { value: read }
}

export const chosenDecimal = (chosen: Decimal, found: '.' | ',' | undefined): '.' | ',' | undefined =>
  chosen === 'auto' ? found : chosen
