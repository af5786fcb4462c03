import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Settings } from '#kernel/config.ts'
import type { Feature, Serving } from '#kernel/feature.ts'
import { hasten } from '#kernel/jobs/jobs.ts'
import { withdrawnAfter } from '#kernel/journal.ts'
import { descriptionIn } from './apply-increments.ts'
import { mountDump } from './routes.ts'
import { takeAttachment, takeDump } from './take-dump.ts'

const hourMs = 60 * 60_000
const minuteMs = 60_000

/** All records as files for download, rebuilt when something changed. */
export const dump: Feature = {
  name: 'dump',
  operations: [takeDump, takeAttachment],
  jobs: [
    {
      name: 'dump',
      everyMs: hourMs,
      leaseMs: hourMs,
      work:
        ({ settings }) =>
        () =>
          dumpApart(settings),
    },
    // What was withdrawn shall not be offered for another hour; until then, its file is refused (`routes.ts`).
    {
      name: 'dump-withdrawn',
      everyMs: minuteMs,
      leaseMs: minuteMs,
      apart: true,
      work: (app) => () => hastenDump(app),
    },
  ],
  routes: [(web, pageContext, { dataDir, database }) => mountDump(web, pageContext, join(dataDir, 'dump'), database)],
}

/** Has the dump made anew at once where something that it may hold was withdrawn since. */
async function hastenDump({ database, dataDir, environment }: Serving): Promise<void> {
  const kept = await descriptionIn(join(dataDir, 'dump')).catch(() => undefined)
  if (!kept || (await withdrawnAfter(database.read, kept.journal)).length === 0) return
  await database.write((tx) => hasten(tx, 'dump', environment.now()))
}

/** A process of its own: pages do not wait for it. */
function dumpApart({ dataDir, databaseUrl }: Settings): Promise<void> {
  const place = ['--data-dir', dataDir, ...(databaseUrl ? ['--database-url', databaseUrl] : [])]
  const child = fork(
    new URL('../../../bin/qingdao.js', import.meta.url),
    ['dump', join(dataDir, 'dump'), '--if-changed', '--keep-increments', ...place],
    { stdio: 'ignore' },
  )
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`dump ended with ${code}`))))
  })
}
