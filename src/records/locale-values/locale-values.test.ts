/** Numbers, dates and money are read as people of a language write them, and shown so that they are read back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { digitOf } from '#kernel/i18n/fold.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { dateToType, readDate, readSingleDate } from './dates.ts'
import { isFault } from './fault.ts'
import { readCurrency, readMoney } from './money.ts'
import { numberToType, readNumber, readYear } from './numbers.ts'

test('a number is read as people of the language write it', () => {
  for (const [typed, language, value] of [
    ['1,500', 'en', 1500],
    ['1.500', 'es', 1500],
    ['1 500', 'fr', 1500],
    ['1\u202F500', 'fr', 1500],
    ['1 234 567,5', 'ru', 1234567.5],
    ['1.234.567,5', 'es', 1234567.5],
    ['1,234,567.5', 'zh', 1234567.5],
    ['12,50', 'fr', 12.5],
    ['12.50', 'fr', 12.5],
    ['0.045', 'es', 0.045],
    ['1,00,000', 'en', 100_000],
    ['١٬٥٠٠', 'ar', 1500],
    ['١٢٫٥', 'ar', 12.5],
    ['۱۵۰۰', 'ar', 1500],
    ['１５００', 'zh', 1500],
    ['3万', 'zh', 30_000],
    ['1.2亿', 'zh', 120_000_000],
    ['1’500', 'fr', 1500],
    ['-1,29', 'fr', -1.29],
    ['−3', 'en', -3],
    ['1e3', 'en', 1000],
  ] as const)
    assert.equal(readNumber(typed, { language }), value, `${typed} in ${language}`)
  for (const typed of ['', 'about 200', '12 34', '1.2.3', '1,2,3', '--5', '1.', '0x10', 'Infinity', '1e999', '1,50,00'])
    assert.ok(isFault(readNumber(typed, { language: 'en' })), typed)
})

test('what counts people has no fractions, so either sign parts thousands; a latitude has no thousands', () => {
  assert.equal(readNumber('1,500', { language: 'es', isCount: true }), 1500)
  assert.equal(readNumber('1.500', { language: 'en', isCount: true }), 1500)
  assert.deepEqual(readNumber('1.5', { language: 'en', isCount: true }), {
    fault: 'wholeNumber',
    values: { text: '1.5' },
  })
  assert.equal(readNumber('40.417', { language: 'es', isUngrouped: true }), 40.417)
})

test('any number that a page shows to be changed is read back as the same, in every language', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...languages), (value, language) =>
      assert.ok(Object.is(readNumber(numberToType(value, language), { language }), value + 0) || value === 0),
    ),
  )
})

test('dates, months, years and periods are read as people of the language write them', () => {
  const ends = (from: string, to: string) => ({ from, to, isPeriod: true })
  for (const [typed, language, read] of [
    ['2024', 'en', { from: '2024' }],
    ['٢٠٢٣', 'ar', { from: '2023' }],
    ['۲۰۲۳', 'ar', { from: '2023' }],
    ['March 2024', 'en', { from: '2024-03' }],
    ['mars 2015', 'fr', { from: '2015-03' }],
    ['marzo de 2015', 'es', { from: '2015-03' }],
    ['март 2015 г.', 'ru', { from: '2015-03' }],
    ['مارس ٢٠١٥', 'ar', { from: '2015-03' }],
    ['آذار 2015', 'ar', { from: '2015-03' }],
    ['2015年3月', 'zh', { from: '2015-03' }],
    ['17 March 2024', 'en', { from: '2024-03-17' }],
    ['March 17, 2024', 'en', { from: '2024-03-17' }],
    ['1er mars 2015', 'fr', { from: '2015-03-01' }],
    ['17 de mayo de 2024', 'es', { from: '2024-05-17' }],
    ['17 мая 2024 года', 'ru', { from: '2024-05-17' }],
    ['2024年5月17日', 'zh', { from: '2024-05-17' }],
    ['mars 2015', 'en', { from: '2015-03' }],
    ['05/2024', 'en', { from: '2024-05' }],
    ['5/6/2024', 'fr', { from: '2024-06-05' }],
    ['17.05.2024', 'ru', { from: '2024-05-17' }],
    ['2024-05-17T10:00:00.000Z', 'en', { from: '2024-05-17' }],
    ['2015–2018', 'en', ends('2015', '2018')],
    ['2015-2018', 'en', ends('2015', '2018')],
    ['2015/16', 'en', ends('2015', '2016')],
    ['mars 2015 - juin 2018', 'fr', ends('2015-03', '2018-06')],
    ['de 2015 à 2018', 'fr', ends('2015', '2018')],
    ['с 2015 по 2018', 'ru', ends('2015', '2018')],
    ['من 2015 إلى 2018', 'ar', ends('2015', '2018')],
    ['2015年至2018年', 'zh', ends('2015', '2018')],
    ['since 2015', 'en', { from: '2015' }],
  ] as const)
    assert.deepEqual(readDate(typed, { language }), read, `${typed} in ${language}`)
  for (const [typed, fault] of [
    ['last year', 'date'],
    ['99999999', 'date'],
    ['24', 'date'],
    ['05/06/2024', 'dateOrder'],
    ['30/02/2024', 'noSuchDay'],
    ['13/2024', 'noSuchDay'],
    ['2018–2015', 'date'],
    ['45000', 'date'],
  ] as const) {
    const read = readDate(typed, { language: 'en' })
    assert.equal(isFault(read) && read.fault, fault, typed)
  }
  assert.deepEqual(readSingleDate('2015–2018', { language: 'en' }), { fault: 'period', values: { text: '2015–2018' } })
})

test('days that a spreadsheet counts since 1900 are days', () => {
  const read = (typed: string) => readDate(typed, { language: 'en', isFromSpreadsheet: true })
  assert.deepEqual(read('45429'), { from: '2024-05-17' })
  assert.deepEqual(read('2015'), { from: '2015' })
})

test('any date that a page shows to be changed is read back as the same, in every language', () => {
  const date = fc
    .tuple(
      fc.integer({ min: 1000, max: 2200 }),
      fc.option(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.option(fc.integer({ min: 1, max: 28 })))),
    )
    .map(([year, rest]) =>
      [year, ...(rest ? [rest[0], ...(rest[1] === null ? [] : [rest[1]])] : [])]
        .map((part) => String(part).padStart(2, '0'))
        .join('-'),
    )
  fc.assert(
    fc.property(date, fc.constantFrom(...languages), (day, language) =>
      assert.equal(readSingleDate(dateToType(day, language), { language }), day),
    ),
  )
})

test('whatever is typed, it is read or refused, at once', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(fc.constantFrom('12', ' ', '.', ',', '-', '/', '–', 'March', 'de', 'to', '٢', '年'), { maxLength: 60 })
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(typed, fc.constantFrom(...languages), (text, language) => {
      readDate(text, { language })
      readYear(text)
      readNumber(text, { language })
      readMoney(text, '', { language })
    }),
  )
})

test('an amount is read with its currency by code, sign or name, beside it or apart', () => {
  for (const [amount, currency, language, read] of [
    ['1 500 €', '', 'fr', { amount: 1500, currency: 'EUR' }],
    ['US$ 20', '', 'en', { amount: 20, currency: 'USD' }],
    ['3,000', 'Kenyan shillings', 'en', { amount: 3000, currency: 'KES' }],
    ['1.500', 'eur', 'es', { amount: 1500, currency: 'EUR' }],
    ['100 рублей', '', 'ru', { amount: 100, currency: 'RUB' }],
    ['5 元', '人民币', 'zh', { amount: 5, currency: 'CNY' }],
    ['١٥٠٠ دولار أمريكي', '', 'ar', { amount: 1500, currency: 'USD' }],
    ['20 $', 'CAD', 'en', { amount: 20, currency: 'CAD' }],
  ] as const)
    assert.deepEqual(readMoney(amount, currency, { language }), read, `${amount} ${currency}`)
  for (const [amount, currency, fault] of [
    ['$20', '', 'currencyUnclear'],
    ['20', '', 'currency'],
    ['20', 'XYZ', 'currency'],
    ['20 USD', 'EUR', 'number'],
    ['much', 'EUR', 'number'],
  ] as const) {
    const read = readMoney(amount, currency, { language: 'en' })
    assert.equal(isFault(read) && read.fault, fault, `${amount} ${currency}`)
  }
  for (const code of Intl.supportedValuesOf('currency')) assert.equal(readCurrency(code), code)
})

test('a year is one of four figures', () => {
  assert.equal(readYear('٢٠٢٣'), 2023)
  assert.equal(readYear('2019年'), 2019)
  // Bengali, Ol Chiki, Chakma, Adlam, and bold ones of mathematics and wide ones.
  for (const typed of ['২০২৩', '᱒᱐᱒᱓', '𑄸𑄶𑄸𑄹', '𞥒𞥐𞥒𞥓', '𝟐𝟎𝟐𝟑', '２０２３']) assert.equal(readYear(typed), 2023, typed)
  for (const typed of ['19', '2,019', '20190', 'MMXIX', '0999']) assert.ok(isFault(readYear(typed)), typed)
})

test('each digit that Unicode knows is one of ten', () => {
  const all = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /\p{Nd}/u.test(character))
  assert.ok(all.length > 700)
  assert.equal(all.map(digitOf).join(''), '0123456789'.repeat(all.length / 10))
})
