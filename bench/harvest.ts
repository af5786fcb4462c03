/**
 * Harvesting on a large scale: memory while a repository of a million records is read, which must stay flat, and what a harvest
 * that brings nothing costs, which must not grow with the catalogue. `QINGDAO_HARVEST_SIZES=1000,29000,970000` says how much is read.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Told } from './harvester.ts'
import { megabytes, number, verdictOf, type Options, type Row } from './measure.ts'

/** As `bin/qingdao.js` sets a node on a small machine; with more memory at hand, V8 leaves more of it to be cleaned up later. */
export const onSmallMachine = ['--optimize-for-size', '--semi-space-growth-factor=1', '--max-semi-space-size=2']
const program = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const memoryAim = 300e6
/** A harvest that brings nothing may cost this much more in a catalogue a thousand times as large. */
const emptyAim = 2
const usualSizes = '1000,29000,970000'
const quickSizes = '1000,9000,20000'

export async function harvesting({ quick, say }: Options): Promise<Row[]> {
  const sizes = process.env['QINGDAO_HARVEST_SIZES'] ?? (quick ? quickSizes : usualSizes)
  const folder = await mkdtemp(join(tmpdir(), 'qingdao-bench-'))
  const repository = spawn(process.execPath, [program('repository.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [address] = (await once(createInterface({ input: repository.stdout }), 'line')) as [string]
    const begin = (...words: string[]) =>
      spawn(process.execPath, [...onSmallMachine, program('harvester.ts'), folder, address, ...words], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
      })
    // At its first start a node strips types and compiles, which later starts need not.
    await once(begin('1').stdout.resume(), 'end')
    const harvester = begin(sizes, quick ? '5000' : '50000')
    const told: Told[] = []
    for await (const line of createInterface({ input: harvester.stdout })) {
      const one = JSON.parse(line) as Told
      told.push(one)
      const empty = one.emptyMs === undefined ? '' : `; a harvest that brings nothing: ${number(one.emptyMs)} ms`
      say(
        `${number(one.held)} records after ${number(one.seconds)} s: ${megabytes(one.residentBytes)} in memory, at most ${megabytes(one.peakBytes)}${empty}`,
      )
    }
    return rowsOf(told)
  } finally {
    repository.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

function rowsOf(told: readonly Told[]): Row[] {
  const last = told.at(-1)
  if (!last) throw new Error('the harvester told nothing')
  const empties = told.filter((one): one is Told & { emptyMs: number } => one.emptyMs !== undefined)
  const [least, most] = [empties[0]!, empties.at(-1)!]
  const ratio = most.emptyMs / least.emptyMs
  return [
    {
      question: 'harvest',
      what: `memory while ${number(last.held)} records come`,
      ours: `${megabytes(last.peakBytes)} at most`,
      yardstick: `${number(last.held / last.seconds)} records/s`,
      ratio: '',
      aim: `< ${megabytes(memoryAim)}`,
      verdict: verdictOf(last.peakBytes < memoryAim),
    },
    {
      question: 'harvest',
      what: `a harvest that brings nothing, ${number(most.held)} records held`,
      ours: `${number(most.emptyMs)} ms`,
      yardstick: `${number(least.emptyMs)} ms with ${number(least.held)} held`,
      ratio: ratio.toFixed(2),
      aim: `≤ ${emptyAim}`,
      verdict: verdictOf(ratio <= emptyAim),
    },
  ]
}
