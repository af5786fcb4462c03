import type { Feature } from '#core/feature.ts'
import { mountWatching } from '../../web/watching.ts'
import { sendDigests } from './digest.ts'
import { watchingOperations } from './index.ts'
import { passWatches } from './pass.ts'
import { watches } from './store.ts'
import { watchMigration } from './tables.ts'

const hourMs = 60 * 60_000
const secret = 'It is a digest of a secret address'

/** Saved searches and followed records, with letters and feeds of what is new. */
export const subscriptions: Feature = {
  name: 'subscriptions',
  migrations: [watchMigration],
  operations: watchingOperations,
  jobs: [{ name: 'watching', everyMs: hourMs, leaseMs: hourMs, work: (house) => () => sendDigests(house) }],
  hooks: { merged: ({ db }, { from, into }) => passWatches(db, from, into) },
  routes: [mountWatching],
  personalData: {
    columns: [
      { table: 'watch', column: 'accountId', erased: true, exported: true },
      { table: 'watcher', column: 'accountId', erased: true, exported: false, because: secret },
      { table: 'watch_letter', column: 'accountId', erased: true, exported: false, because: secret },
    ],
    exportOf: async ({ db }, { id }) => ({
      watching: (await watches(db).of(id)).map(({ recordId: record, query, name, often, createdAt }) => ({
        record,
        query,
        name,
        often,
        createdAt,
      })),
    }),
    erase: ({ db }, { id }) => watches(db).removeAllOf(id),
  },
}
