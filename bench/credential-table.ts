/**
 * Credentials issued from tables of learners, as a school does it: ten thousand rows, then a hundred thousand. What
 * ten times the length costs in memory, and whether each credential takes longer.
 */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { App } from '#app'
import { advanceBatch, startBatch } from '#areas/recognition/batches/batch.ts'
import { checkTable } from '#areas/recognition/batches/check-table.ts'
import { inNewApp } from './alone.ts'
import { megabytes, number, verdictOf, type Question, type Row } from './measure.ts'

const system = { kind: 'system', id: 'bench' } as const
const memoryAim = 64 * 1024 * 1024
const tenTimes = 10

type Issued = { rows: number; perSecond: number; checkedPerSecond: number; peak: number }

async function tableOf(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path)
  out.write('Name,Student number,Date achieved,Result\n')
  for (let at = 1; at <= rows; at++)
    if (!out.write(`Learner ${at},S-${at},2026-01-${String((at % 28) + 1).padStart(2, '0')},${at % 100}\n`))
      await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

async function achievementIn(app: App): Promise<string> {
  const body = {
    title: { en: 'Teaching by radio', ar: 'التدريس عبر الإذاعة' },
    originalLanguage: 'en',
    description: { en: 'Plans and gives lessons by radio' },
    criteria: { en: 'Ten lessons, watched by a teacher' },
    achievementType: 'micro-credential',
    levels: ['4'],
    validMonths: 24,
  }
  const { id } = (await app.perform(app.operation('achievements.share')!, system, body)) as { id: string }
  return id
}

async function issued(
  app: App,
  { achievement, path, rows }: { achievement: string; path: string; rows: number },
): Promise<Issued> {
  await tableOf(path, rows)
  let peak = process.memoryUsage.rss()
  const begun = performance.now()
  const { id, wrong } = await app.perform(checkTable, system, {
    achievement,
    organisation: '',
    period: `of ${rows}`,
    language: 'en',
    sendsMail: false,
    fileName: 'learners.csv',
    path,
  })
  if (wrong > 0) throw new Error(`${wrong} rows of the table are wrong`)
  const checked = performance.now()
  let batch = await app.perform(startBatch, system, { id })
  while (batch.state === 'running') {
    batch = await app.perform(advanceBatch, system, { id })
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  if (batch.issued !== rows) throw new Error(`${batch.issued} of ${rows} were issued`)
  const perSecond = (from: number, to: number) => (rows / (to - from)) * 1_000
  return { rows, peak, checkedPerSecond: perSecond(begun, checked), perSecond: perSecond(checked, performance.now()) }
}

/** `node bench/run.ts credential-table` */
export const credentialTable: Question = async ({ quick, say }) =>
  inNewApp(async (app, folder) => {
    const few = quick ? 1_000 : 10_000
    const achievement = await achievementIn(app)
    const path = join(folder, 'learners.csv')
    const small = await issued(app, { achievement, path, rows: few })
    say(`${number(small.rows)} rows: ${number(small.perSecond)}/s, at most ${megabytes(small.peak)}`)
    const large = await issued(app, { achievement, path, rows: few * tenTimes })
    const more = Math.max(0, large.peak - small.peak)
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
  })
