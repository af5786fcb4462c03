/** Processor time of a page made anew, no kept answer helping: the whole process, its search threads included. */
import { setTimeout } from 'node:timers/promises'
import { languages } from '#kernel/i18n/languages.ts'
import type { StoredRecord } from '#records/record.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { searchAddresses, shuffled } from './addresses.ts'
import { load } from './load.ts'
import { spreadOf, verdictOf, type Question, type Row } from './measure.ts'
import { recordsIn, seedNode } from './real-node.ts'
import { closeConnections, startNode, type Serving } from './serving.ts'

const aimMs = 2
/** A country joins what many parts of the node know, and an indicator draws a chart or a map of its values. */
const figuresAimMs = 20
/** Of the same sort, before it is measured. */
const warmUp = 400
/** Other pages, before all: a node serves for weeks, and the engine compiles what is asked for often only by and by. */
const servedBefore = 4_000
/** Search is put in order when nothing has changed for some seconds. */
const restMs = 10_000

/** Each record in each language, so that none is asked for twice. */
const pagesOf = (records: readonly StoredRecord[], kind: string): string[] =>
  shuffled(records.filter((record) => record.kind === kind && record.status === 'published')).flatMap(({ id }) =>
    languages.map((language) => `${language === 'en' ? '' : `/${language}`}/records/${id}`),
  )

const codesOf = (records: readonly StoredRecord[]): string[] =>
  records.filter(({ kind }) => kind === 'indicator').map(({ body }) => String((body as { code?: unknown }).code))

/** Each indicator of countries that stand beside each other in the list of all. */
const chartAddresses = (records: readonly StoredRecord[]): string[] => {
  const countries = shuffled(Object.keys(codeList('countries')!.terms))
  return shuffled(
    codesOf(records).flatMap((code) =>
      Array.from({ length: 60 }, (_, at) => {
        const three = countries.slice(at * 3, at * 3 + 3).map((area) => ['area', area])
        return `/indicators/${code}?${new URLSearchParams(three)}`
      }),
    ),
  )
}

const mapAddresses = (records: readonly StoredRecord[]): string[] =>
  shuffled(
    codesOf(records).flatMap((code) =>
      Array.from({ length: 24 }, (_, at) => `/indicators/${code}?view=map&year=${2000 + at}`),
    ),
  )

/** Searches and records of all kinds, none of which is measured afterwards. */
function otherPages(records: readonly StoredRecord[], measured: ReadonlySet<string>): string[] {
  const ofKinds = [...new Set(records.map(({ kind }) => kind))].flatMap((kind) => pagesOf(records, kind).slice(-600))
  const searches = searchAddresses(records, measured.size + servedBefore).slice(-servedBefore / 2)
  return shuffled([...searches, ...ofKinds.filter((address) => !measured.has(address))]).slice(0, servedBefore)
}

async function msEach(node: Serving, addresses: string[], connections: number): Promise<number> {
  const before = node.cpuSeconds()
  const { failed, count } = await load({ port: node.port, addresses, connections })
  if (failed > 0) throw new Error(`${failed} of ${count} pages were not answered with 200`)
  return ((node.cpuSeconds() - before) * 1000) / count
}

/** The least of several rounds is what the page costs; what is above it is what neighbours on the machine cost. */
export const pageCost: Question = async (options) => {
  const { quick, say } = options
  const [rounds, each] = quick ? [3, 100] : [5, 200]
  const dataDir = await seedNode(options)
  const records = await recordsIn(dataDir)
  const cases: [what: string, addresses: string[], aim?: number][] = [
    ['a search', searchAddresses(records, warmUp + rounds * each)],
    ['a practice', shuffled(pagesOf(records, 'practice'))],
    ['a study', shuffled(pagesOf(records, 'study'))],
    // In one language: in the others it would be asked for what is remembered.
    [
      'a country',
      shuffled(Object.keys(codeList('countries')!.terms)).map((code) => `/countries/${code}`),
      figuresAimMs,
    ],
    ['a chart of three countries', chartAddresses(records), figuresAimMs],
    ['a map of an indicator', mapAddresses(records), figuresAimMs],
  ]
  const node = await startNode(dataDir)
  const rows: Row[] = []
  try {
    await setTimeout(restMs)
    const measured = new Set(cases.flatMap(([, addresses]) => addresses))
    await load({ port: node.port, addresses: otherPages(records, measured) })
    await setTimeout(restMs)
    for (const [what, addresses, aim = aimMs] of cases) {
      const warm = Math.min(warmUp, Math.floor(addresses.length / 2))
      const length = Math.min(each, Math.floor((addresses.length - warm) / rounds))
      await load({ port: node.port, addresses: addresses.slice(0, warm) })
      for (const connections of [1, 32]) {
        const times: number[] = []
        // Half of what is left for each number of connections, so that all pages are new.
        const begin = warm + (connections === 1 ? 0 : (rounds * length) >> 1)
        for (let round = 0; round < rounds; round++) {
          const from = begin + round * (length >> 1)
          times.push(await msEach(node, addresses.slice(from, from + (length >> 1)), connections))
        }
        const { least, median } = spreadOf(times)
        const row: Row = {
          question: 'page-cost',
          what: `${what}, ${connections} at once`,
          ours: `${least.toFixed(2)} ms (median ${median.toFixed(2)})`,
          yardstick: '',
          ratio: '',
          aim: `≤ ${aim} ms`,
          verdict: verdictOf(least <= aim),
        }
        rows.push(row)
        say(`${row.what}: ${row.ours}`)
      }
    }
    return rows
  } finally {
    closeConnections()
    await node.stop()
  }
}
