import type { Feature } from '#kernel/feature.ts'
import type { Answered } from '#kernel/http/send.ts'
import { usageCounter, type Counts, type UsageCounter } from './counter.ts'
import { readCoverage } from './coverage.ts'
import { firstDayKept, readUse, readWork, recordUse } from './operations.ts'
import { mountUsage } from './routes.ts'
import { useCounts } from './store.ts'
import { usageMigration } from './tables.ts'

declare module '#kernel/context.ts' {
  interface Services {
    usage: UsageCounter
    /** Hears of each answer that leaves the node. */
    answered?: Answered
  }
}

/** What is counted in so long is lost where the process is killed. */
const writeEveryMs = 10_000
const dayMs = 24 * 60 * 60_000

const rowsOf = (counts: Counts) =>
  [...counts].map(([key, count]) => {
    const [period = '', counted = '', name = ''] = key.split(' ')
    return { period, counted, name, count }
  })

/** How much the node itself is used, counted without anything of who uses it. */
export const usage: Feature = {
  name: 'usage',
  migrations: [usageMigration],
  operations: [readUse, recordUse, readWork, readCoverage],
  services: ({ environment }) => {
    const counter = usageCounter(environment.now)
    return { usage: counter, answered: (request, status) => counter.answered({ ...request, status }) }
  },
  jobs: [
    {
      name: 'use-counts',
      everyMs: writeEveryMs,
      inEachProcess: true,
      work:
        ({ database, services: { usage: counter } }) =>
        async () => {
          const counts = counter.take()
          if (counts.size === 0) return
          try {
            await database.write((tx) => useCounts(tx).add(rowsOf(counts)))
          } catch (error) {
            counter.giveBack(counts)
            throw error
          }
        },
    },
    {
      name: 'use-months',
      everyMs: dayMs,
      leaseMs: 60_000,
      work:
        ({ database, environment }) =>
        () =>
          database.write((tx) => useCounts(tx).addUp(firstDayKept(environment.now()))),
    },
  ],
  tasks: [{ area: 'monitoring', path: '/use', title: 'use.title', lead: 'use.lead' }],
  routes: [mountUsage],
}
