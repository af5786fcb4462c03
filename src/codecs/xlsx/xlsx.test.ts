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
  // The library that writes leaves out U+FFFD, which stands for what could not be read.
  const cell = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => `x${text.replaceAll(/[\p{C}\s\uFFFD]/gu, '')}`)
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

const cell = (place: string, value = '<v>1</v>') => `<c r="${place}">${value}</c>`
const withRows = async (rows: string) =>
  changed(await workbookOf([['a']]), sheet, (text) =>
    text.replace(/<sheetData>[^]*<\/sheetData>/, `<sheetData>${rows}</sheetData>`),
  )
const codeOf = (bytes: Buffer) =>
  readXlsx(bytes).then(
    () => 'none',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

test('a file of some hundred bytes whose cells stand far apart is refused, in little memory', async () => {
  const before = process.memoryUsage().rss
  const far = {
    'the last cell of any sheet': `<row r="1">${cell('A1')}</row><row r="1048576">${cell('XFD1048576')}</row>`,
    'a far row': `<row r="1">${cell('A1')}</row><row r="1048576">${cell('A1048576')}</row>`,
    'a far column': `<row r="1">${cell('A1')}${cell('XFD1')}</row>`,
    'behind an attribute that holds a bracket': `<row r="1"><c x=">" r="XFD1"><v>1</v></c></row>`,
    'with a prefix': `<x:row xmlns:x="urn:x" r="9999999"><x:c r="A9999999"><x:v>1</x:v></x:c></x:row>`,
  }
  for (const [what, rows] of Object.entries(far)) {
    const bytes = await withRows(rows)
    assert.ok(bytes.length < 8_000)
    assert.equal(await codeOf(bytes), 'sheetTooLarge', what)
  }
  for (const rows of [
    `<row r="1e9">${cell('A1')}</row>`,
    `<row r="2">${cell('A9')}</row>`,
    `<row r="2">${cell('B2')}${cell('A2')}</row>`,
    `<row r="2">${cell('A2')}</row><row r="1">${cell('A1')}</row>`,
    '<c>'.repeat(100),
  ])
    assert.equal(await codeOf(await withRows(rows)), 'badSpreadsheet', rows.slice(0, 60))
  const grown = process.memoryUsage().rss - before
  assert.ok(grown < 200 * 1024 * 1024, `${grown} bytes`)
})

test('cells that hold nothing, and merged ranges, may reach to the end of the sheet', async () => {
  const rows = `<row r="1">${cell('A1', '<v>7</v>')}<c r="XFD1" s="0"/></row><row r="3">${cell('B3')}</row><row r="1048576" ht="20"><c r="A1048576"/></row>`
  const workbook = changed(await withRows(rows), sheet, (text) =>
    text.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
  )
  assert.deepEqual(await readXlsx(workbook), [
    ['7', ''],
    ['', ''],
    // What is merged down holds in each row that says something.
    ['7', '1'],
  ])
})

test('a text that very many cells share, very many cells, and very many parts are refused', async () => {
  const strings = 'xl/sharedStrings.xml'
  const shared = Array.from(
    { length: 4_000 },
    (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`,
  )
  const base = readZip(await withRows(shared.join(''))).map(({ name, bytes }) => ({
    name,
    content: bytes() as Buffer | string,
  }))
  const relation =
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
  const parts = base
    .filter(({ name }) => name !== strings)
    .map((one) =>
      one.name === 'xl/_rels/workbook.xml.rels'
        ? {
            ...one,
            content: String(one.content)
              .replace(/<Relationship [^>]*sharedStrings[^>]*>/, '')
              .replace('</Relationships>', relation),
          }
        : one,
    )
  const long = `<sst><si><t>${'x'.repeat(30_000)}</t></si></sst>`
  assert.equal(await codeOf(writeZip([...parts, { name: strings, content: long }])), 'sheetTooLarge')
  const value = (at: number) => `<c><v>${(at * 7_919) % 99_991}</v></c>`
  const full = Array.from(
    { length: 2_600 },
    (_, row) => `<row>${Array.from({ length: 200 }, (_, at) => value(row * 200 + at)).join('')}</row>`,
  )
  assert.equal(await codeOf(await withRows(full.join(''))), 'sheetTooLarge')
  const corner = `<row r="1">${cell('A1')}</row><row r="19000">${cell('GA19000')}</row>`
  assert.equal(await codeOf(await withRows(corner)), 'sheetTooLarge', 'within both limits, and too much room between')
  const many = Array.from({ length: 400 }, (_, at) => ({
    name: `xl/worksheets/sheet${at + 2}.xml`,
    content: '<worksheet/>',
  }))
  assert.equal(await codeOf(writeZip([...base, ...many])), 'malformedZip')
})

test('whatever a text begins with, it is written as a text and never as a formula', async () => {
  for (const text of ['=1+1', '+1', '-1+1', '@SUM(1)', '＝1', '＋1', '－1', '＠x', '\t=1', '\r=1', ' =1', 'x;=1+1']) {
    const workbook = await workbookOf([['a'], [text]])
    const xml = readZip(workbook)
      .find(({ name }) => name === sheet)!
      .bytes()
      .toString()
    assert.doesNotMatch(xml, /<f[ >/]/)
    assert.doesNotMatch(/<row r="2"[^]*?<\/row>/.exec(xml)![0], /<c (?![^>]*t="(?:s|inlineStr)")/, text)
  }
})
