/** The search index by itself: how fast it answers beside Lucene and SQLite, is built, and comes back from its files. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openSearchIndex } from '#search/index/index.ts'
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
  type Verdict,
} from './measure.ts'
import type { Answered, Asking, Engine } from './search-asking.ts'
import { corpusOf, type Corpus } from './search-corpus.ts'
import { luceneEngine, ourEngine } from './search-engines.ts'
import { sqliteEngine } from './search-sqlite.ts'

const greatestMs = 25
const million = 1_000_000
const mostBytes = 512 * 2 ** 20
/** At least so many times the speed of each yardstick; of SQLite on what many documents have. */
const aims = { 'Lucene 8': 0.5, 'SQLite FTS5': 10 }
const manyHits = /common|broad/

export async function searching(options: Options): Promise<Row[]> {
  const rows: Row[] = []
  const medians: Map<string, number>[] = []
  for (const count of options.quick ? [100_000] : [100_000, million]) {
    const corpus = await corpusOf(count, options)
    const index = (await openSearchIndex(join(corpus.folder, 'index')))!
    const yards = [await luceneEngine(corpus, options.say), sqliteEngine(join(corpus.folder, 'fts5.sqlite'))]
    const ours = ourEngine(index)
    const own = new Map<string, number>()
    for (const [name, askings] of Object.entries(corpus.questions))
      for (const yard of yards.filter((one) => one !== null)) {
        const row = await compared(name, askings, { ours, yard, corpus, quick: options.quick, own })
        options.say(`${row.what}: ${row.ours}; ${row.yardstick} ${row.ratio}`)
        rows.push(row)
      }
    medians.push(own)
    rows.push(...(await around(corpus, index.memory().bytes)))
    for (const engine of [ours, ...yards]) await engine?.close()
  }
  return [...rows, ...growth(medians)]
}

type Comparison = { ours: Engine; yard: Engine; corpus: Corpus; quick: boolean; own: Map<string, number> }

const times = (answered: readonly Answered[]) => answered.map(({ ms }) => ms).sort((a, b) => a - b)
const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
const told = (all: number[]) =>
  `${number((all.length / all.reduce((sum, ms) => sum + ms, 0)) * 1000)}/s, p50 ${number(at(all, 0.5))}, p95 ${number(at(all, 0.95))}, p99 ${number(at(all, 0.99))} ms`

/** Both find the same and count the same, or nothing is compared. */
function assertSame(
  name: string,
  askings: readonly Asking[],
  ours: readonly Answered[],
  yards: readonly Answered[],
): void {
  askings.forEach((asking, i) => {
    const [a, b] = [ours[i]!, yards[i]!]
    if (a.total !== b.total || a.sum !== b.sum)
      throw new Error(`${name} ${JSON.stringify(asking)}: ${a.total} hits, ${a.sum} counted; not ${b.total}, ${b.sum}`)
  })
}

async function compared(name: string, askings: Asking[], { ours, yard, corpus, quick, own }: Comparison): Promise<Row> {
  const isSlow = yard.name === 'SQLite FTS5' && manyHits.test(name)
  const asked = isSlow ? askings.slice(0, quick ? 3 : 6) : askings
  assertSame(`${yard.name}, ${name}`, asked, await ours.answer(asked), await yard.answer(asked))
  const pairs = quick ? 3 : 5
  const found = await inPairs(
    pairs,
    () => ours.answer(asked),
    () => yard.answer(asked),
  )
  const speeds = (all: Answered[][]) => all.map((answered) => 1 / medianOf(times(answered)))
  const ratios = ratiosOf(speeds(found.ours), speeds(found.yards))
  const [ownTimes, yardTimes] = [found.ours, found.yards].map((all) => times(all.flat()))
  if (!isSlow) own.set(name, at(ownTimes!, 0.5))
  const isFast = at(ownTimes!, 0.99) <= greatestMs || corpus.count < million
  const least = yard.name === 'Lucene 8' || manyHits.test(name) ? aims[yard.name as keyof typeof aims] : 1
  return {
    question: 'search',
    what: `${corpus.count.toLocaleString('en')}: ${name}`,
    ours: told(ownTimes!),
    yardstick: `${yard.name} ${told(yardTimes!)}`,
    ratio: shown(ratios),
    aim: `≥ ${least}${corpus.count < million ? '' : `, p99 ≤ ${greatestMs} ms`}`,
    verdict: verdictOf(ratios.median >= least && isFast, isNoisy(speeds(found.yards))),
  }
}

/** Building, coming back from files, and room. */
async function around({ folder, count, perSecond }: Corpus, bytes: number): Promise<Row[]> {
  const place = join(folder, 'index')
  const loads = await inPairs(
    5,
    () => secondsTo(async () => (await openSearchIndex(place))!.close()),
    () =>
      secondsTo(async () => {
        for (const name of await readdir(place)) await readFile(join(place, name))
      }),
  )
  const row = (what: string, rest: Omit<Row, 'question' | 'what'>): Row => ({
    question: 'search',
    what: `${count.toLocaleString('en')}: ${what}`,
    ...rest,
  })
  return [
    row('building', {
      ours: `${number(perSecond.built)} documents/s`,
      yardstick: `JSON.parse ${number(perSecond.parsed)}/s`,
      ratio: (perSecond.built / perSecond.parsed).toFixed(3),
      aim: '',
      verdict: '',
    }),
    row('opening', {
      ours: `${number(medianOf(loads.ours))} s`,
      yardstick: `reading the files ${number(medianOf(loads.yards))} s`,
      ratio: shown(ratiosOf(loads.ours, loads.yards)),
      aim: '',
      verdict: '',
    }),
    row('memory', {
      ours: megabytes(bytes),
      yardstick: '',
      ratio: '',
      aim: count < million ? '' : `≤ ${megabytes(mostBytes)}`,
      verdict: count < million ? '' : verdictOf(bytes <= mostBytes),
    }),
  ]
}

async function secondsTo(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** Ten times the data: at most ten times the time on what many have, and twice on what few have. */
function growth([small, large]: Map<string, number>[]): Row[] {
  if (!small || !large) return []
  return [...large].map(([name, ms]) => {
    const times = ms / small.get(name)!
    const most = /rare/.test(name) ? 2 : 10
    const verdict: Verdict = verdictOf(times <= most)
    const ours = `p50 ${number(small.get(name)!)} → ${number(ms)} ms`
    return {
      question: 'search',
      what: `ten times the data: ${name}`,
      ours,
      yardstick: '',
      ratio: times.toFixed(1),
      aim: `≤ ${most}`,
      verdict,
    }
  })
}
