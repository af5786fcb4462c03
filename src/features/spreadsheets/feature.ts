import type { Feature } from '#kernel/feature.ts'
import { clearUnneeded } from '#features/attachments/clear.ts'
import { mountSpreadsheets } from './routes.ts'
import { resumeImport, resumeAllImports } from './resume-import.ts'
import { filesOfSheets } from './files.ts'
import { spreadsheetOperations } from './index.ts'
import { sheets } from './store.ts'
import { mappingMigration, spreadsheetMigration, wordMigration } from './tables.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Tables of people’s own that become drafts or records. */
export const spreadsheets: Feature = {
  name: 'spreadsheets',
  migrations: [spreadsheetMigration, wordMigration, mappingMigration],
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
    columns: [
      { table: 'sheet', column: 'ownerId', erased: true, exported: true },
      { table: 'sheet_word', column: 'ownerId', erased: true, exported: true },
      { table: 'sheet_mapping', column: 'ownerId', erased: true, exported: true },
      {
        table: 'sheet_item',
        column: 'ownerId',
        erased: true,
        exported: false,
        because: 'It names rows of their table',
      },
    ],
    erase: async (context, { id }) => {
      const files = await sheets(context.db).removeAllOf(id)
      for (const file of files) await clearUnneeded(context, file)
    },
    exportOf: async ({ db }, { id }) => ({
      spreadsheets: (await sheets(db).ofPerson(id)).map(({ ownerId: _, ...rest }) => rest),
      spreadsheetMappings: (await sheets(db).mappingsOf(id)).map(({ ownerId: _, ...rest }) => rest),
      spreadsheetWords: (await sheets(db).allWordsOf(id)).map(({ ownerId: _, ...rest }) => rest),
    }),
  },
}
