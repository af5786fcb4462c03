import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { guessDelimiter, readCsvRows } from '#codecs/csv/read-csv.ts'
import { withFormulas } from '#codecs/csv/formulas.ts'
import { cell, tableAsCsv } from './csv.ts'

test('cells that begin like formulas are made harmless, and each language has its sign between cells', () => {
  const rows = [['=cmd', 'a;b', 'c,"d"', 'plain']]
  assert.equal(tableAsCsv(rows, 'en'), '\uFEFF\'=cmd,"a;b","c,""d""",plain\r\n')
  assert.equal(tableAsCsv(rows, 'fr'), '\uFEFF\'=cmd;"a;b";"c,""d""";plain\r\n')
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
        assert.deepEqual(
          read.slice(0, rows.length).map((row) => row.map(withFormulas)),
          rows,
        )
      },
    ),
  )
})

test('no cell is a formula, by whichever sign a program parts the cells', () => {
  const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
  const hostile = signs.flatMap((sign) => [
    `${sign}1+1|x`,
    ` ${sign}1+1|x`,
    `\t${sign}1+1|x`,
    `\r${sign}1+1|x`,
    `\u00a0\u200b${sign}1+1|x`,
    `x;${sign}1+1|x`,
    `x\t${sign}1+1|x`,
    `x, ${sign}1+1|x`,
    `x\n${sign}1+1|x`,
    `x;"${sign}1+1|x`,
    `";${sign}1+1|x`,
  ])
  for (const value of hostile)
    for (const parts of [/[,\r\n]/, /[;\r\n]/, /[\t\r\n]/, /[|\r\n]/])
      for (const piece of cell(value).split(parts))
        assert.doesNotMatch(piece, /^[\s\p{C}\p{Z}"]*[=+\-@＝＋－＠]/u, `${JSON.stringify(value)} by ${parts}`)
  for (const plain of ['-12.5', '+3', '-0,12', 'a-b', 'K-12 + more', 'name@example.org', '1=1'])
    assert.equal(withFormulas(cell(plain)).replaceAll('"', ''), plain, 'what is harmless is left alone')
  assert.equal(cell('-12.5'), '-12.5', 'a number stays a number')
  const long = `${'\n'.repeat(60_000)}${';'.repeat(60_000)}${' '.repeat(60_000)}=`
  assert.ok(cell(long).length > long.length, 'and this takes no time')
})
