import type { Feature } from '#kernel/feature.ts'
import { may } from '#kernel/permission.ts'
import { addIndicator } from './add-indicator.ts'
import { nationalStatistics } from './national.ts'
import { beginImport, chooseColumns, listImports, previewImport } from './operations.ts'
import { startImport, undoImport } from './take.ts'
import { nationalSection } from './pages/national.ts'
import { toStatistics } from './pages/imports.ts'
import { mountOwnStatistics } from './routes.ts'
import { statisticsImports } from './store.ts'
import { ownStatisticsMigration } from './tables.ts'

const dayMs = 24 * 60 * 60_000
const daysLookedAt = 30

/** What countries and organisations measure themselves: brought as tables, one release each, and taken back as one. */
export const ownStatistics: Feature = {
  name: 'own-statistics',
  migrations: [ownStatisticsMigration],
  operations: [
    listImports,
    previewImport,
    beginImport,
    chooseColumns,
    startImport,
    undoImport,
    addIndicator,
    nationalStatistics,
  ],
  routes: [mountOwnStatistics],
  slots: {
    country: async ({ ask, view }, request, country) =>
      nationalSection(view(request), country, await ask(nationalStatistics, { country })),
    desk: async ({ view }, request) => may(request.who.actor, 'statistics.import') && toStatistics(view(request)),
  },
  countryData: {
    // As on the page: what the country published, each beside what the publisher of the indicator says.
    nationalStatistics: ({ ask }, _, country) => ask(nationalStatistics, { country }),
  },
  attachmentsInUse: {
    tidy: async (database, { now }) => {
      const before = new Date(now().getTime() - daysLookedAt * dayMs).toISOString()
      await database.write((tx) => statisticsImports(tx).removeStale(before))
    },
    isInUse: (db, file) => statisticsImports(db).isFileUsed(file),
  },
  personalData: {
    columns: [{ table: 'statistics_import', column: 'ownerId', erased: true, exported: true }],
    erase: async ({ db }, { id }) => statisticsImports(db).forgetPerson(id),
    exportOf: async ({ db }, { id }) => ({
      statistics: (await statisticsImports(db).ofPerson(id)).map(({ ownerId: _, ...rest }) => rest),
    }),
  },
}
