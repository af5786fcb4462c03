import type { Feature } from '#kernel/feature.ts'
import { listSources, readRun, readSourceRuns } from './look-up.ts'
import { beginRun, discardRun, finishRun, recordRun, startRun } from './operations.ts'
import { mountSources } from './routes.ts'
import { goOn, goOnWithAll } from './running.ts'
import { sourceRuns } from './store.ts'
import { runMigration } from './tables.ts'
import { undoNext, undoRun } from './undo.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const daysKept = 7
const oldest = (now: Date) => new Date(now.getTime() - daysKept * dayMs).toISOString()

/** Pages of the sources that records come from, for curators: history, runs with a file, undoing. */
export const sourcePages: Feature = {
  name: 'sources',
  migrations: [runMigration],
  operations: [
    listSources,
    readSourceRuns,
    readRun,
    beginRun,
    startRun,
    discardRun,
    finishRun,
    recordRun,
    undoRun,
    undoNext,
  ],
  jobs: [
    {
      name: 'source-runs',
      everyMs: minuteMs,
      leaseMs: 60 * minuteMs,
      apart: true,
      work:
        ({ perform, database, services, environment }) =>
        () =>
          goOnWithAll({ perform, db: database.read, services }, environment),
    },
  ],
  attachmentsInUse: {
    tidy: async (database, { now }) => {
      const stale = await sourceRuns(database.read).inStates(['previewed'], oldest(now()))
      if (stale.length > 0) await database.write((tx) => sourceRuns(tx).remove(stale.map(({ id }) => id)))
    },
    isInUse: (db, file) => sourceRuns(db).isFileUsed(file),
  },
  routes: [
    (web, pageContext, { perform, report, database, services }) =>
      mountSources(
        web,
        pageContext,
        (id) =>
          void goOn({ perform, db: database.read, services }, id).catch((error: unknown) =>
            report(error, 'source-runs'),
          ),
      ),
  ],
  personalData: {
    columns: [{ table: 'source_run', column: 'byId', erased: true, exported: true }],
    erase: (context, { id }) => sourceRuns(context.db).forgetPerson(id),
    exportOf: async ({ db }, { id }) => ({
      importsFromSources: (await sourceRuns(db).begunBy(id)).map(({ source, fileName, state, startedAt }) => ({
        source,
        fileName,
        state,
        startedAt,
      })),
    }),
  },
}
