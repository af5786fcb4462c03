/**
 * IATI beside what cannot be avoided. Read: activities a second that are checked and made rows, and those that are kept, beside parsing
 * the same XML and storing nothing. Written: `/iati/activities.xml` beside reading the same rows, and beside JSON.stringify of as
 * many bytes. Memory of ten times the length.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import type { App } from '#app'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { decodePieces } from '#codecs/xml/decode-pieces.ts'
import { streamXml } from '#codecs/xml/stream-xml.ts'
import { importSource, keeping } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { records } from '#records/store.ts'
import { checkIatiActivities, iatiActivities } from '#areas/accountability/iati/export.ts'
import { streamed } from '#areas/accountability/iati/routes.ts'
import { iati } from '#areas/accountability/sources/iati.ts'
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

const aims = { kept: 0.2, beside: 0.25, stringified: 0.15, memory: 64 * 1024 * 1024 }
const tenTimes = 10
const system = { kind: 'system', id: 'bench' } as const

/** An activity as publishers give them: two languages, two places, a budget and a transaction for each quarter. */
const activityXml = (
  at: number,
) => `<iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2026-01-02T00:00:00Z">
  <iati-identifier>XM-DAC-41304-${at}</iati-identifier>
  <reporting-org ref="XM-DAC-41304" type="40"><narrative>UNESCO</narrative></reporting-org>
  <title><narrative>Radio lessons for schools, number ${at}</narrative><narrative xml:lang="fr">Leçons à la radio, numéro ${at}</narrative></title>
  <description type="1"><narrative>${'Lessons by radio for pupils who live far from a school. '.repeat(6)}</narrative></description>
  <participating-org role="1" ref="XM-DAC-41304" type="40"/>
  <participating-org role="4" type="80"><narrative>School trust ${at % 500}</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2024-01-01"/><activity-date type="2" iso-date="2024-02-01"/>
  <recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>
  <sector vocabulary="1" code="11220" percentage="100"/>
  <budget type="1" status="1"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">${90_000 + at}</value></budget>
${[1, 4, 7, 10]
  .map(
    (month) =>
      `  <transaction><transaction-type code="3"/><transaction-date iso-date="2024-${String(month).padStart(2, '0')}-15"/><value value-date="2024-${String(month).padStart(2, '0')}-15">${1_000 + at}.5</value><provider-org ref="XM-DAC-41304"/><receiver-org><narrative>School trust ${at % 500}</narrative></receiver-org></transaction>`,
  )
  .join('\n')}
</iati-activity>
`

async function fileOf(path: string, count: number): Promise<void> {
  const out = createWriteStream(path)
  out.write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" generated-datetime="2026-01-02T00:00:00Z">\n',
  )
  for (let at = 0; at < count; at++) if (!out.write(activityXml(at))) await once(out, 'drain')
  out.end('</iati-activities>\n')
  await once(out, 'finish')
}

const perSecond = async (work: () => Promise<number>): Promise<number> => {
  const begun = performance.now()
  const done = await work()
  return (done / (performance.now() - begun)) * 1_000
}

const parsed = (folder: Folder, file: string) =>
  perSecond(async () => {
    let count = 0
    for await (const part of streamXml(decodePieces(folder.pieces(file), file))) if ('child' in part) count++
    return count
  })

const read = (folder: Folder) =>
  perSecond(async () => {
    let count = 0
    for await (const row of iati.read(folder)) if ('record' in row && row.record.kind === 'funding') count++
    return count
  })

const kept = (folder: Folder, count: number) =>
  inNewApp((app) =>
    perSecond(async () => {
      const take = keeping((operation, actor, input) => app.perform(operation, actor, input), ingest, iati.name)
      const { counts } = await importSource(iati, folder, take)
      if (counts.added < count) throw new Error(`${counts.added} records were kept of ${count} activities`)
      return count
    }),
  )

async function reading(count: number, pairs: number): Promise<Row[]> {
  const path = await mkdtemp(join(tmpdir(), 'qingdao-bench-'))
  const file = 'activities.xml'
  try {
    await fileOf(join(path, file), count)
    const folder = await openFolder(path)
    const parse = () => parsed(folder, file)
    await read(folder)
    await parse()
    const ways = [
      { what: 'activities read and checked', ours: () => read(folder), aim: undefined },
      { what: 'activities imported', ours: () => kept(folder, count), aim: aims.kept },
    ]
    const rows: Row[] = []
    for (const { what, ours, aim } of ways) {
      const { ours: own, yards } = await inPairs(pairs, ours, parse)
      const ratio = ratiosOf(own, yards)
      rows.push({
        question: 'iati',
        what: `${what}, beside parsing`,
        ours: `${number(medianOf(own))}/s`,
        yardstick: `parsing ${number(medianOf(yards))}/s`,
        ratio: shown(ratio),
        aim: aim === undefined ? '' : `≥ ${aim}`,
        verdict: aim === undefined ? '' : verdictOf(ratio.median >= aim, isNoisy(yards)),
      })
    }
    return rows
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

/** Described here, since what was imported is not given out. */
async function describe(app: App, from: number, to: number): Promise<void> {
  const share = async (name: string, body: object) =>
    (await app.perform(app.operation(name)!, system, body)) as { id: string }
  const publisher = await share('organisations.share', {
    title: { en: 'UNESCO' },
    originalLanguage: 'en',
    types: ['un'],
    identifiers: ['XM-DAC-41304'],
  })
  for (let at = from; at < to; at++)
    await share('fundings.share', {
      title: { en: `Radio lessons for schools, number ${at}`, fr: `Leçons à la radio, numéro ${at}` },
      originalLanguage: 'en',
      description: { en: 'Lessons by radio for pupils who live far from a school. '.repeat(6).trim() },
      reportedBy: publisher.id,
      funders: [publisher.id],
      activityStatus: '2',
      plannedStart: '2024-01-01',
      startsOn: '2024-02-01',
      countries: ['KE'],
      sectors: [{ vocabulary: '1', code: '11220', percentage: 100 }],
      transactions: ['01', '04', '07', '10'].map((month) => ({
        transactionType: '3',
        date: `2024-${month}-15`,
        value: 1_000.5 + at,
        currency: 'USD',
        valueDate: `2024-${month}-15`,
        provider: publisher.id,
      })),
    })
}

/** As the node does every hour. */
async function check(app: App): Promise<void> {
  for (let after: number | null = 0; after !== null;)
    ({ next: after } = await app.perform(checkIatiActivities, system, { after }))
}

type Written = { activities: number; bytes: number; ms: number; peak: number }

async function written(app: App): Promise<Written> {
  const begun = performance.now()
  const told = { activities: 0, bytes: 0, peak: 0 }
  const { body } = await streamed('iati-activities', new Date(), async (after) => {
    const { activities, next } = await app.perform(iatiActivities, system, { after })
    told.activities += activities.length
    told.peak = Math.max(told.peak, process.memoryUsage.rss())
    return { elements: activities, next }
  })
  for await (const piece of body as Readable) told.bytes += Buffer.byteLength(piece as string)
  return { ...told, ms: performance.now() - begun }
}

const rowsRead = (app: App) =>
  perSecond(async () => {
    let count = 0
    for (let after = 0; ;) {
      const page = await records(app.database.read).list('funding', { after, limit: 100 })
      count += page.length
      if (page.length < 100) return count
      after = page.at(-1)!.number
    }
  })

/** As many bytes of the same records, all in memory before. A second's worth. */
async function stringified(app: App, bytes: number): Promise<number> {
  const page = await records(app.database.read).list('funding', { after: 0, limit: 100 })
  const begun = performance.now()
  let made = 0
  while (made < bytes) made += JSON.stringify(page).length
  return (made / (performance.now() - begun)) * 1_000
}

async function writing(count: number, pairs: number): Promise<Row[]> {
  return inNewApp(async (app) => {
    await describe(app, 0, count)
    await check(app)
    await written(app)
    const small = await written(app)
    const [besideRows, besideBytes] = [
      await inPairs(
        pairs,
        async () => {
          const { activities, ms } = await written(app)
          return (activities / ms) * 1_000
        },
        () => rowsRead(app),
      ),
      await inPairs(
        pairs,
        async () => {
          const { bytes, ms } = await written(app)
          return (bytes / ms) * 1_000
        },
        () => stringified(app, small.bytes),
      ),
    ]
    const [rows, bytes] = [besideRows, besideBytes].map(({ ours, yards }) => ratiosOf(ours, yards))
    await describe(app, count, count * tenTimes)
    await check(app)
    const large = await written(app)
    const more = large.peak - small.peak
    return [
      {
        question: 'iati',
        what: 'activities written, beside reading the rows',
        ours: `${number(medianOf(besideRows.ours))}/s`,
        yardstick: `reading ${number(medianOf(besideRows.yards))}/s`,
        ratio: shown(rows!),
        aim: `≥ ${aims.beside}`,
        verdict: verdictOf(rows!.median >= aims.beside, isNoisy(besideRows.yards)),
      },
      {
        question: 'iati',
        what: `activities written, ${megabytes(small.bytes)}`,
        ours: `${megabytes(medianOf(besideBytes.ours))}/s`,
        yardstick: `JSON.stringify ${megabytes(medianOf(besideBytes.yards))}/s`,
        ratio: shown(bytes!),
        aim: `≥ ${aims.stringified}`,
        verdict: verdictOf(bytes!.median >= aims.stringified, isNoisy(besideBytes.yards)),
      },
      {
        question: 'iati',
        what: `memory of ${megabytes(large.bytes)} written above that of ${megabytes(small.bytes)}`,
        ours: megabytes(Math.max(0, more)),
        yardstick: '',
        ratio: '',
        aim: 'at most 64 MiB',
        verdict: verdictOf(more <= aims.memory),
      },
    ]
  })
}

export async function iatiFiles({ quick, say }: Options): Promise<Row[]> {
  const [activities, pairs] = quick ? [1_000, 3] : [5_000, 5]
  const rows = [...(await reading(activities, pairs)), ...(await writing(activities / 5, pairs))]
  for (const row of rows) say(`${row.what}: ${row.ours}; ${row.yardstick}; ratio ${row.ratio}`)
  return rows
}
