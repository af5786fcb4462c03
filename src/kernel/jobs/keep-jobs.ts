/** Does the jobs of all features while the node serves. */
import type { FeatureJob, Serving, SharedJob } from '../feature.ts'
import { runDueJobs, type Job } from './jobs.ts'

const lookEveryMs = 60_000
const firstLookMs = 15_000

type Report = (error: unknown, where: string) => void

/** Until what it answers is called. */
export function keepJobs(all: readonly FeatureJob[], app: Serving, report: Report): () => void {
  const wanted = all.filter(({ isWanted }) => isWanted?.(app.settings) ?? true)
  const shared = wanted.filter((job): job is SharedJob => 'leaseMs' in job)
  const lookAt = (jobs: readonly SharedJob[], where: string) => {
    const leased = jobs.map(({ name, everyMs, leaseMs, work }): Job => {
      const run = work(app)
      return { name, everyMs, leaseMs, run: async () => void (await run()) }
    })
    return () =>
      void runDueJobs(app.database, leased, app.environment.now).catch((error: unknown) => report(error, where))
  }
  const inTurn = lookAt(
    shared.filter(({ apart }) => !apart),
    'jobs',
  )
  const timers = [setTimeout(inTurn, firstLookMs), setInterval(inTurn, lookEveryMs)]
  for (const job of shared.filter(({ apart }) => apart)) timers.push(setInterval(lookAt([job], job.name), lookEveryMs))
  for (const job of wanted)
    if ('inEachProcess' in job) timers.push(setInterval(oneAtATime(job.name, job.work(app), report), job.everyMs))
  for (const timer of timers) timer.unref()
  return () => timers.forEach((timer) => clearInterval(timer))
}

function oneAtATime(name: string, work: () => Promise<unknown>, report: Report): () => void {
  let isRunning = false
  return () => {
    if (isRunning) return
    isRunning = true
    void work()
      .catch((error: unknown) => report(error, name))
      .finally(() => (isRunning = false))
  }
}
