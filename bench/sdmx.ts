/**
 * A cube of five million observations, made of the real ones: questions beside DuckDB answering the same, the kept newest
 * values, and SDMX-CSV streamed out beside JSON.stringify of as many bytes.
 */
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { openFolder } from '#kernel/folder.ts'
import { readCsv } from '#codecs/csv/read-csv.ts'
import { writeData } from '#codecs/sdmx/model.ts'
import { parametersIn } from '#codecs/sdmx/query.ts'
import { dataQuery30 } from '#codecs/sdmx/query-30.ts'
import { csvWriter } from '#codecs/sdmx/write-csv.ts'
import { countryOfAlpha3 } from '#features/indicators/areas.ts'
import { latestValues } from '#features/indicators/values.ts'
import { pointsFiles } from '#features/indicators/sources/ddf.ts'
import { uis } from '#features/indicators/sources/uis.ts'
import { indicatorDraft } from '#features/indicators/sources/catalogue.ts'
import { importer } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { dataSetsOf } from '#features/sdmx/data.ts'
import { select } from '#features/sdmx/selection.ts'
import { flowOf, type Flow } from '#features/sdmx/flows.ts'
import type { App } from '#app'
import { inNewApp } from './alone.ts'
import {
  inPairs,
  isNoisy,
  medianOf,
  megabytes,
  number,
  ratiosOf,
  shown,
  verdictOf,
  type Options,
  type Row,
} from './measure.ts'
import { testData } from './real-node.ts'

const aims = { duck: 3, keptMs: 5, stream: 0.15, memory: 64 * 1024 * 1024 }
const indicators = 8
const breakdowns = ['', 'sex=F', 'sex=M'].flatMap((sex) =>
  ['', 'level=1', 'level=2', 'level=3'].flatMap((level) =>
    ['', 'location=R', 'location=U'].flatMap((location) =>
      ['', 'wealth=Q1', 'wealth=Q2', 'wealth=Q3', 'wealth=Q4', 'wealth=Q5'].map((wealth) =>
        [level, location, sex, wealth].filter(Boolean).join(';'),
      ),
    ),
  ),
)

type Real = { area: string; period: number; value: number }

/** Values of schools with electricity and others, as the Institute for Statistics publishes them. */
async function realValues(): Promise<Real[]> {
  const folder = await openFolder(join(testData, uis.folder))
  const found: Real[] = []
  for (const { file, measure } of (await pointsFiles(folder)).slice(0, 40))
    for (const { cells } of readCsv(await folder.text(file))) {
      const area = countryOfAlpha3(cells['country'] ?? '')
      const [period, value] = [Number(cells['year']), Number(cells[measure])]
      if (area && period >= 1990 && Number.isFinite(value)) found.push({ area, period, value })
    }
  return found
}

const codeOf = (at: number) => `cube_${at}`

/** Each area and year that is real, in every breakdown of every indicator, with values a little moved. */
function fill(path: string, real: readonly Real[], wanted: number): number {
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = wal; pragma synchronous = off; begin')
  const release = db.prepare(
    `insert into statistical_release (source, "publishedOn", revision, "takenAt") values ('uis-education', '2024-10-08', 'cube', '2026-01-01T00:00:00Z')`,
  )
  const number = Number(release.run().lastInsertRowid)
  const addSeries = db.prepare('insert into statistical_series (indicator, area, dimensions) values (?, ?, ?)')
  const add = db.prepare(`insert into observation values (?, ?, ${number}, null, ?, 'estimated', '')`)
  const newest = db.prepare(`insert into latest_observation values (?, ?, ?, ?, ?, 'estimated')`)
  const byArea = Map.groupBy(real, ({ area }) => area)
  const yearsOf = new Map(
    [...byArea].map(([area, values]) => [
      area,
      [...new Map(values.map((one) => [one.period, one.value]))].sort((a, b) => a[0] - b[0]),
    ]),
  )
  let count = 0
  for (let at = 0; at < indicators && count < wanted; at++)
    for (const dimensions of breakdowns)
      for (const [area, values] of yearsOf) {
        if (count >= wanted) break
        const series = addSeries.run(codeOf(at), area, dimensions).lastInsertRowid
        const moved = (value: number) =>
          Math.round(value * (1 + ((at * 31 + dimensions.length * 7) % 17) / 100) * 1e4) / 1e4
        for (const [period, value] of values) add.run(series, period, moved(value))
        const last = values.at(-1)!
        newest.run(codeOf(at), dimensions, area, last[0], moved(last[1]))
        count += values.length
      }
  db.exec('commit; analyze')
  db.close()
  return count
}

type Ask = { what: string; query: string; sql: string }
const asks: readonly Ask[] = [
  {
    what: 'six countries, one breakdown, all years',
    query: '?c[REF_AREA]=KE,UG,TZ,FR,BR,CN&c[SEX]=F&c[EDUCATION_LEV]=1&c[URBANISATION]=_T&c[INCOME_WEALTH_QUANTILE]=_T',
    sql: `select area, dimensions, period, value, status from cube where indicator = 'cube_0' and area in ('KE','UG','TZ','FR','BR','CN') and dimensions = 'level=1;sex=F' order by dimensions, area, period`,
  },
  {
    what: 'all countries, all breakdowns of girls, four years',
    query: '?c[SEX]=F&c[TIME_PERIOD]=ge:2015+le:2018',
    sql: `select area, dimensions, period, value, status from cube where indicator = 'cube_0' and dimensions like '%sex=F%' and period between 2015 and 2018 order by dimensions, area, period`,
  },
  {
    what: 'the newest value of each series of an indicator',
    query: '?lastNObservations=1',
    sql: `select area, dimensions, max(period) as period, arg_max(value, period) as value, arg_max(status, period) as status from cube where indicator = 'cube_0' group by area, dimensions order by dimensions, area`,
  },
]

/** How many observations, each made as it would be told. */
async function ours(app: App, flow: Flow, query: string): Promise<{ ms: number; count: number }> {
  const begun = performance.now()
  const parameters = parametersIn(`/${query}`)
  const selection = await select(app.database.read, {
    flows: [flow],
    query: dataQuery30(['dataflow', '*', flow.flow.id], parameters),
    listsValues: false,
    listsReasons: false,
  })
  let count = 0
  for await (const { sections } of dataSetsOf(app.database.read, selection))
    for await (const some of sections) for (const { observations } of some) count += observations.length
  return { ms: performance.now() - begun, count }
}

type Duck = {
  run: (sql: string) => Promise<unknown>
  runAndReadAll: (sql: string) => Promise<{ getRowsJS: () => unknown[] }>
}

/** DuckDB takes 70 MB, so that it is no dependency: `npm install --no-save @duckdb/node-api`. */
async function duckWith(path: string): Promise<Duck | undefined> {
  const name = '@duckdb/node-api'
  const found = (await import(name).catch(() => undefined)) as
    { DuckDBInstance: { create: (at: string) => Promise<{ connect: () => Promise<Duck> }> } } | undefined
  if (!found) return undefined
  const duck = await (await found.DuckDBInstance.create(':memory:')).connect()
  await duck.run('set threads = 1')
  await duck.run(
    'create table cube (indicator varchar, area varchar, dimensions varchar, period integer, value double, status varchar)',
  )
  await duck.run(`copy cube from '${path}' (header false)`)
  return duck
}

async function exported(app: App, path: string): Promise<void> {
  const out = createWriteStream(path)
  const db = new DatabaseSync(join(app.running.dataDir, 'qingdao.sqlite'), { readOnly: true })
  let piece = ''
  for (const row of db
    .prepare(
      'select indicator, area, dimensions, period, value, status from statistical_series s join observation o on o.series = s.number',
    )
    .iterate()) {
    piece += `${Object.values(row).join(',')}\n`
    if (piece.length > 1e6) {
      if (!out.write(piece)) await once(out, 'drain')
      piece = ''
    }
  }
  out.end(piece)
  await once(out, 'finish')
  db.close()
}

const header = {
  id: 'M1',
  prepared: '2026-01-01T00:00:00Z',
  sender: 'QINGDAO',
  senderNames: { en: 'Qingdao' },
  language: 'en',
}

/** SDMX-CSV as it is sent: how many bytes a second, and how much memory more than before. */
async function streamed(app: App, flows: readonly Flow[], query: string) {
  const begun = performance.now()
  const selection = await select(app.database.read, {
    flows,
    query: dataQuery30(['dataflow', '*', '*'], parametersIn(`/${query}`)),
    listsValues: false,
    listsReasons: false,
  })
  const writer = csvWriter(
    header,
    selection.selected.map(({ head }) => head),
    { version: '2.0.0' },
  )
  let [bytes, pieces, peak] = [0, 0, 0]
  for await (const piece of writeData(writer, dataSetsOf(app.database.read, selection))) {
    bytes += piece.length
    if (pieces++ % 20 === 0) peak = Math.max(peak, process.memoryUsage.rss())
  }
  return { bytes, peak, ms: performance.now() - begun }
}

/** As many bytes of the same observations, all in memory before. */
function stringified(real: readonly Real[], bytes: number): number {
  const row = {
    structure: 'dataflow',
    id: 'QINGDAO:cube_1(1.0.0)',
    action: 'I',
    frequency: 'A',
    status: 'E',
    nature: 'E',
    releasedOn: '2024-10-08',
  }
  const some = real.slice(0, 50_000).map((one) => ({ ...row, ...one }))
  const begun = performance.now()
  let made = 0
  while (made < bytes) made += JSON.stringify(some).length
  return made / (performance.now() - begun)
}

export async function sdmxCube({ quick, say }: Options): Promise<Row[]> {
  if (!existsSync(join(testData, uis.folder))) {
    say('the data of the Institute for Statistics are not there, left out')
    return []
  }
  const wanted = quick ? 500_000 : 5_000_000
  return inNewApp(async (app, folder) => {
    const rows = Array.from({ length: indicators }, (_, at) => ({
      ...indicatorDraft({
        code: codeOf(at),
        name: `Cube ${at}`,
        publisher: 'UIS',
        licence: 'CC-BY-4.0',
        releasedOn: '2024',
        unit: 'percent',
        dimensions: ['level', 'sex', 'location', 'wealth'],
      }),
      place: `cube:${at}`,
    }))
    await app.perform(ingest, importer(uis.name), { name: uis.name, rows })
    const real = await realValues()
    const count = fill(join(folder, 'qingdao.sqlite'), real, wanted)
    say(`${number(count)} observations, made of ${number(real.length)} real ones`)
    const flows = Array.from({ length: indicators }, (_, at) =>
      flowOf(
        {
          record: {
            body: {
              code: codeOf(at),
              title: { en: codeOf(at) },
              unit: 'percent',
              dimensions: ['level', 'sex', 'location', 'wealth'],
            },
          } as never,
        },
        [],
      ),
    )
    const table: Row[] = []
    const told = (row: Row) => {
      table.push(row)
      say(`${row.what}: ${row.ours}; ${row.yardstick}; ratio ${row.ratio}`)
    }
    for (const row of await asked(app, flows[0]!, folder, quick)) told(row)
    told(await keptView(app))
    for (const row of await stream(app, flows, real, quick)) told(row)
    return table
  })
}

async function asked(app: App, flow: Flow, folder: string, quick: boolean): Promise<Row[]> {
  const path = join(folder, 'cube.csv')
  await exported(app, path)
  const duck = await duckWith(path)
  const rows: Row[] = []
  for (const { what, query, sql } of asks) {
    const askOurs = async () => ours(app, flow, query)
    const askDuck = async () => {
      const begun = performance.now()
      const found = duck ? (await duck.runAndReadAll(sql)).getRowsJS().length : 0
      return { ms: performance.now() - begun, count: found }
    }
    const counts = [(await askOurs()).count, (await askDuck()).count]
    if (duck && counts[0] !== counts[1]) throw new Error(`${what}: ${counts.join(' and ')} observations`)
    const pairs = await inPairs(quick ? 5 : 9, askOurs, askDuck)
    const [own, yard] = [pairs.ours.map(({ ms }) => ms), pairs.yards.map(({ ms }) => ms)]
    const ratio = ratiosOf(own, yard)
    rows.push({
      question: 'sdmx',
      what: `${what} (${number(counts[0]!)})`,
      ours: `${number(medianOf(own))} ms`,
      yardstick: duck ? `DuckDB ${number(medianOf(yard))} ms` : 'DuckDB is not installed',
      ratio: duck ? shown(ratio) : '',
      aim: `at most ${aims.duck}`,
      verdict: duck ? verdictOf(ratio.median <= aims.duck, isNoisy(yard)) : '',
    })
  }
  return rows
}

/** What a map or a ranking asks for: kept, so that nothing is counted. */
async function keptView(app: App): Promise<Row> {
  const times: number[] = []
  for (let at = 0; at < 50; at++) {
    const begun = performance.now()
    await app.perform(
      latestValues,
      { kind: 'anyone' },
      { code: codeOf(0), dimensions: 'level=1;sex=F', year: undefined },
    )
    times.push(performance.now() - begun)
  }
  const median = medianOf(times)
  return {
    question: 'sdmx',
    what: 'a kept view: newest value of each country',
    ours: `${number(median)} ms`,
    yardstick: '',
    ratio: '',
    aim: `at most ${aims.keptMs} ms`,
    verdict: verdictOf(median <= aims.keptMs),
  }
}

async function stream(app: App, flows: readonly Flow[], real: readonly Real[], quick: boolean): Promise<Row[]> {
  const short = '?c[URBANISATION]=R&c[INCOME_WEALTH_QUANTILE]=Q1'
  const long = '?c[URBANISATION]=R,U'
  await streamed(app, flows.slice(0, 1), short)
  const small = await streamed(app, flows.slice(0, 1), long)
  // At once, before what it is held against takes memory of its own.
  const large = await streamed(app, flows, long)
  const more = large.peak - small.peak
  const rates: number[] = []
  const yards: number[] = []
  for (let at = 0; at < (quick ? 3 : 5); at++) {
    const { bytes, ms } = await streamed(app, flows.slice(0, 1), long)
    rates.push(bytes / ms)
    yards.push(stringified(real, bytes))
  }
  const ratio = ratiosOf(rates, yards)
  return [
    {
      question: 'sdmx',
      what: `SDMX-CSV streamed, ${megabytes(small.bytes)}`,
      ours: `${number(medianOf(rates) / 1_000)} MB/s`,
      yardstick: `JSON.stringify ${number(medianOf(yards) / 1_000)} MB/s`,
      ratio: shown(ratio),
      aim: `at least ${aims.stream}`,
      verdict: verdictOf(ratio.median >= aims.stream, isNoisy(yards)),
    },
    {
      question: 'sdmx',
      what: `memory of ${megabytes(large.bytes)} above that of ${megabytes(small.bytes)}`,
      ours: megabytes(Math.max(0, more)),
      yardstick: '',
      ratio: '',
      aim: 'at most 64 MiB',
      verdict: verdictOf(more <= aims.memory),
    },
  ]
}
