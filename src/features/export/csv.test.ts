import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { guessDelimiter, readCsvRows } from '#codecs/csv/read-csv.ts'
import { tableAsCsv } from './csv.ts'

test('cells that begin like formulas are made harmless, and each language has its sign between cells', () => {
  const rows = [['=cmd|x', 'a;b', 'c,"d"', 'plain']]
  assert.equal(tableAsCsv(rows, 'en'), '\uFEFF\'=cmd|x,"a;b","c,""d""",plain\r\n')
  assert.equal(tableAsCsv(rows, 'fr'), '\uFEFF\'=cmd|x;"a;b";"c,""d""";plain\r\n')
})

test('a table is read again as it was written, by the sign that is found in it', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => `x${text.replaceAll('\uFEFF', '')}`)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('en', 'ru'),
      (rows, tag) => {
        const text = tableAsCsv([['Title', 'Countries', 'Notes'], ...rows], tag)
        assert.equal(guessDelimiter(text), tag === 'ru' ? ';' : ',')
        const [, ...read] = readCsvRows(text, { delimiter: guessDelimiter(text) })
        assert.deepEqual(read.slice(0, rows.length), rows)
      },
    ),
  )
})
