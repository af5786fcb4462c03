import type { Feature } from '#kernel/feature.ts'
import { mountSpreadsheets } from './routes.ts'
import { resumeImport, resumeAllImports } from './resume-import.ts'
import { filesOfSheets } from './files.ts'
import { spreadsheetOperations } from './index.ts'
import { sheets } from './store.ts'
import { spreadsheetMigration } from './tables.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const kept = (table: string, exported: boolean) =>
  ({
    table,
    column: 'ownerId',
    erased: false,
    exported,
    because: 'It says which records came of the table, as long as they stay',
  }) as const

/** Tables of people’s own that become drafts or records. */
export const spreadsheets: Feature = {
  name: 'spreadsheets',
  migrations: [spreadsheetMigration],
  operations: spreadsheetOperations,
  jobs: [
    {
      name: 'sheets',
      everyMs: minuteMs,
      leaseMs: hourMs,
      work:
        ({ perform, database, environment }) =>
        () =>
          resumeAllImports(perform, database.read, environment),
    },
  ],
  attachmentsInUse: filesOfSheets,
  routes: [
    (web, pageContext, { perform, report }) =>
      mountSpreadsheets(web, pageContext, { resumeImport: (actor, id) => resumeImport(perform, actor, id), report }),
  ],
  personalData: {
    columns: [kept('sheet', true), kept('sheet_item', false)],
    exportOf: async ({ db }, { id }) => ({
      spreadsheets: (await sheets(db).ofPerson(id)).map(({ ownerId: _, ...rest }) => rest),
    }),
  },
}
