/** How many pages a second a process gives, beside Node's bare server sending the same bytes. */
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordAddresses, searchAddresses } from './addresses.ts'
import { load, type Loaded } from './load.ts'
import { inPairs, isNoisy, medianOf, number, ratiosOf, shown, verdictOf, type Options, type Row } from './measure.ts'
import { realNode, recordsIn } from './real-node.ts'
import { captureAll, closeConnections, startBare, startNode, type Serving } from './serving.ts'

type Measured = Loaded & { perCpuSecond: number }
type PageCase = { what: string; aim: number; again: string[]; first: string[][]; warmUp: string[] }
type Served = { ours: Serving; bare: Serving; processes: number }

const visitedAgain = 300

export async function pages(options: Options): Promise<Row[]> {
  const { quick, say } = options
  const [pairs, forMs] = quick ? [3, 500] : [6, 1_500]
  const dataDir = await realNode(options)
  const records = await recordsIn(dataDir)
  const [eachRecords, eachSearches, warm] = quick ? [300, 150, 150] : [1_500, 500, 500]
  const all = [
    requestOf('record pages', 0.6, recordAddresses(records), { pairs, each: eachRecords, warm }),
    requestOf('search pages', 0.25, searchAddresses(records, visitedAgain + pairs * eachSearches + warm), {
      pairs,
      each: eachSearches,
      warm,
    }),
  ]
  const file = join(tmpdir(), `qingdao-bench-answers-${process.pid}.json`)
  try {
    await captureFor(all, dataDir, file, say)
    const rows: Row[] = []
    for (const processes of [1, 2]) rows.push(...(await measure(all, { dataDir, file, processes, pairs, forMs, say })))
    return rows
  } finally {
    await rm(file, { force: true })
  }
}

function requestOf(
  what: string,
  aim: number,
  addresses: string[],
  { pairs, each, warm }: { pairs: number; each: number; warm: number },
): PageCase {
  const [again, warmUp, rest] = [
    addresses.slice(0, visitedAgain),
    addresses.slice(visitedAgain, visitedAgain + warm),
    addresses.slice(visitedAgain + warm),
  ]
  const length = Math.min(each, Math.floor(rest.length / pairs))
  return {
    what,
    aim,
    again,
    warmUp,
    first: Array.from({ length: pairs }, (_, pair) => rest.slice(pair * length, (pair + 1) * length)),
  }
}

/** From a node that is stopped afterwards, so that the one measured has not seen the addresses. */
async function captureFor(all: readonly PageCase[], dataDir: string, file: string, say: Options['say']) {
  const app = await startNode(dataDir)
  try {
    const addresses = all.flatMap(({ again, first }) => [...again, ...first.flat()])
    const { bytes } = await captureAll(app.port, addresses, file)
    say(`${addresses.length} answers captured, ${Math.round(bytes / addresses.length)} bytes each on average`)
  } finally {
    closeConnections()
    await app.stop()
  }
}

type Setting = { dataDir: string; file: string; processes: number; pairs: number; forMs: number; say: Options['say'] }

async function measure(
  all: readonly PageCase[],
  { dataDir, file, processes, pairs, forMs, say }: Setting,
): Promise<Row[]> {
  const bare = await startBare(file, processes)
  const ours = await startNode(dataDir, processes).catch(async (error: unknown) => {
    await bare.stop()
    throw error
  })
  const served: Served = { ours, bare, processes }
  const rows: Row[] = []
  const add = (row: Row) => {
    rows.push(row)
    say(`${row.what}: ${row.ours}; bare ${row.yardstick}; ratio ${row.ratio}`)
  }
  try {
    for (const { again, warmUp } of all) {
      await load({ port: ours.port, addresses: warmUp })
      await load({ port: bare.port, addresses: again, forMs })
    }
    for (const { what, aim, first } of all) {
      const found = await inPairs(
        pairs,
        (pair) => timed(ours, { addresses: first[pair]! }),
        (pair) => timed(bare, { addresses: first[pair]!, forMs }),
      )
      add(rowOf(`${what}, first visits`, aim, found, served))
    }
    for (const { what, aim, again } of all) {
      for (let visit = 0; visit < processes * 3; visit++) await load({ port: ours.port, addresses: again })
      const found = await inPairs(
        pairs,
        () => timed(ours, { addresses: again, forMs }),
        () => timed(bare, { addresses: again, forMs }),
      )
      add(rowOf(`${what}, visited again`, aim, found, served))
    }
    return rows
  } finally {
    await ours.stop()
    await bare.stop()
  }
}

async function timed(server: Serving, what: { addresses: string[]; forMs?: number }): Promise<Measured> {
  const before = server.cpuSeconds()
  const loaded = await load({ port: server.port, ...what })
  if (loaded.failed) throw new Error(`${loaded.failed} of ${loaded.count} answers were not 200`)
  return { ...loaded, perCpuSecond: loaded.count / (server.cpuSeconds() - before) }
}

function rowOf(
  what: string,
  aim: number,
  { ours, yards }: { ours: Measured[]; yards: Measured[] },
  { processes }: Served,
): Row {
  const of = (all: readonly Measured[], name: 'perSecond' | 'p50' | 'p99' | 'perCpuSecond') =>
    all.map((one) => one[name])
  const ratio = ratiosOf(of(ours, 'perSecond'), of(yards, 'perSecond'))
  const perCpu = ratiosOf(of(ours, 'perCpuSecond'), of(yards, 'perCpuSecond'))
  const side = (all: readonly Measured[]) =>
    `${number(medianOf(of(all, 'perSecond')))}/s, p50 ${number(medianOf(of(all, 'p50')))} ms, p99 ${number(medianOf(of(all, 'p99')))} ms`
  return {
    question: 'pages',
    what: `${what}, ${processes === 1 ? 'one process' : `${processes} processes`}`,
    ours: side(ours),
    yardstick: side(yards),
    ratio: `${shown(ratio)}; by processor time ${perCpu.median.toFixed(2)}`,
    aim: `≥ ${aim}`,
    verdict: verdictOf(ratio.median >= aim, isNoisy(of(yards, 'perSecond'))),
  }
}
