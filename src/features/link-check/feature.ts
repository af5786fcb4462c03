import type { Feature } from '#kernel/feature.ts'
import { notePagesChanged } from '#kernel/journal.ts'
import { looksAtLinks } from './wanted.ts'
import { mountLinks } from './routes.ts'
import { checkDueFiles, linkChecker } from './check.ts'
import { linkOperations } from './operations.ts'
import { linkMigration } from './tables.ts'

const hourMs = 60 * 60_000

/** Whether the addresses in records answer, and kept files are what they were. */
export const linkCheck: Feature = {
  name: 'link-check',
  migrations: [linkMigration],
  operations: linkOperations,
  jobs: [
    {
      name: 'links',
      everyMs: hourMs,
      leaseMs: hourMs,
      apart: true,
      isWanted: looksAtLinks,
      work: (app) => {
        const check = linkChecker(app)
        return async () => {
          if ((await check()) > 0) app.changed()
        }
      },
    },
    {
      name: 'kept',
      everyMs: 12 * hourMs,
      leaseMs: hourMs,
      work:
        ({ database, services, environment, changed }) =>
        async () => {
          const looked = await checkDueFiles(database, services.files, environment)
          if (looked > 0) await database.write(notePagesChanged)
          if (looked > 0) changed()
          return looked
        },
    },
  ],
  routes: [mountLinks],
}
