/** Cells become values as forms read them, and no cell breaks it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { kinds } from '#app'
import { languages } from '#kernel/i18n/languages.ts'
import { templateHeader } from './pages/spreadsheets.ts'
import { violationsOfBody } from '#records/check.ts'
import { dateIn, moneyIn, placeIn, separators, valuesIn } from './cells.ts'
import { decode } from '#codecs/csv/decode.ts'
import { fitRow, type Mapping } from './fit.ts'
import { guessColumns, targetsOf } from './targets.ts'
import { readTable } from './table.ts'
import { Problem } from '#kernel/problem.ts'

const practice = kinds.get('practice')!
const fitted = (header: string[], cells: string[], more: Partial<Mapping> = {}) =>
  fitRow(practice, { language: 'en', separator: ';', columns: guessColumns(practice, header), ...more }, cells)

test('the template of each kind, in each language, is understood whole', () => {
  for (const kind of [...kinds.values()].filter(({ isAid }) => !isAid))
    for (const language of languages) {
      const header = templateHeader(kind, language)
      const seen = new Set<string>()
      const lost = guessColumns(kind, header).flatMap((column, at) =>
        column && !seen.has(column.field) && seen.add(column.field) ? [] : [header[at]],
      )
      assert.deepEqual(lost, [], `${kind.name} ${language}`)
    }
})

test('a column named after one value leads to the list of them, in each language', () => {
  const fieldsOf = (header: string[]) =>
    guessColumns(kinds.get('organisation')!, header).map((column) => column?.field ?? null)
  assert.deepEqual(fieldsOf(['Name', 'Country', 'Website']), ['title', 'countries', 'websites'])
  assert.deepEqual(fieldsOf(['الاسم', 'البلد']), ['title', 'countries'])
  assert.deepEqual(fieldsOf(['Страна', 'Colour of the door']), ['countries', null])
})

test('several columns make one list, parts make groups, and a column may be in another language', () => {
  const { body, violations } = fitted(
    [
      'title',
      'title (es)',
      'countries',
      'Countries',
      'keywords',
      'costItems.amount',
      'coordinates',
      'crossBorder',
      'Language of the row',
    ],
    ['Radio', 'La radio', 'Kenya', 'UG', 'radio; rural', '', '-1.29, 36.82', 'Oui', ''],
  )
  assert.deepEqual(violations, [])
  assert.deepEqual(body, {
    title: { en: 'Radio', es: 'La radio' },
    countries: ['KE', 'UG'],
    keywords: { en: ['radio', 'rural'] },
    coordinates: { latitude: -1.29, longitude: 36.82 },
    crossBorder: true,
    originalLanguage: 'en',
  })
})

test('a row says its own language', () => {
  const { body } = fitted(['Titre', 'Langue de la ligne'], ['Радио', 'русский'])
  assert.deepEqual(body, { title: { ru: 'Радио' }, originalLanguage: 'ru' })
})

test('days are read where they can mean one day only', () => {
  for (const [typed, day] of [
    ['17.05.2024', '2024-05-17'],
    ['5.6.2024', '2024-06-05'],
    ['17/05/2024', '2024-05-17'],
    ['05/17/2024', '2024-05-17'],
    ['2024/5', '2024-05'],
    ['2024-05-17T10:00:00.000Z', '2024-05-17'],
    ['05/06/2024', '05/06/2024'],
  ] as const)
    assert.equal(dateIn(typed), day)
  assert.deepEqual(moneyIn('USD 1,200'), { amount: '1,200', currency: 'USD' })
  assert.deepEqual(placeIn('12,5; -3,2'), { latitude: '12,5', longitude: '-3,2' })
  assert.deepEqual(valuesIn('a | b\nc', '|'), ['a', 'b', 'c'])
})

test('code pages and marks of byte order are read', () => {
  const utf16 = Buffer.from('\uFEFFيوم', 'utf16le')
  assert.deepEqual(decode(utf16, 'auto', 'en'), { text: 'يوم', encoding: 'utf-16le' })
  assert.equal(decode(Buffer.from([0xed, 0xe6, 0xe3]), 'auto', 'ar').text, 'يوم')
  assert.equal(decode(Buffer.from([0xe9]), 'auto', 'fr').text, 'é')
  assert.throws(() => decode(Buffer.from([0xe9]), 'utf-8', 'fr'), Problem)
})

test('whatever stands in the cells, a row that fits is one that a draft may hold', () => {
  const paths = targetsOf(practice).map(({ path }) => path)
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'Kenya',
      'Radio',
      '2024',
      '12',
      '1,5',
      'x',
      '200 USD',
      '1, 2',
      '__proto__',
      'constructor',
      '🙂;;;',
      'en',
    ),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...paths), cell), { minLength: 1, maxLength: 25 }),
      fc.constantFrom(...separators),
      (filled, separator) => {
        const columns = filled.map(([field]) => ({ field }))
        const { body, violations, odd, missing } = fitRow(
          practice,
          { language: 'en', separator, columns },
          filled.map(([, text]) => text.trim()),
        )
        if (violations.length > 0) return
        const told = new Set([...missing, ...odd.map(({ field }) => field)])
        const wrong = violationsOfBody(practice, body).filter(({ place }) => !told.has(place.split('.')[0]!))
        assert.deepEqual(wrong, [])
      },
    ),
    { numRuns: 2_000 },
  )
})

test('what cannot be read is kept: in the field where its form shows it again, else beside it', () => {
  const { body, unread, notes, odd, violations } = fitted(
    ['title', 'countries', 'technologies', 'startedOn', 'setUpCost', 'crossBorder', 'title (fr)', 'outcome'],
    ['Radio', 'Kenya; Narnia', 'Radio; Pigeons', 'someday', '300', 'perhaps', 'x'.repeat(5_000), 'so-so'],
  )
  assert.deepEqual(violations, [])
  assert.deepEqual(Object.keys(body), ['title', 'technologies', 'originalLanguage'])
  assert.deepEqual(body.technologies, ['radio'])
  assert.equal(unread.countries, '[["countries","Kenya\\nNarnia"]]')
  assert.equal(unread.startedOn, '[["startedOn","someday"]]')
  assert.equal(unread.setUpCost, '[["setUpCost.amount","300"],["setUpCost.currency",""]]')
  assert.deepEqual(notes.map(({ column, field, text }) => [column, field, text.slice(0, 8)]).toSorted(), [
    [2, 'technologies', 'Pigeons'],
    [5, 'crossBorder', 'perhaps'],
    [6, 'title', 'xxxxxxxx'],
    [7, 'outcome', 'so-so'],
  ])
  assert.equal(odd.length, 7)
})

test('no bytes make reading a table fail with anything but a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await readTable(Buffer.from(bytes), { encoding: 'auto', language: 'en' }).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
      })
    }),
    { numRuns: 500 },
  )
})
