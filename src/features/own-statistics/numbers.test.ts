/** Values as people write them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decimalOf, readValue } from './numbers.ts'

const valueIn = (cell: string, decimal?: '.' | ',') => {
  const read = readValue(cell, decimal)
  return 'value' in read ? read.value : 'none' in read ? read.none : read.fault
}

test('values are read however they are written, and what is none is said', () => {
  const cases: [string, unknown][] = [
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['45 %', 45],
    ['1\u202f234,5', 1234.5],
    ["1'234", 1234],
    ['1,234,567', 1_234_567],
    ['1.234,56', 1234.56],
    ['٩٣٫٢٥', 93.25],
    ['−3', -3],
    ['1e3', 1000],
    ['1,234', 'valueAmbiguous'],
    ['1.234', 'valueAmbiguous'],
    ['0.234', 0.234],
    ['NaN', 'valueUnfit'],
    ['Infinity', 'valueUnfit'],
    ['1e400', 'valueUnfit'],
    ['9'.repeat(40), 'valueUnfit'],
    ['12 (e)', 'valueUnfit'],
    ['#DIV/0!', 'valueUnfit'],
    ['=1+1', 'valueUnfit'],
    ['', 'empty'],
    ['..', 'empty'],
    ['…', 'empty'],
    ['n/a', 'empty'],
    ['<5', 'withheld'],
  ]
  for (const [cell, value] of cases) assert.equal(valueIn(cell), value, cell)
})

test('what else stands in the table tells what a comma parts', () => {
  assert.equal(decimalOf(['1,234', '12,5']), ',')
  assert.equal(decimalOf(['1,234', '12.5', '1,234,567']), '.')
  assert.equal(decimalOf(['1,234', '12.5', '12,5']), undefined, 'they contradict one another')
  assert.equal(valueIn('1,234', ','), 1.234)
  assert.equal(valueIn('1,234', '.'), 1234)
  assert.equal(valueIn('1.234', ','), 1234)
})

test('a number comes back from every way in which languages write it', () => {
  const ways = [
    { language: 'en-GB', decimal: '.' as const },
    { language: 'de-DE', decimal: ',' as const },
    { language: 'fr-FR', decimal: ',' as const },
    { language: 'ru-RU', decimal: ',' as const },
    { language: 'ar-EG', decimal: '.' as const },
  ]
  fc.assert(
    fc.property(
      fc.integer({ min: -1e11, max: 1e11 }),
      fc.constantFrom(...ways),
      (thousandths, { language, decimal }) => {
        const value = thousandths / 1000
        const written = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value)
        assert.equal(valueIn(written, decimal), value, `${language}: ${written}`)
      },
    ),
  )
})
