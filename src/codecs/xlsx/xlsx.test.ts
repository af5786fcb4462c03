import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { writeZip } from '../zip/write-zip.ts'
import { readZip } from '../zip/read-zip.ts'
import { readXlsx } from './read-xlsx.ts'
import { columnName, writeXlsx, type Cell } from './write-xlsx.ts'

const changed = (bytes: Buffer, name: string, change: (text: string) => string) =>
  writeZip(
    readZip(bytes).map((one) => ({
      name: one.name,
      content: one.name === name ? change(one.bytes().toString()) : one.bytes(),
    })),
  )
const sheet = 'xl/worksheets/sheet1.xml'
const workbookOf = (rows: Cell[][]) => writeXlsx([{ name: '1', rows }])

test('columns are named as spreadsheets name them', () => {
  assert.deepEqual([0, 25, 26, 51, 52, 199, 701, 702].map(columnName), ['A', 'Z', 'AA', 'AZ', 'BA', 'GR', 'ZZ', 'AAA'])
})

test('texts written are read again, in their rows, whatever they hold', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `x${text.replaceAll(/[\p{C}\s]/gu, '')}`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
      async (rows) => {
        assert.deepEqual(await readXlsx(await workbookOf(rows)), rows)
      },
    ),
    { numRuns: 40 },
  )
})

test('numbers, days and empty cells are written as what they are, in sheets that each have a name of their own', async () => {
  const rows = [
    ['Title', 'Learners', 'Waiting since'],
    ['=1+1', -12.5, new Date('2026-01-02T00:00:00Z')],
    [null, 0, null],
  ]
  const workbook = await writeXlsx([
    { name: 'Results: all', rows, rightToLeft: true },
    { name: 'results/all', rows: [['Asked on'], ['\u0001today']] },
  ])
  assert.deepEqual(await readXlsx(workbook), [
    ['Title', 'Learners', 'Waiting since'],
    ['=1+1', '-12.5', '2026-01-02'],
    ['', '0', ''],
  ])
  const text = (name: string) =>
    readZip(workbook)
      .find((one) => one.name === name)!
      .bytes()
      .toString()
  assert.match(text(sheet), /rightToLeft="1"/)
  assert.match(text(sheet), /<v>-12.5<\/v>/, 'a number, not a text')
  assert.doesNotMatch(text(sheet), /<f>/, 'what looks like a formula is a text')
  const names = [...text('xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name)
  assert.deepEqual(names, ['Results  all', 'results all'])
})

test('dates and numbers come as they are meant', async () => {
  const rows = await workbookOf([['a', 'b']])
  const numbers = changed(rows, sheet, (text) =>
    text.replace(/<row.*<\/row>/, '<row r="1"><c r="A1"><v>12.5</v></c><c r="B1" t="b"><v>1</v></c></row>'),
  )
  assert.deepEqual(await readXlsx(numbers), [['12.5', 'true']])
})

test('a cell that says to stand where no sheet reaches is refused before room is made for all before it', async () => {
  const workbook = await workbookOf([['Title'], ['One']])
  const far = (place: string) => changed(workbook, sheet, (text) => text.replace('r="A2"', `r="${place}"`))
  for (const place of ['ZZZZZZZ2', 'A99999999'])
    await assert.rejects(readXlsx(far(place)), (error) => error instanceof Problem && error.code === 'badSpreadsheet')
})

test('pictures and other parts of a workbook are not read, whatever they hold', async () => {
  const parts = readZip(await workbookOf([['a']])).map(({ name, bytes }) => ({ name, content: bytes() }))
  const workbook = writeZip([...parts, { name: 'xl/media/image1.png', content: '<!DOCTYPE' }])
  assert.deepEqual(await readXlsx(workbook), [['a']])
})

test('a workbook that declares entities, or is none, is refused with a problem', async () => {
  const rows = await workbookOf([['a']])
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
  for (const bytes of [
    changed(rows, sheet, (text) => text.replace('?>', `?>${entities}`)),
    changed(rows, sheet, () => '<worksheet'),
    changed(rows, 'xl/workbook.xml', () => ''),
    writeZip([{ name: 'a', content: 'b' }]),
    writeZip([]),
  ])
    await assert.rejects(readXlsx(bytes), (error) => error instanceof Problem)
})
