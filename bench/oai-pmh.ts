/**
 * OAI-PMH beside what cannot be avoided: giving records beside reading the same rows and writing them nowhere (aim: a quarter),
 * taking them beside parsing the same XML and storing nothing (aim: a fifth). Records for each second of processor time, so that
 * what else the machine does counts neither for the one nor for the other.
 */
import { inNewApp } from './alone.ts'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp, type App } from '#app'
import { readPage } from '#codecs/oai-pmh/read-response.ts'
import { followJournal } from '#features/oai-pmh/follow.ts'
import { formats } from '#features/oai-pmh/formats.ts'
import { answer } from '#features/oai-pmh/provider.ts'
import { addHarvest, runHarvest } from '#features/harvest/operations.ts'
import { goOnHarvesting } from '#features/harvest/run.ts'
import { ingest } from '#records/sources/ingest.ts'
import { records } from '#records/store.ts'
import { oaiItems, type After } from '#features/oai-pmh/store.ts'
import { inPairs, isNoisy, medianOf, number, ratiosOf, shown, verdictOf, type Options, type Row } from './measure.ts'
import { answerTo } from './oai-pages.ts'

const givingAim = 0.25
const takingAim = 0.2
const pageRead = 200
const system = { kind: 'system', id: 'bench' } as const

async function perSecond(work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage()
  const done = await work()
  const { user, system: ofSystem } = process.cpuUsage(before)
  return (done / (user + ofSystem)) * 1e6
}

export async function repositories({ quick, say }: Options): Promise<Row[]> {
  const [count, pairs] = quick ? [3_000, 3] : [20_000, 6]
  const rows = [...(await inNewApp((app) => giving(app, count, pairs))), await taking(count, pairs)]
  for (const row of rows) say(`${row.what}: ${row.ours}; ${row.yardstick}; ratio ${row.ratio}`)
  return rows
}

function rowOf(what: string, ours: number[], yards: number[], yardstick: string, aim: number): Row {
  const ratio = ratiosOf(ours, yards)
  return {
    question: 'oai-pmh',
    what,
    ours: `${number(medianOf(ours))}/s`,
    yardstick: `${number(medianOf(yards))}/s ${yardstick}`,
    ratio: shown(ratio),
    aim: `≥ ${aim}`,
    verdict: verdictOf(ratio.median >= aim, isNoisy(yards)),
  }
}

async function fill(app: App, count: number): Promise<void> {
  const source = 'african-storybook'
  for (let from = 0; from < count; from += 1_000)
    await app.perform(ingest, system, {
      name: source,
      rows: Array.from({ length: 1_000 }, (_, i) => storyRow(from + i)),
    })
  while (!(await app.perform(followJournal, system, { anew: false })).isDone);
}

const storyRow = (n: number) => ({
  place: `bench:${n}`,
  kind: 'resource',
  identifier: `https://bench.example/${n}`,
  body: {
    title: { en: `Story number ${n}`, fr: `Histoire numéro ${n}` },
    originalLanguage: 'en',
    description: { en: 'A story of a girl who reads to her village by the light of a lamp. '.repeat(4) },
    type: 'story',
    languages: ['en', 'fr'],
    levels: ['1'],
    audiences: ['learner'],
    subjects: ['0232'],
    keywords: { en: ['reading', 'village', 'light'] },
    licence: 'CC-BY-4.0',
    creators: [{ name: 'Nafula, Ursula', role: 'author' }],
    publisher: 'A publisher',
    url: `https://bench.example/${n}`,
  },
})

async function giving(app: App, count: number, pairs: number): Promise<Row[]> {
  await fill(app, count)
  const rows: Row[] = []
  for (const { prefix } of formats) {
    const give = () => giveAll(app, prefix)
    await give()
    const { ours, yards } = await inPairs(
      pairs,
      () => perSecond(give),
      async () => ({ all: await perSecond(() => readListed(app)), records: await perSecond(() => readRecords(app)) }),
    )
    const row = rowOf(
      `giving ${prefix}`,
      ours,
      yards.map(({ all }) => all),
      'read',
      givingAim,
    )
    const ofRecords = ratiosOf(
      ours,
      yards.map((one) => one.records),
    )
    rows.push({ ...row, ratio: `${row.ratio}; of records alone ${ofRecords.median.toFixed(2)}` })
  }
  return rows
}

/** The rows that answers are made of, by the same questions: of the list, then of its records. */
async function readListed(app: App): Promise<number> {
  const db = app.database.read
  let read = 0
  for (let after: After | undefined; ;) {
    const items = await oaiItems(db).page({ from: '0000', until: '9999' }, after, pageRead)
    const last = items.at(-1)
    if (!last) return read
    read += (await records(db).byNumbers(items.map(({ number: one }) => one))).length
    after = last
  }
}

/** The records alone, in the order in which they lie. */
async function readRecords(app: App): Promise<number> {
  let read = 0
  for (let after = 0; ;) {
    const page = await records(app.database.read).all(after, pageRead)
    if (page.length === 0) return read
    read += page.length
    after = page.at(-1)!.number
  }
}

async function giveAll(app: App, prefix: string): Promise<number> {
  const context = {
    ...app.environment,
    db: app.database.read,
    services: app.running.services,
    actor: system,
    journal: () => {},
  }
  let given = 0
  for (let query: string | undefined = `verb=ListRecords&metadataPrefix=${prefix}`; query;) {
    const xml = await answer(context, new URLSearchParams(query), 'https://bench.example')
    given += countOf('<record>', xml)
    const token: string | undefined = /<resumptionToken[^>]*>([^<]+)</.exec(xml.slice(-2_000))?.[1]
    query = token && `verb=ListRecords&resumptionToken=${token}`
  }
  return given
}

/** Counting must cost next to nothing: it is no part of giving. */
function countOf(sign: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length)) count++
  return count
}

/** Pages are made beforehand, so that making them counts for neither. */
function pagesOf(set: string, count: number): Map<string, Uint8Array> {
  const pages = new Map<string, Uint8Array>()
  for (let query: string | undefined = `set=${set}:${count}`; query;) {
    const xml = answerTo(new URLSearchParams(`verb=ListRecords&${query}`))
    pages.set(query, new TextEncoder().encode(xml))
    const token: string | undefined = /<resumptionToken[^>]*>([^<]+)</.exec(xml.slice(-2_000))?.[1]
    query = token && `resumptionToken=${token}`
  }
  return pages
}

async function taking(count: number, pairs: number): Promise<Row> {
  const pages = new Map<string, Uint8Array>()
  const keyOf = ({ searchParams: asked }: URL) =>
    asked.has('resumptionToken') ? `resumptionToken=${asked.get('resumptionToken')}` : `set=${asked.get('set')}`
  const folder = await mkdtemp(join(tmpdir(), 'qingdao-bench-'))
  const app = await openApp({
    dataDir: folder,
    databaseAddress: join(folder, 'qingdao.sqlite'),
    environment: {
      now: () => new Date(),
      random: (size) => randomBytes(size),
      fetch: async (url) => ({
        status: url.endsWith('robots.txt') ? 404 : 200,
        headers: {},
        url,
        body: pages.get(keyOf(new URL(url))) ?? new TextEncoder().encode(answerTo(new URL(url).searchParams)),
      }),
    },
  })
  const running = {
    perform: app.perform,
    db: app.database.read,
    services: app.running.services,
    environment: app.environment,
    pauseMs: 0,
  }
  const prepare = (set: string) => {
    for (const [query, page] of pagesOf(set, count)) pages.set(query, page)
  }
  const take = async (pair: number) => {
    prepare(`taken${pair}`)
    const settings = { set: `taken${pair}:${count}`, everyHours: 0 }
    const { name } = await app.perform(addHarvest, system, { address: 'https://bench.example/oai', settings })
    await app.perform(runHarvest, system, { name, all: false, acceptLosses: false })
    return perSecond(async () => {
      await goOnHarvesting(running, name)
      return count
    })
  }
  const parse = (pair: number) => {
    prepare(`taken${pair}`)
    const own = [...pages].filter(([query]) => query.includes(`=taken${pair}:`))
    return perSecond(async () =>
      own.reduce((sum, [, page]) => sum + readPage(new TextDecoder().decode(page)).records.length, 0),
    )
  }
  try {
    await take(-1)
    const { ours, yards } = await inPairs(pairs, take, parse)
    return rowOf('harvesting oai_dc', ours, yards, 'parsed', takingAim)
  } finally {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
}
