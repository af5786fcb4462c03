/** From the start of the process to the first answered search, and the memory that the node then takes. */
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { recordAddresses, searchAddresses, shuffled } from './addresses.ts'
import { load } from './load.ts'
import {
  inPairs,
  isNoisy,
  medianOf,
  megabytes,
  number,
  ratiosOf,
  shown,
  spreadOf,
  verdictOf,
  type Options,
  type Row,
} from './measure.ts'
import { recordsIn } from './real-node.ts'
import { capture, closeConnections, startBare, startNode, type Serving } from './serving.ts'
import { syntheticNode } from './synthetic.ts'

type Size = { count: number; startSeconds: number; memoryBytes: number }

const sizes: Size[] = [
  { count: 100_000, startSeconds: 1, memoryBytes: 250e6 },
  { count: 1_000_000, startSeconds: 3, memoryBytes: 1e9 },
]
const restMs = 3_000
const sampleMs = 100
const loadMs = 10_000
const readMost = 100_000

export async function coldStart(options: Options): Promise<Row[]> {
  const rows: Row[] = []
  for (const size of options.quick ? sizes.slice(0, 1) : sizes) {
    const dataDir = await syntheticNode(size.count, options)
    // The first start brings an index up to date that was left behind, and files into memory.
    await (await startNode(dataDir)).stop()
    const found = [await starting(size, dataDir, options.quick ? 3 : 5), await remembering(size, dataDir, options)]
    rows.push(...found)
    for (const row of found) options.say(`${row.what}: ${row.ours}; ${row.yardstick} ${row.ratio}`)
  }
  return rows
}

const words = ['school', 'learning', 'science', 'energy', 'university', 'programming', 'africa', 'story']

async function starting({ count, startSeconds }: Size, dataDir: string, pairs: number): Promise<Row> {
  const file = join(tmpdir(), `qingdao-bench-one-${process.pid}.json`)
  const address = (pair: number) => `/search?q=${words[pair % words.length]}`
  const answer = { status: 200, headers: { 'content-length': '2' }, body: Buffer.from('ok').toString('base64') }
  await writeFile(file, JSON.stringify(Object.fromEntries(words.map((_, pair) => [address(pair), answer]))))
  try {
    const { ours, yards } = await inPairs(
      pairs,
      (pair) => secondsTo(startNode(dataDir), address(pair)),
      (pair) => secondsTo(startBare(file), address(pair)),
    )
    const spread = spreadOf(ours)
    return {
      question: 'cold-start',
      what: `first answered search, ${count.toLocaleString('en')} records`,
      ours: `${number(spread.median)} s (${number(spread.least)}–${number(spread.most)})`,
      yardstick: `bare Node ${number(medianOf(yards))} s`,
      ratio: shown(ratiosOf(ours, yards)),
      aim: `≤ ${startSeconds} s`,
      verdict: verdictOf(spread.median <= startSeconds, isNoisy(yards)),
    }
  } finally {
    await rm(file, { force: true })
  }
}

async function secondsTo(starting: Promise<Serving>, address: string): Promise<number> {
  const server = await starting
  try {
    const { status } = await capture(server.port, address)
    const seconds = (performance.now() - server.begunAt) / 1000
    if (status !== 200) throw new Error(`${address} was answered with ${status}`)
    return seconds
  } finally {
    closeConnections()
    await server.stop()
  }
}

/** Pages nobody asked for before, records and searches in turn, so that every part of the node is used. */
async function remembering({ count, memoryBytes }: Size, dataDir: string, { quick }: Options): Promise<Row> {
  const some = shuffled(await recordsIn(dataDir, readMost))
  const addresses = shuffled([...recordAddresses(some.slice(0, 20_000)), ...searchAddresses(some, 20_000)])
  const server = await startNode(dataDir)
  try {
    await capture(server.port, `/search?q=${words[0]}`)
    closeConnections()
    await new Promise((resume) => setTimeout(resume, restMs))
    const rest = server.memory()
    let most = rest
    const sampling = setInterval(() => {
      const now = server.memory()
      if (now.resident > most.resident) most = now
    }, sampleMs)
    const loaded = await load({ port: server.port, addresses, forMs: quick ? loadMs / 3 : loadMs }).finally(() =>
      clearInterval(sampling),
    )
    if (loaded.failed) throw new Error(`${loaded.failed} of ${loaded.count} answers were not 200`)
    const told = ({ resident, own }: typeof rest) => `${megabytes(resident)} (${megabytes(own)} without pages of files)`
    return {
      question: 'cold-start',
      what: `memory, ${count.toLocaleString('en')} records`,
      ours: `at rest ${told(rest)}; under load ${told(most)}`,
      yardstick: `${number(loaded.perSecond)} first visits/s meanwhile, p50 ${number(loaded.p50)} ms, p99 ${number(loaded.p99)} ms`,
      ratio: '',
      aim: `≤ ${megabytes(memoryBytes)}`,
      verdict: verdictOf(most.resident <= memoryBytes),
    }
  } finally {
    await server.stop()
  }
}
