import type { Feature } from '#core/feature.ts'
import { mountSheets } from '../../web/sheets.ts'
import { carryOn, carryOnAll } from './carry-on.ts'
import { filesOfSheets } from './files.ts'
import { sheetOperations } from './index.ts'
import { sheets } from './store.ts'
import { sheetMigration } from './tables.ts'

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
  migrations: [sheetMigration],
  operations: sheetOperations,
  jobs: [
    {
      name: 'sheets',
      everyMs: minuteMs,
      leaseMs: hourMs,
      work:
        ({ perform, database, world }) =>
        () =>
          carryOnAll(perform, database.read, world),
    },
  ],
  attachmentsInUse: filesOfSheets,
  routes: [
    (web, asking, { perform, report }) =>
      mountSheets(web, asking, { carryOn: (actor, id) => carryOn(perform, actor, id), report }),
  ],
  personalData: {
    columns: [kept('sheet', true), kept('sheet_item', false)],
    exportOf: async ({ db }, { id }) => ({
      spreadsheets: (await sheets(db).ofPerson(id)).map(({ ownerId: _, ...rest }) => rest),
    }),
  },
}
