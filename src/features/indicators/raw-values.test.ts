/**
 * Ten values of each source, looked up by hand in the files that the publishers give (with grep and awk, not by our readers),
 * against what the records that come with the project say.
 */
import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { createGunzip } from 'node:zlib'

const seed = new URL('../../../seed/observations.jsonl.gz', import.meta.url)

/** The row of the publisher's file → indicator, area, breakdown, year and value here. */
type Checked = readonly [row: string, code: string, area: string, dimensions: string, year: number, value: number]

const unstats: readonly Checked[] = [
  ['primar,404,c,percent,2016,82.62217', 'se_acc_elec', 'KE', 'level=1', 2016, 82.62217],
  ['lowsec,1,e,percent,2018,78.3790409', 'se_acc_elec', '001', 'level=2', 2018, 78.3790409],
  ['uppsec,76,c,percent,2017,91.32993', 'se_acc_intn', 'BR', 'level=3', 2017, 91.32993],
  ['lowsec,76,c,percent,2010,61.55346', 'se_acc_intn', 'BR', 'level=2', 2010, 61.55346],
  ['primar,686,c,percent,2018,27.61829', 'se_acc_comp', 'SN', 'level=1', 2018, 27.61829],
  ['primar,404,c,male,skill_read,percent,2006,60.5', 'se_tot_prfl', 'KE', 'level=1;sex=M;subject=READ', 2006, 60.5],
  [
    'primar,152,c,male,skill_read,percent,2013,66.8175731',
    'se_tot_prfl',
    'CL',
    'level=1;sex=M;subject=READ',
    2013,
    66.8175731,
  ],
  ['uppsec,356,e,male,percent,2017,74.66135', 'se_tra_grdl', 'IN', 'level=3;sex=M', 2017, 74.66135],
  ['276,notspec,male,traf,percent,2019,65.89782', 'se_adt_acts', 'DE', 'sex=M;skill=TRAF', 2019, 65.89782],
  ['484,c,male,percent,2017,98.13031', 'se_pre_partn', 'MX', 'sex=M', 2017, 98.13031],
]
const uis: readonly Checked[] = [
  ['ken,2016,82.6221694946289', 'schbsp_welec', 'KE', 'level=1', 2016, 82.6221694946289],
  ['sen,2023,53.4273681640625', 'schbsp_welec', 'SN', 'level=1', 2023, 53.4273681640625],
  ['bra,2019,96.72958374023438', 'schbsp_welec', 'BR', 'level=1', 2019, 96.72958374023438],
  ['fra,2005,99.0', 'schbsp_wintern', 'FR', 'level=2', 2005, 99],
  ['vnm,2023,93.89461945915806', 'schbsp_wintern', 'VN', 'level=2', 2023, 93.89461945915806],
  ['bra,2017,85.54521179199219', 'schbsp_wcomput', 'BR', 'level=3', 2017, 85.54521179199219],
  ['sen,2019,47.381591796875', 'cr', 'SN', 'level=1', 2019, 47.381591796875],
  ['ind,2023,14.62071259429383', 'rofst_cp', 'IN', 'level=2', 2023, 14.62071259429383],
  ['gha,2021,80.57047271728516', 'trtp', 'GH', 'level=3', 2021, 80.57047271728516],
  ['ken,2023,3.962293044132629', 'xgdp_fsgov', 'KE', '', 2023, 3.962293044132629],
]
const ict: readonly Checked[] = [
  ['ken,2010,7.2', 'internet_users', 'KE', '', 2010, 7.2],
  ['ken,2019,22.6688', 'internet_users', 'KE', '', 2019, 22.6688],
  ['bra,2005,21.0227', 'internet_users', 'BR', '', 2005, 21.0227],
  ['chn,2016,53.2', 'internet_users', 'CN', '', 2016, 53.2],
  ['fra,1999,9.13', 'internet_users', 'FR', '', 1999, 9.13],
  ['egy,2014,33.8946', 'internet_users', 'EG', '', 2014, 33.8946],
  ['rus,2012,66', 'internet_users', 'RU', '', 2012, 66],
  ['ind,2018,20.0813', 'internet_users', 'IN', '', 2018, 20.0813],
  ['mex,2020,71.4902', 'internet_users', 'MX', '', 2020, 71.4902],
  ['usa,1990,0.785', 'internet_users', 'US', '', 1990, 0.785],
]

async function seedSays(): Promise<ReadonlyMap<string, number | null>> {
  const found = new Map<string, number | null>()
  const wanted = new Set(
    [...unstats, ...uis, ...ict].map(([, code, area, dimensions]) => `${code} ${area} ${dimensions}`),
  )
  for await (const text of createInterface({ input: createReadStream(seed).pipe(createGunzip()) })) {
    const { indicator, area, dimensions, values } = JSON.parse(text)
    const series = `${indicator} ${area} ${dimensions}`
    if (wanted.has(series)) for (const [year, value] of values) found.set(`${series} ${year}`, value)
  }
  return found
}
const said = await seedSays()

for (const [source, checked] of Object.entries({
  'sdg4-unstats': unstats,
  'uis-education': uis,
  'uis-education/ict': ict,
}))
  test(`ten values of ${source} are those of its files`, () => {
    assert.equal(checked.length, 10)
    for (const [row, code, area, dimensions, year, value] of checked) {
      assert.ok(row.endsWith(`,${value}`) || row.endsWith(`,${value}.0`), row)
      assert.equal(said.get(`${code} ${area} ${dimensions} ${year}`), value, `${code}: ${row}`)
    }
  })
