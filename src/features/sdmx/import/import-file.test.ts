/** Files of SDMX and DDFcsv as an operator imports them: what one node gives, another takes; what is hostile leaves nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp, type TestApp } from '../../../../test/app.ts'
import { withStatistics } from '../../../../test/statistics.ts'
import { uis } from '#features/indicators/sources/uis.ts'
import { observe } from '#features/indicators/observe.ts'
import { describeIndicator } from '#features/indicators/values.ts'
import { importer } from '#records/sources/import.ts'
import { importValuesFile } from './import-file.ts'

const points = (measure: string) => `ddf--datapoints--${measure}--by--country--year.csv`
const empty = {
  [points('schbsp_1_welec')]: 'country,year,schbsp_1_welec',
  [points('xgdp_fsgov')]: 'country,year,xgdp_fsgov',
}
const giver = await testApp()
await withStatistics(giver.app, uis, {
  [points('schbsp_1_welec')]: 'country,year,schbsp_1_welec\nken,2010,40\nken,2020,90.25\nuga,2015,\nfra,2020,100',
  [points('schbsp_2_welec')]: 'country,year,schbsp_2_welec\nken,2020,95',
  [points('xgdp_fsgov')]: 'country,year,xgdp_fsgov\nken,2019,5.5',
})
const taker = await testApp()
await withStatistics(taker.app, uis, empty)

const inPieces = (text: string) =>
  async function* () {
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700)
  }

async function imported(node: TestApp, name: string, text: string, released?: string) {
  const report = await importValuesFile(
    { name, open: inPieces(text) },
    {
      take: (input) => node.app.perform(observe, importer('sdmx'), input),
      sourceOf: (code) =>
        node.app.perform(describeIndicator, { kind: 'anyone' }, { code }).then(
          ({ record }) => record.origin?.collection ?? '',
          () => undefined,
        ),
      today: '2026-01-02',
      ...(released && { released }),
    },
  )
  await node.app.followOwn()
  return report
}
const valuesOf = async (node: TestApp, code: string) =>
  (await node.as()('indicators.values', { code })).values.map(
    ({ area, dimensions, period, value, status, reason, publishedOn }: any) =>
      `${area} ${dimensions} ${period} ${value} ${status} ${reason} ${publishedOn}`,
  )
const refusals = ({ refused }: { refused: readonly { place: string; code: string }[] }) =>
  refused.map(({ place, code }) => `${place} ${code}`)

const formats: readonly (readonly [name: string, path: string, accept: string])[] = [
  ['csv1', '2.1/data/schbsp_welec', 'application/vnd.sdmx.data+csv;version=1.0.0'],
  ['csv2 with labels', '3.0/data/dataflow/*/schbsp_welec', 'application/vnd.sdmx.data+csv;version=2.0.0;labels=both'],
  ['csv2 with names', '3.0/data/dataflow/*/schbsp_welec', 'application/vnd.sdmx.data+csv;version=2.0.0;labels=name'],
  ['generic', '2.1/data/schbsp_welec', 'application/vnd.sdmx.genericdata+xml;version=2.1'],
  [
    'generic by area',
    '2.1/data/schbsp_welec?dimensionAtObservation=REF_AREA',
    'application/vnd.sdmx.genericdata+xml;version=2.1',
  ],
  ['specific 2.1', '2.1/data/schbsp_welec', 'application/vnd.sdmx.structurespecificdata+xml;version=2.1'],
  [
    'specific 3.0, flat',
    '3.0/data/dataflow/*/schbsp_welec?dimensionAtObservation=AllDimensions',
    'application/vnd.sdmx.data+xml;version=3.0.0',
  ],
]

test('what one node gives in any format, another takes without a difference', async () => {
  const given = await valuesOf(giver, 'schbsp_welec')
  for (const [name, path, accept] of formats) {
    const { body } = await giver.get(`/sdmx/${path}`, { accept })
    const report = await imported(taker, name, body)
    assert.deepEqual([refusals(report), report.publishedOn], [[], '2024-10-08'], name)
    assert.equal(report.counts.added + report.counts.unchanged, 5, name)
    assert.deepEqual(await valuesOf(taker, 'schbsp_welec'), given, name)
  }
})

test('several dataflows in one file go to their indicators; those that nobody knows are told', async () => {
  const { body } = await giver.get('/sdmx/3.0/data/dataflow/*/*', {
    accept: 'application/vnd.sdmx.data+csv;version=2.0.0',
  })
  const report = await imported(taker, 'all.csv', `${body}dataflow,X:UNKNOWN(1.0),I,A,KE,1,2020,5,,,,,\r\n`)
  assert.deepEqual(await valuesOf(taker, 'xgdp_fsgov'), await valuesOf(giver, 'xgdp_fsgov'))
  assert.deepEqual(refusals(report), ['all.csv:8 indicatorUnknown'])
})

test('rows of others are read by their usual names; what does not fit is told by row, and the rest is kept', async () => {
  const node = await testApp()
  await withStatistics(node.app, uis, empty)
  const rows = [
    'DATAFLOW,FREQ,REF_AREA,SEX,WEALTH_QUINTILE,DISABILITY,TIME_PERIOD,OBS_VALUE,NATURE',
    'UNESCO:schbsp_welec(1.0),A,KEN,F,_T,_T,2015,12.5,E',
    'UNESCO:schbsp_welec(1.0),A,800,_T,Q1,_T,2015,7,C',
    'UNESCO:schbsp_welec(1.0),Q,KEN,_T,_T,_T,2015,1,C',
    'UNESCO:schbsp_welec(1.0),A,Atlantis,_T,_T,_T,2015,1,C',
    'UNESCO:schbsp_welec(1.0),A,KEN,_T,_T,_T,1013,1,C',
    'UNESCO:schbsp_welec(1.0),A,KEN,_T,_T,_T,2015-Q1,1,C',
    'UNESCO:schbsp_welec(1.0),A,KEN,_T,_T,_T,2015,NaN,C',
    'UNESCO:schbsp_welec(1.0),A,KEN,_T,_T,_T,2016,1e400,C',
    'UNESCO:schbsp_welec(1.0),A,KEN,_T,_T,PD,2015,1,C',
  ]
  const report = await imported(node, 'uis.csv', rows.join('\n'), '2026')
  assert.deepEqual(
    refusals(report).map((one) => one.replace('uis.csv:', '')),
    [
      '4 frequencyUnfit',
      '5 areaUnknown',
      '6 yearUnfit',
      '7 yearUnfit',
      '8 valueUnfit',
      '9 valueUnfit',
      '10 breakdownUnknown',
    ],
  )
  assert.deepEqual(await valuesOf(node, 'schbsp_welec'), [
    'KE sex=F 2015 12.5 estimated  2026',
    'UG wealth=Q1 2015 7 reported  2026',
  ])
  const older = await imported(node, 'old.csv', rows.slice(0, 2).join('\n').replace('12.5', '13'), '2020')
  assert.deepEqual(refusals(older), ['old.csv:2 releaseOlder'])
  const ddf = await imported(node, points('xgdp_fsgov'), 'country,year,xgdp_fsgov\nken,2019,5.5\nken,x,1', '2026')
  assert.deepEqual([ddf.counts.added, refusals(ddf)], [1, [`${points('xgdp_fsgov')}:3 yearUnfit`]])
})

const good = '<Series FREQ="A" REF_AREA="KE"><Obs TIME_PERIOD="2011" OBS_VALUE="1"/></Series>'
const message = (inside: string, before = '') =>
  `<?xml version="1.0"?>${before}<m:StructureSpecificData xmlns:m="m" xmlns:ss="ss"><m:DataSet ss:structureRef="schbsp_welec">${good}${inside}</m:DataSet></m:StructureSpecificData>`
const header = 'DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE'
const row = 'X:schbsp_welec(1.0),A,KE,2011,1'

test('of a file that is hostile or broken nothing is kept', async () => {
  const before = await valuesOf(taker, 'schbsp_welec')
  const hostile: Readonly<Record<string, string>> = {
    'bomb.xml': message('&a;', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
    'entity.xml': message('&nothing;'),
    'open.xml': message('<Series>'),
    'deep.xml': message('<x>'.repeat(50_000)),
    'wide.xml': message(`<Obs ${Array.from({ length: 2_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`),
    'long.xml': message(`<Obs TIME_PERIOD="${'9'.repeat(3_000_000)}"/>`),
    'page.xml': '<html><body/></html>',
    'columns.csv': `${header},${Array.from({ length: 100_000 }, (_, at) => `C${at}`).join(',')}\n${row}`,
    'quote.csv': `${header}\n${row}\n"X:schbsp_welec(1.0),A,KE,2012,2`,
    'long.csv': `${header}\n${row}\nX:schbsp_welec(1.0),A,KE,2012,${'9'.repeat(2_000_000)}`,
  }
  for (const [name, text] of Object.entries(hostile)) {
    const { counts, refused } = await imported(taker, name, text)
    assert.deepEqual([counts.added, counts.changed, refused.map(({ code }) => code)], [0, 0, ['malformedFile']], name)
  }
  await assert.rejects(imported(taker, 'letter.txt', 'Dear all'), /nothingRecognised/)
  assert.deepEqual(await valuesOf(taker, 'schbsp_welec'), before)
  const report = await imported(taker, 'good.xml', message(''))
  assert.deepEqual([report.counts.added, refusals(report)], [1, []])
})
