/**
 * Credentials issued from tables of learners, as a school does it: ten thousand rows, then a hundred thousand. What
 * ten times the length costs in memory, and whether each credential takes longer.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Issued } from './credential-issuer.ts'
import { onSmallMachine } from './harvest.ts'
import { megabytes, number, verdictOf, type Question, type Row } from './measure.ts'

const memoryAim = 64 * 1024 * 1024
const tenTimes = 10

const row = (what: string, rest: Partial<Row>): Row => ({
  question: 'credential-table',
  what,
  ours: '',
  yardstick: '',
  ratio: '',
  aim: '',
  verdict: '',
  ...rest,
})

/** `node bench/run.ts credential-table`. In a process of its own, where what is no longer needed is cleared soon. */
export const credentialTable: Question = async ({ quick, say }) => {
  const few = quick ? 1_000 : 10_000
  const issuer = spawn(
    process.execPath,
    [...onSmallMachine, fileURLToPath(new URL('credential-issuer.ts', import.meta.url)), `${few}`, `${few * tenTimes}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const told: Issued[] = []
  for await (const line of createInterface({ input: issuer.stdout })) {
    const one = JSON.parse(line) as Issued
    told.push(one)
    say(`${number(one.rows)} rows: ${number(one.perSecond)}/s, at most ${megabytes(one.peak)}`)
  }
  const [small, large] = told
  if (!small || !large) throw new Error('not both tables were issued')
  const more = Math.max(0, large.peak - small.peak)
  return [
    row(`rows checked, ${number(large.rows)}`, { ours: `${number(large.checkedPerSecond)}/s` }),
    row(`credentials issued, signed and logged, ${number(large.rows)}`, {
      ours: `${number(large.perSecond)}/s`,
      yardstick: `${number(small.rows)} rows ${number(small.perSecond)}/s`,
      ratio: (large.perSecond / small.perSecond).toFixed(2),
    }),
    row(`memory of ${number(large.rows)} rows above that of ${number(small.rows)}`, {
      ours: megabytes(more),
      yardstick: `at most ${megabytes(large.peak)}`,
      aim: '≤ 64 MiB',
      verdict: verdictOf(more <= memoryAim, false),
    }),
  ]
}
