/** Somebody’s statistics: brought as a table, looked through, published as one release, seen by readers, taken back. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { writeXlsx } from '#codecs/xlsx/write-xlsx.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { readRows } from './rows.ts'
import { uis } from '#features/indicators/sources/uis.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { withStatistics } from '../../../test/statistics.ts'
import type { Chosen } from '../../../test/visitor.ts'

const countries = Object.keys(codeList('countries')!.terms)
const points = (code: string) => `ddf--datapoints--${code}--by--country--year.csv`
const csv = (...lines: string[]): Chosen => ({ name: 'schools.csv', content: lines.join('\n'), type: 'text/csv' })
const plain = (body: string) =>
  body
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s+/g, ' ')

const node = await testApp()
await withStatistics(node.app, uis, {
  [points('schbsp_1_welec')]: 'country,year,schbsp_1_welec\nken,2019,80\nken,2020,90\nuga,2020,40',
})
const chen = await person(node, 'Chen', { roles: ['curator'] })
const ask = node.as('curator')

type Said = Record<string, string>
async function bring(file: Chosen, said: Said = {}): Promise<string> {
  await chen.open('/en/indicators/statistics')
  const values = { publisher: 'Kenya National Bureau of Statistics', publishedOn: '2024-05-01', ...said }
  await chen.send('/indicators/statistics', values, { files: { file } })
  return /\/statistics\/([0-9a-z]{16})$/.exec(chen.at)?.[1] ?? ''
}
const preview = (id: string) => ask('statistics.preview', { id })
const errorsOf = async (id: string) =>
  (await preview(id)).errors.map(({ row, column, cell, rule }: any) => `${row} ${column}: ${cell} ${rule}`)
const nationalValues = async (more: object = {}) =>
  (
    await node.as()('indicators.values', { code: 'schbsp_welec', dimensions: ['level=1;source=national'], ...more })
  ).values.map(({ area, period, value, publishedOn }: any) => `${area} ${period} ${value} ${publishedOn}`)

describe('bringing statistics', { concurrency: false }, () => {
  test('a table with errors says row, column, what is wrong and how to mend it; nothing of it is published', async () => {
    const id = await bring(
      csv(
        'Indicator,Country,Year,Education level,Value,Status,Footnote',
        'schbsp_welec,Kenya,2021,Primary education,"91,5",A,',
        'SCHBSP_WELEC,KEN,2022,1,93.25,E,survey',
        'schbsp_welec,Kenja,2022,1,94,,',
        'schbsp_welec,KE,1013,1,94,,',
        'schbsp_welec,KE,2022,1,95,,',
        'schbsp_welec,KE,2023,1,NaN,,',
        'schbsp_welec,KE,2018,1,1e400,,',
        'schbsp_welec,KE,2017,9,50,,',
        'schbsp_welec,KE,2016,,50,,',
        'nothing,KE,2016,1,50,,',
        'schbsp_welec,KE,2025,1,50,,',
        'schbsp_welec,KE,2015,1,50,doubtful,',
        'schbsp_welec,KE,2014,1,..,,',
      ),
    )
    assert.deepEqual(await errorsOf(id), [
      '4 B Country: Kenja areaNear',
      '5 C Year: 1013 periodUnfit',
      '6 E Value: 95 observationRepeated',
      '7 E Value: NaN valueUnfit',
      '8 E Value: 1e400 valueUnfit',
      '9 D Education level: 9 breakdownUnknown',
      '10 A Indicator: schbsp_welec breakdownAbsent',
      '11 A Indicator: nothing indicatorUnknown',
      '12 C Year: 2025 periodToCome',
      '13 F Status: doubtful statusUnknown',
    ])
    const page = plain((await chen.open(`/en/indicators/statistics/${id}`)).body)
    assert.match(
      page,
      /2 new values 1 cell without a value 10 rows have errors Columns from which nothing is imported: Footnote/,
    )
    assert.match(page, /4 B Country Kenja No country or area is called so\. Did you mean “Kenya”\?/)
    assert.match(page, /10 A Indicator schbsp_welec .*Add columns for the breakdown\. There are: Primary education\./)
    const table = (await chen.open(`/en/indicators/statistics/${id}/errors.csv`)).body
    assert.match(table, /\r\n5,C Year,1013,This is no year from 1900 to 2100\.,/)
    await chen.open(`/en/indicators/statistics/${id}`)
    await chen.send(`/indicators/statistics/${id}/start`)
    assert.equal(await problemOf(ask('statistics.start', { id })), 'invalid')
    assert.deepEqual(await nationalValues(), [])
  })

  test('mended, it is one release beside the international values, on the pages of country and indicator; and it is undone', async () => {
    const id = await bring(csv('country,level,2021,2022,2023', 'كينيا,1,"91,5",93.25,', '乌干达,1,,40,<5'), {
      indicator: 'schbsp_welec',
    })
    const { added, errors } = await preview(id)
    assert.deepEqual([added, errors], [4, []])
    await chen.open(`/en/indicators/statistics/${id}`)
    await chen.send(`/indicators/statistics/${id}/start`)
    assert.match(
      plain((await chen.open(`/en/indicators/statistics/${id}`)).body),
      /These statistics are published.*4 values were added/,
    )
    assert.deepEqual(await nationalValues(), [
      'KE 2021 91.5 2024-05-01',
      'KE 2022 93.25 2024-05-01',
      'UG 2022 40 2024-05-01',
      'UG 2023 null 2024-05-01',
    ])
    const country = plain((await node.get('/en/countries/KE')).body)
    assert.match(
      country,
      /National statistics .*Schools with electricity Primary education 93% 2022 90% 2020 Kenya National Bureau of Statistics 1 May 2024/,
    )
    const { nationalStatistics } = (await node.get('/countries/KE.json')).json()
    assert.equal(nationalStatistics.total, 1)
    assert.partialDeepStrictEqual(nationalStatistics.lines, [
      {
        code: 'schbsp_welec',
        dimensions: 'level=1',
        points: [
          { period: 2021, value: 91.5 },
          { period: 2022, value: 93.25 },
        ],
        source: 'Kenya National Bureau of Statistics',
        publishedOn: '2024-05-01',
        international: { period: 2020, value: 90 },
      },
    ])
    const { body } = await node.get('/en/indicators/schbsp_welec?area=KE&source=national')
    assert.match(plain(body), /Primary education, National statistics: Kenya, 2021 to 2022/)
    assert.match(body, /<option value=""[^>]*>International statistics/)
    assert.match(plain((await node.get('/en/indicators/schbsp_welec?area=KE')).body), /Kenya, 2019 to 2020/)
    assert.doesNotMatch(plain((await node.get('/ar/countries/KE')).body), /statistics\./)

    await chen.open(`/en/indicators/statistics/${id}`)
    await chen.send(`/indicators/statistics/${id}/undo`)
    assert.match(plain((await chen.open(`/en/indicators/statistics/${id}`)).body), /This release was undone/)
    assert.deepEqual(await nationalValues(), [])
    assert.doesNotMatch((await node.get('/en/countries/KE')).body, /National statistics/)
    assert.deepEqual((await node.get('/countries/KE.json')).json().nationalStatistics, { lines: [], total: 0 })
    assert.equal(await problemOf(ask('statistics.undo', { id })), 'wrongState')
  })

  test('a later release changes values visibly; what was published before can be asked for, and undoing brings it back', async () => {
    const rows = (value: string) => csv('country,year,level,value', `KE,2022,1,${value}`, 'KE,2021,1,80')
    const first = await bring(rows('50'), { indicator: 'schbsp_welec', publishedOn: '2023' })
    await ask('statistics.start', { id: first })
    const second = await bring(rows('60'), { indicator: 'schbsp_welec', publishedOn: '2024-02' })
    const { changed, unchanged, changes } = await preview(second)
    assert.deepEqual([changed, unchanged, changes.map(({ before, value }: any) => [before, value])], [1, 1, [[50, 60]]])
    assert.match(
      plain((await chen.open(`/en/indicators/statistics/${second}`)).body),
      /Values that change .*2022 50% 60%/,
    )
    await ask('statistics.start', { id: second })
    assert.deepEqual(await nationalValues(), ['KE 2021 80 2023', 'KE 2022 60 2024-02'])
    assert.deepEqual(await nationalValues({ asOf: '2023' }), ['KE 2021 80 2023', 'KE 2022 50 2023'])

    const older = await bring(rows('70'), { indicator: 'schbsp_welec', publishedOn: '2022' })
    assert.deepEqual(await errorsOf(older), ['0 :  releaseOlder'])
    assert.equal(await problemOf(ask('statistics.start', { id: older, leaveOut: true })), 'invalid')
    const others = await bring(rows('70'), { indicator: 'schbsp_welec', publisher: 'Ministry', publishedOn: '2024-03' })
    assert.deepEqual(await errorsOf(others), ['2 :  heldByOther'])

    await ask('statistics.undo', { id: first })
    assert.deepEqual(await nationalValues(), ['KE 2022 60 2024-02'])
    await ask('statistics.undo', { id: second })
    assert.deepEqual(await nationalValues(), [])
    assert.deepEqual(
      (await node.as()('indicators.values', { code: 'schbsp_welec', area: ['KE'] })).values.map(
        ({ value }: any) => value,
      ),
      [80, 90],
      'what others published was never touched',
    )
  })

  test('rows with errors are left out only where that is said', async () => {
    const id = await bring(csv('country,year,level,value', 'KE,2022,1,50', 'KE,2023,1,many'), {
      indicator: 'schbsp_welec',
    })
    await chen.open(`/en/indicators/statistics/${id}`)
    const refused = await chen.send(`/indicators/statistics/${id}/start`)
    assert.equal(refused.status, 422)
    assert.match(plain(refused.body), /correct the rows with errors, or say that they are to be left out/)
    await chen.send(`/indicators/statistics/${id}/start`, { leaveOut: 'true' })
    assert.match(
      plain((await chen.open(`/en/indicators/statistics/${id}`)).body),
      /1 value was added 1 row with errors was left out/,
    )
    await ask('statistics.undo', { id })
  })

  test('a national indicator is described first; figures of fewer than five people are not published', async () => {
    await chen.open('/en/indicators/statistics/indicator')
    const wrong = await chen.send('/indicators/statistics/indicator', { code: 'laptops', title: '', publisher: 'MoE' })
    assert.equal(wrong.status, 422)
    assert.match(plain(wrong.body), /must be the two letters of the country/)
    await chen.send('/indicators/statistics/indicator', {
      code: 'KE-deaf-pupils',
      title: 'Deaf pupils with a tablet',
      unit: 'people',
      publisher: 'Ministry of Education',
    })
    assert.match(chen.at, /\/indicators\/KE-deaf-pupils$/)
    const id = await bring(
      csv(
        'Indicator,Country,Year,Value',
        'KE-deaf-pupils,KE,2021,"1,204"',
        'Deaf pupils with a tablet,KE,2022,3',
        'KE-deaf-pupils,KE,2023,<5',
      ),
    )
    assert.deepEqual(await errorsOf(id), ['2 D Value: 1,204 valueAmbiguous', '3 D Value: 3 tooFewPeople'])
    await chen.open(`/en/indicators/statistics/${id}`)
    await chen.send(`/indicators/statistics/${id}`, { decimal: '.' })
    assert.deepEqual(await errorsOf(id), ['3 D Value: 3 tooFewPeople'])
    await ask('statistics.start', { id, leaveOut: true })
    assert.match(plain((await node.get('/en/countries/KE')).body), /Deaf pupils with a tablet 1,204 2021/)
    const { values } = await node.as()('indicators.values', { code: 'KE-deaf-pupils' })
    assert.deepEqual(
      values.map(({ period, value, reason }: any) => [period, value, reason]),
      [
        [2021, 1204, ''],
        [2023, null, 'fewerThanFive'],
      ],
    )
    const direct = { code: 'KE-deaf-pupils', source: 'x', release: { publishedOn: '2025', revision: '1' } }
    const row = { place: '1', area: 'UG', period: 2020, dimensions: '', value: 2, status: 'reported' }
    await node.as('operator')('indicators.observe', { ...direct, rows: [row] })
    const found = (await node.as()('indicators.values', { code: 'KE-deaf-pupils', area: ['UG'] })).values
    assert.equal(found[0].value, null, 'whoever brings them')
  })

  test('whose columns are guessed wrong corrects them; a workbook is read as well', async () => {
    const content = await writeXlsx([
      {
        name: 'Data',
        rows: [
          ['Land', 'Jahr', 'Stufe', 'Anteil'],
          ['Kenia (KE)', 2021, 1, 55.125],
          ['Uganda', 2021, 1, 60],
        ],
      },
    ])
    const id = await bring({ name: 'daten.xlsx', content }, { indicator: 'schbsp_welec' })
    assert.deepEqual(await errorsOf(id), ['0 :  noValues'])
    await chen.open(`/en/indicators/statistics/${id}`)
    const columns = { 'columns.0': 'area', 'columns.1': 'year', 'columns.2': 'level', 'columns.3': 'value' }
    await chen.send(`/indicators/statistics/${id}`, columns)
    const { sample, errors } = await preview(id)
    assert.deepEqual(
      errors.map(({ rule, cell }: any) => `${cell} ${rule}`),
      [],
    )
    assert.deepEqual(
      sample.map(({ area, period, value }: any) => `${area} ${period} ${value}`),
      ['KE 2021 55.125', 'UG 2021 60'],
    )
    const twice = await chen.send(`/indicators/statistics/${id}`, { ...columns, 'columns.2': 'value' })
    assert.match(
      plain((await chen.open(`/en${/\/indicators\/statistics\/\w+$/.exec(chen.at)?.[0] ?? ''}`)).body + twice.body),
      /Two columns are said to hold the same/,
    )
  })

  test('what is no table, or is far too large, is refused before anything is kept', async () => {
    const wide = `country,level,${Array.from({ length: 1_200 }, (_, at) => `c${at}`).join(',')}`
    for (const content of [wide, 'country,value\n"KE,1', '\0\0\0', 'PK\u0003\u0004not a workbook']) {
      await chen.open('/en/indicators/statistics')
      const file = { name: 'x.csv', content }
      const { status, body } = await chen.send(
        '/indicators/statistics',
        { publisher: 'NBS', publishedOn: '2024' },
        { files: { file } },
      )
      assert.equal(status, 422, content.slice(0, 20))
      assert.match(body, /id="f-file-error"/)
    }
    const header = ['indicator', 'country', 'year', 'value']
    const table = (count: number, value: string) => ({
      header,
      rows: Array.from({ length: count }, (_, at) => ({
        number: at + 2,
        cells: ['x', countries[at % 200]!, String(1900 + (Math.floor(at / 200) % 120)), value],
      })),
      encoding: 'utf-8',
    })
    const known = { code: 'x', names: [], unit: 'percent', isOwn: true, breakdowns: new Set<string>() }
    const choices = { publisher: 'NBS', publishedOn: '2024', indicator: '', area: '', decimal: 'auto' as const }
    const columns = ['indicator', 'area', 'year', 'value'] as const
    const ruleOf = (count: number, value: string) =>
      readRows(table(count, value), { ...choices, columns: [...columns] }, [known], 20_000).errors[0]?.rule
    assert.equal(ruleOf(20_001, '9'), 'tooManyValues')
    assert.equal(ruleOf(20_000, '9'), undefined)
    assert.equal(ruleOf(10_001, 'NaN'), 'tooManyErrors')
  })

  test('a table of a hundred thousand rows is read and looked through', async () => {
    const rows = countries
      .flatMap((area) =>
        ['Q1', 'Q2', 'Q3', 'Q4'].flatMap((wealth) =>
          Array.from({ length: 120 }, (_, at) => `${area},${1900 + at},${wealth},${at + 5}`),
        ),
      )
      .slice(0, 100_000)
    const id = await bring(csv('country,year,wealth,value', ...rows), { indicator: 'KE-deaf-pupils' })
    const { rows: count, added, totalErrors } = await preview(id)
    assert.deepEqual([count, added, totalErrors], [100_000, 100_000, 0])
  })

  test('only curators and operators bring statistics', async () => {
    const amina = await person(node, 'Amina')
    assert.equal((await amina.open('/en/indicators/statistics')).status, 403)
    assert.equal(await problemOf(node.as('reviewer')('statistics.imports', {})), 'forbidden')
    assert.equal((await node.get('/en/indicators/statistics')).statusCode, 303)
  })
})
