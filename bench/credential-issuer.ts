/** A node that issues credentials from tables of so many rows each, one after the other, and tells how it went. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { App } from '#app'
import { advanceBatch, startBatch } from '#areas/recognition/batches/batch.ts'
import { checkTable } from '#areas/recognition/batches/check-table.ts'
import { inNewApp } from './alone.ts'

const system = { kind: 'system', id: 'bench' } as const

export type Issued = { rows: number; perSecond: number; checkedPerSecond: number; peak: number }

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

await inNewApp(async (app, folder) => {
  const achievement = await achievementIn(app)
  const path = join(folder, 'learners.csv')
  for (const rows of process.argv.slice(2).map(Number))
    process.stdout.write(`${JSON.stringify(await issued(app, { achievement, path, rows }))}\n`)
})
