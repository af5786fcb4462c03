import type { Feature } from '#kernel/feature.ts'
import { mountSubscriptions, subscriptionOf } from './routes.ts'
import { saveBox } from './pages/subscriptions.ts'
import { queryOf } from '#search/address.ts'
import { sendDigests } from './digest.ts'
import { subscriptionOperations } from './index.ts'
import { passSubscriptions } from './pass.ts'
import { subscriptionStore } from './store.ts'
import { subscriptionMigration } from './tables.ts'

const hourMs = 60 * 60_000
const secret = 'It is a digest of a secret address'

/** Saved searches and followed records, with e-mails and feeds of what is new. */
export const subscriptions: Feature = {
  name: 'subscriptions',
  migrations: [subscriptionMigration],
  operations: subscriptionOperations,
  jobs: [{ name: 'watching', everyMs: hourMs, leaseMs: hourMs, work: (app) => () => sendDigests(app) }],
  hooks: { merged: ({ db }, { from, into }) => passSubscriptions(db, from, into) },
  routes: [mountSubscriptions],
  slots: {
    belowFound: async (pageContext, request, { input }) => {
      const query = queryOf(input)
      const watch = await subscriptionOf(pageContext)(request, { query: query.toString() })
      return saveBox(pageContext.view(request), { query, watch })
    },
  },
  personalData: {
    columns: [
      { table: 'watch', column: 'accountId', erased: true, exported: true },
      { table: 'watcher', column: 'accountId', erased: true, exported: false, because: secret },
      { table: 'watch_letter', column: 'accountId', erased: true, exported: false, because: secret },
    ],
    exportOf: async ({ db }, { id }) => ({
      watching: (await subscriptionStore(db).of(id)).map(({ recordId: record, query, name, often, createdAt }) => ({
        record,
        query,
        name,
        often,
        createdAt,
      })),
    }),
    erase: ({ db }, { id }) => subscriptionStore(db).removeAllOf(id),
  },
}
