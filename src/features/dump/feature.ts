import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Settings } from '#kernel/config.ts'
import type { Feature } from '#kernel/feature.ts'
import { mountDump } from './routes.ts'
import { takeAttachment, takeDump } from './take-dump.ts'

const hourMs = 60 * 60_000

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
  ],
  routes: [(web, pageContext, { dataDir }) => mountDump(web, pageContext, join(dataDir, 'dump'))],
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
