/** Tables as people have them: what spreadsheet programs write, and what people write into them. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { kinds } from '#app'
import { writeZip } from '#codecs/zip/write-zip.ts'
import type { Problem } from '#kernel/problem.ts'
import { addressesIn, valuesIn } from './cells.ts'
import { fitRow } from './fit.ts'
import { summarise } from './look.ts'
import { readTable, type HowRead } from './table.ts'
import { columnsOf, guessColumns, headerNames } from './targets.ts'

const practice = kinds.get('practice')!
const names = headerNames(practice)
const read = (bytes: Buffer | string, more: Partial<HowRead> = {}) =>
  readTable(Buffer.from(bytes), { encoding: 'auto', language: 'en', names, ...more })
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))

async function fitted(bytes: Buffer | string, language = 'en') {
  const table = await read(bytes, { language })
  const mapping = { language, separator: 'auto', columns: columnsOf(practice, table) } as const
  return { table, mapping, rows: table.rows.map(({ cells }) => fitRow(practice, mapping, cells)) }
}

test('names of countries parted by ;, by a slash, by a comma and by lines; addresses with a semicolon', async () => {
  const { rows } = await fitted(fixture('4-country-names-and-addresses.csv'))
  assert.deepEqual(
    rows.map(({ body }) => body.countries),
    [
      ['KE', 'UG'],
      ['KE', 'UG'],
      ['CI', 'ML'],
      ['CI', 'SZ', 'TR', 'US', 'GB', 'KR', 'CD', 'VN'],
    ],
  )
  assert.deepEqual(
    rows.map(({ violations }) => violations),
    [[], [], [], []],
  )
  assert.deepEqual(rows[0]!.body.websites, ['https://a.example', 'https://b.example'])
  assert.deepEqual(rows[2]!.body.websites, ['https://a.example/?a=1;b=2'])
  assert.deepEqual(rows[1]!.body.keywords, { en: ['x', 'y'] })
  assert.deepEqual(
    rows[1]!.odd.map(({ rule }) => rule),
    ['webAddress'],
  )
})

test('a quotation mark within a cell is text, and its line is named; one that is never closed is named', async () => {
  const { table, rows } = await fitted(fixture('5-quote-inside-cell.csv'))
  assert.deepEqual(
    rows.map(({ body }) => (body.title as { en: string }).en),
    ['The "big" one', 'ok'],
  )
  assert.equal(table.quoteLine, 2)
  await assert.rejects(
    read('Title,Country\nA,Kenya\n"B,Kenya\nC,Mali\n'),
    (problem: Problem) => problem.code === 'quoteNotClosed' && problem.values.line === 3,
  )
})

test('usual headers are known, two columns of one name are both taken, an equal row is a repetition', async () => {
  const { table, mapping, rows } = await fitted(fixture('6-common-headers.csv'))
  assert.deepEqual(rows[0]!.body.countries, ['KE', 'ML'])
  assert.deepEqual(rows[0]!.body.coordinates, { latitude: -1.29, longitude: 36.82 })
  assert.equal(rows[0]!.body.endedOn, '2016-12-31')
  // The first of February, or the second of January: asked about.
  assert.ok(rows[0]!.unread.startedOn)
  const { fits, wrong, errors } = await summarise(practice, mapping, table)
  assert.deepEqual([fits, wrong], [1, 1])
  assert.deepEqual(
    errors.filter(({ isNoted }) => !isNoted).map(({ rule, row }) => [rule, row]),
    [['repeatedRow', 3]],
  )
})

test('UTF-16, a month in words, the number of a day, RDC', async () => {
  const { table, rows } = await fitted(fixture('7-dates-fr-utf16.csv'), 'fr')
  assert.equal(table.encoding, 'utf-16le')
  assert.deepEqual(
    rows.map(({ body }) => body.countries),
    [['CI', 'SN'], ['CD'], ['CD']],
  )
  assert.deepEqual(
    rows.slice(1).map(({ body }) => body.startedOn),
    ['2015-03', '2015-03-04'],
  )
})

test('each file that failed is read, and every row becomes a draft or is a repetition', async () => {
  for (const name of readdirSync(new URL('./fixtures/', import.meta.url))) {
    const { table, mapping } = await fitted(fixture(name))
    const { fits, errors } = await summarise(practice, mapping, table)
    const refused = errors.filter(({ isNoted }) => !isNoted)
    assert.equal(fits + refused.filter(({ rule }) => rule === 'repeatedRow').length, table.rows.length, name)
  }
})

test('headers as people write them in six languages', () => {
  const tables: [string[], (string | null)[]][] = [
    [
      ['Project title', 'Start', 'End', 'Country', 'Latitude', 'Website', 'Donor', 'Budget', 'Beneficiaries'],
      [
        'title',
        'startedOn',
        'endedOn',
        'countries',
        'coordinates.latitude',
        'websites',
        'funding.source',
        'setUpCost',
        'peopleReached',
      ],
    ],
    [
      ['Titre du projet', 'Date de début', 'Date de fin', 'Pays', 'Site web', 'Bailleur', 'Coût', 'Bénéficiaires'],
      ['title', 'startedOn', 'endedOn', 'countries', 'websites', 'funding.source', 'setUpCost', 'peopleReached'],
    ],
    [
      [
        'Nombre del proyecto',
        'Fecha de inicio',
        'Fecha de fin',
        'País',
        'Sitio web',
        'Donante',
        'Presupuesto',
        'Beneficiarios',
      ],
      ['title', 'startedOn', 'endedOn', 'countries', 'websites', 'funding.source', 'setUpCost', 'peopleReached'],
    ],
    [
      [
        'عنوان المشروع',
        'تاريخ البدء',
        'تاريخ الانتهاء',
        'الدولة',
        'الموقع الإلكتروني',
        'المانح',
        'الميزانية',
        'المستفيدون',
      ],
      ['title', 'startedOn', 'endedOn', 'countries', 'websites', 'funding.source', 'setUpCost', 'peopleReached'],
    ],
    [
      ['Название', 'Дата начала', 'Дата окончания', 'Страна', 'Сайт', 'Донор', 'Бюджет', 'Бенефициары'],
      ['title', 'startedOn', 'endedOn', 'countries', 'websites', 'funding.source', 'setUpCost', 'peopleReached'],
    ],
    [
      ['项目名称', '开始日期', '结束日期', '国家', '网址', '资助方', '预算', '受益者'],
      ['title', 'startedOn', 'endedOn', 'countries', 'websites', 'funding.source', 'setUpCost', 'peopleReached'],
    ],
  ]
  for (const [header, fields] of tables)
    assert.deepEqual(
      guessColumns(practice, header).map((column) => column?.field ?? null),
      fields,
    )
})

test('a line that says the separator, titles above the headers, and a row of headers that was chosen', async () => {
  const table = await read(
    'sep=;\nOur projects 2015\n\nprepared by the office, in May\nTitle;Country\nRadio;Kenya, Mali\n',
  )
  assert.deepEqual([table.header, table.headerRow], [['Title', 'Country'], 4])
  assert.deepEqual(table.rows, [{ number: 5, cells: ['Radio', 'Kenya, Mali'] }])
  const guessed = await read('List of projects\n\nTitle;Country\nRadio;Kenya, Mali\n')
  assert.equal(guessed.headerRow, 3)
  const moved = await read('List of projects\n\nTitle;Country\nRadio;Kenya, Mali\n', { headerRow: 4 })
  assert.deepEqual([moved.header, moved.rows], [['Radio', 'Kenya, Mali'], []])
  assert.equal((await read('aa\nbb;cc;dd\n1;2;3')).headerRow, 2)
})

test('a thousand columns are read, more are refused', async () => {
  const wide = (count: number) => read(`Title,${Array.from({ length: count - 1 }, (_, at) => `c${at}`).join(',')}\nA\n`)
  assert.equal((await wide(1_000)).header.length, 1_000)
  await assert.rejects(wide(1_001), (problem: Problem) => problem.code === 'sheetTooLarge')
})

test('Windows code pages are guessed by their letters, whatever language the page is in', async () => {
  const russian = Buffer.from('cde0e7e2e0ede8e53bd1f2f0e0ede00ad8eaeeebe03bd0eef1f1e8ff', 'hex')
  const arabic = Buffer.from('c7e1dae4e6c7e43bc7e1cfe6e1c90ad1c7cfedef3bcae6e4d3', 'hex')
  assert.deepEqual((await read(russian)).header, ['Название', 'Страна'])
  assert.equal((await read(arabic)).encoding, 'windows-1256')
  const chinese = Buffer.from('cfeec4bfc3fbb3c62cb9fabcd20ad0a3d4b02cd6d0b9fa0a', 'hex')
  assert.deepEqual((await read(chinese, { language: 'zh' })).header, ['项目名称', '国家'])
  assert.equal(
    (await read(Buffer.from('5469747265 3b 50617973 0a c9636f6c65 3b 46 0a'.replaceAll(' ', ''), 'hex'))).encoding,
    'windows-1252',
  )
  assert.deepEqual((await read(Buffer.from('Title;Country\nA;Mali', 'utf16le'))).header, ['Title', 'Country'])
})

const cell = (at: string, text: string, more = '') => `<c r="${at}" t="inlineStr"${more}><is><t>${text}</t></is></c>`
function workbook(sheets: Record<string, string>, states: Record<string, string> = {}): Buffer {
  const all = Object.entries(sheets)
  const file = (name: string, content: string) => ({ name, content })
  return Buffer.from(
    writeZip([
      file(
        'xl/workbook.xml',
        `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${all.map(([name], at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"${states[name] ? ` state="${states[name]}"` : ''}/>`).join('')}</sheets></workbook>`,
      ),
      file(
        'xl/_rels/workbook.xml.rels',
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map((_, at) => `<Relationship Id="r${at + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
      ),
      ...all.map(([, xml], at) =>
        file(
          `xl/worksheets/sheet${at + 1}.xml`,
          `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${xml}</worksheet>`,
        ),
      ),
    ]),
  )
}

test('of a workbook a sheet is chosen; merged cells, formulas and hidden columns are read as they look', async () => {
  const list = `<cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1">${cell('A1', 'Title')}${cell('B1', 'Country')}${cell('C1', 'Started')}${cell('D1', 'Description')}</row><row r="2">${cell('A2', 'One')}${cell('B2', 'Kenya')}${cell('C2', '2015')}<c r="D2" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c></row><row r="3">${cell('A3', 'Two')}<c r="D3" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>`
  const other = `<sheetData><row r="1">${cell('A1', 'Title')}</row><row r="2">${cell('A2', 'Elsewhere')}</row></sheetData>`
  const bytes = workbook({ Draft: other, List: list, Other: other }, { Draft: 'hidden' })
  const table = await read(bytes)
  assert.deepEqual([table.sheets, table.sheet, table.hidden], [['Draft', 'List', 'Other'], 'List', [2]])
  assert.deepEqual(
    table.rows.map(({ cells }) => cells),
    [
      ['One', 'Kenya', '2015', ''],
      ['Two', 'Kenya', '', 'ab'],
    ],
  )
  assert.deepEqual(
    columnsOf(practice, table).map((column) => column?.field ?? null),
    ['title', 'countries', null, 'description'],
  )
  assert.equal((await read(bytes, { sheet: 'Other' })).rows[0]!.cells[0], 'Elsewhere')
})

test('values of a cell are parted as a vocabulary knows them', () => {
  const isKnown = (text: string) =>
    ['Kenya', 'Mali', 'Bolivia, Plurinational State of', 'Trinidad/Tobago'].includes(text)
  for (const [typed, values] of [
    ['Kenya/Mali', ['Kenya', 'Mali']],
    ['Kenya, Mali', ['Kenya', 'Mali']],
    ['Kenya\nMali', ['Kenya', 'Mali']],
    ['Bolivia, Plurinational State of', ['Bolivia, Plurinational State of']],
    ['Bolivia, Plurinational State of; Mali', ['Bolivia, Plurinational State of', 'Mali']],
    ['Trinidad/Tobago, Mali', ['Trinidad/Tobago', 'Mali']],
    ['Kenya، Mali', ['Kenya', 'Mali']],
    ['Radio, television', ['Radio, television']],
    ['Kenya, Narnia', ['Kenya', 'Narnia']],
  ] as const)
    assert.deepEqual(valuesIn(typed, 'auto', isKnown), values, typed)
  assert.deepEqual(addressesIn('https://a.example/?a=1;b=2; https://b.example/x,y https://c.example'), [
    'https://a.example/?a=1;b=2',
    'https://b.example/x,y',
    'https://c.example',
  ])
})

test('whatever dialect a program writes, the same cells come out', async () => {
  const text = fc.stringMatching(/^[a-z é"'\n,;|،]{0,12}$/).map((one) => one.replaceAll('\n', ' ').trim())
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(';', ',', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('utf8', 'utf16le'),
      fc.boolean(),
      fc.boolean(),
      async (rows, sign, end, encoding, says, quotesAll) => {
        const all = [['Title', 'Country', 'Started'], ...rows.map(([a, b, c]) => [`t${a}`, b, c])]
        const quoted = (one: string) => (quotesAll || /[";,|\t]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)
        const lines = all.map((cells) => cells.map(quoted).join(sign))
        const content = [...(says ? [`sep=${sign}`] : []), ...lines].join(end)
        const { header, rows: got } = await read(Buffer.from(`\uFEFF${content}`, encoding as BufferEncoding))
        assert.deepEqual([header, ...got.map(({ cells }) => cells)], all)
      },
    ),
    { numRuns: 300 },
  )
})
