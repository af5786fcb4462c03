/** What files of statistics say, beside the files themselves: ten values of each source, looked up by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Folder } from '#kernel/folder.ts'
import { folderOf, realData } from '../../../test/collection.ts'
import type { Observation, ObservationOrRefusal, StatisticalSource } from './observations.ts'
import { internetUsersValues } from './sources/internet-users.ts'
import { partOf, uisValues } from './sources/uis.ts'
import { unstats, unstatsValues } from './sources/unstats.ts'

const key = ({ area, period, dimensions }: Observation) => `${area} ${period} ${dimensions}`.trim()

async function readAll(source: StatisticalSource, folder: Folder) {
  const values = new Map<string, Observation>()
  const refused: { place: string; code: string }[] = []
  for await (const file of source.files(folder)) {
    if ('refused' in file) throw new Error(file.place)
    for await (const row of file.rows())
      if ('refused' in row) refused.push({ place: row.place, code: row.refused.code })
      else values.set(`${file.indicator} ${key(row)}`, row)
  }
  return { values, refused }
}

const byHand: readonly [StatisticalSource, string, number, Readonly<Record<string, number>>][] = [
  [
    uisValues,
    'uis-education',
    145_035,
    {
      'oaepg_2_gpv HK 2009': 6.733920097351074,
      'cr CO 2012 level=3': 67.11,
      'schbsp_welec MR 2016 level=3': 81.63265228271484,
      'ictskill NL 2015 skill=COPA': 66.20690155029297,
      'math SI 2007 level=1;wealth=HIGH': 67.90059338591668,
      'ptrhc_2_qualified LK 2021': 18.14870272532301,
      'ictskill LT 2015 skill=EMAIL': 58.00759124755859,
      'ictskill KZ 2020 skill=TRAF': 22.33284950256348,
      'math ID 2009 level=2;location=R': 17.01,
      'read LV 2000 level=2;location=U': 76.95,
    },
  ],
  [
    unstatsValues,
    'sdg4-unstats',
    106_562,
    {
      'se_adt_acts RU 2015 skill=EMAIL': 29.20253,
      'se_acc_sani KR 2012 level=1': 100,
      'se_alp_cplr EC 2006 level=3;sex=M;wealth=Q5': 0.43858,
      'se_agp_cpra EC 2018 level=2;wealth=Q1': 1.02937,
      'se_tra_grdl MY 2012 level=1;sex=M': 96.43287,
      'se_adt_funs NO 2012 age=16_65;subject=LITE': 87.45948,
      'se_gpi_tratea AW 2012 level=2T3': 1.04505,
      'se_dev_ontrk ML 2015 age=M36T59': 61.6,
      'se_tot_gpi PE 2015 level=2;subject=READ': 1.08545,
      'se_inf_dsbl MU 2018 level=3': 45.2514,
    },
  ],
  [
    internetUsersValues,
    'uis-education/ict',
    6_024,
    {
      'internet_users IN 2017': 18.2,
      'internet_users UY 2022': 89.873,
      'internet_users TG 1991': 0,
      'internet_users ML 1996': 0.00206,
      'internet_users LS 2020': 43.6575,
      'internet_users BG 2023': 80.3896,
      'internet_users NC 2010': 42,
      'internet_users AE 2016': 90.6,
      'internet_users EC 2004': 4.83444,
      'internet_users CG 2003': 0.46001,
    },
  ],
]

for (const [source, path, count, values] of byHand) {
  const folder = await realData(path)
  test(
    `${source.name}: every row is read, and values are those in the files`,
    {
      skip: typeof folder === 'string' && folder,
    },
    async () => {
      assert.ok(typeof folder !== 'string')
      const read = await readAll(source, folder)
      assert.deepEqual(read.refused, [])
      assert.equal(read.values.size, count, 'each value once')
      assert.deepEqual(
        Object.fromEntries(Object.keys(values).map((name) => [name, read.values.get(name)?.value])),
        values,
      )
    },
  )
}

test('totals of regions and the world stand beside countries under their own codes, with how they came to be', async () => {
  const file = 'ddf--datapoints--se_acc_elec--by--education_level--geo_area--nature--units--year.csv'
  const { values } = await readAll(
    unstatsValues,
    folderOf({
      [file]: [
        'education_level,geo_area,nature,units,year,se_acc_elec',
        'primar,1,e,percent,2018,69',
        'primar,202,e,percent,2018,33.8',
        'primar,747,e,percent,2018,88',
        'primar,404,c,percent,2016,82.6',
      ].join('\n'),
    }),
  )
  const told = [...values.values()].map(({ area, status }) => `${area} ${status}`)
  assert.deepEqual(told, ['001 estimated', '202 estimated', '747 estimated', 'KE reported'])
})

test('codes that are parts of one indicator become its breakdowns; others stay what they are', () => {
  assert.deepEqual(partOf('schbsp_2t3_wintern'), { indicator: 'schbsp_wintern', fixed: { level: '2T3' } })
  assert.deepEqual(partOf('read_g3_nonlangtest'), { indicator: 'read', fixed: { level: 'G3', language: 'OTHER' } })
  for (const code of ['math_g3_ltpia', 'rofst_h_1', 'qutp_1', 'ictskillmagic', 'cr_9', 'constructor'])
    assert.deepEqual(partOf(code), { indicator: code, fixed: {} })
})

const hostile = 'ddf--datapoints--internet_users--by--geo--time.csv'
const refusals = async (lines: readonly string[], file = hostile) => {
  const rows: ObservationOrRefusal[] = []
  for await (const one of internetUsersValues.files(folderOf({ [file]: lines.join('\n') }))) {
    assert.ok(!('refused' in one))
    for await (const row of one.rows()) rows.push(row)
  }
  return rows.map((row) => ('refused' in row ? row.refused.code : row.value))
}

test('hostile rows are refused one by one, with the reason', async () => {
  const rows = [
    'geo,time,internet_users',
    'ken,2015,NaN',
    'ken,2015,1e400',
    'ken,1013,5',
    'ken,2015,Infinity',
    'ken,2015,0x10',
    'ken,2015,"1',
    'ken,2015,1,2',
    '__proto__,2015,1',
    'ken,2015,',
    '"ken",2015,1e1',
    'ken,99999,1',
    'ken,2015,=1+1',
  ]
  assert.deepEqual(await refusals(rows), [
    'valueUnfit',
    'valueUnfit',
    'yearUnfit',
    'valueUnfit',
    'valueUnfit',
    'malformedLine',
    'malformedLine',
    'areaUnknown',
    null,
    10,
    'yearUnfit',
    'valueUnfit',
  ])
  assert.deepEqual(await refusals(['geo,internet_users', 'ken,1']), ['columnMissing'])
})

/** What a file of one indicator says of it, whose rows are these. */
async function indicatorOf(...rows: string[]) {
  const columns = 'education_level,geo_area,nature,units,year,se_acc_elec'
  const folder = folderOf({
    'ddf--concepts--continuous.csv': 'concept,description,indicator,name\nse_acc_elec,Schools with electricity,4.a.1,A',
    'ddf--datapoints--se_acc_elec--by--education_level--geo_area--nature--units--year.csv': [columns, ...rows].join(
      '\n',
    ),
  })
  const said = []
  for await (const row of unstats.read(folder)) said.push(row)
  assert.equal(said.length, 1)
  return said[0]!
}

test('an indicator has the breakdown of its file where no row can be read, and is refused where no unit is known', async () => {
  const body = async (...rows: string[]) => {
    const row = await indicatorOf(...rows)
    if ('refused' in row) return row.refused
    const { unit, dimensions } = row.record.body as { unit?: string; dimensions?: unknown[] }
    return { unit, dimensions: dimensions?.length ?? 0 }
  }
  assert.deepEqual(await body('primar,404,c,percent,2015,5'), { unit: 'percent', dimensions: 1 })
  assert.deepEqual(await body('t,404,c,percent,2015,5'), { unit: 'percent', dimensions: 0 })
  assert.deepEqual(await body('kindergarten,404,c,percent,2015,5'), { unit: 'percent', dimensions: 1 })
  assert.deepEqual(await body('primar,404,c,furlongs,2015,5', 'primar,404,c,percent,2016,5'), {
    unit: 'percent',
    dimensions: 1,
  })
  assert.deepEqual(await body('primar,404,c,furlongs,2015,5'), { code: 'unitUnknown', values: { value: 'furlongs' } })
})
