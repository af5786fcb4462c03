import { join } from 'node:path'
import type { Feature } from '#core/feature.ts'
import { journalHead } from '#core/journal.ts'
import { mountMachine } from '../../web/machine.ts'
import { mountPages } from '../../web/pages.ts'
import { records } from '../record/store.ts'

/** The pages that gather and explain, and the addresses for programs: the API’s description, health, sitemap, dump. */
export const portal: Feature = {
  name: 'portal',
  routes: [
    (web, asking, { services }) => mountPages(web, asking, [...services.collections.values()]),
    (web, asking, { database, services, dataDir, operations, version }) =>
      mountMachine(web, asking, {
        operations,
        version,
        dumpFolder: join(dataDir, 'dump'),
        lastNumber: () => records(database.read).lastNumber(),
        addresses: (after, upTo) => records(database.read).addresses(after, upTo),
        health: async () => {
          const journal = await journalHead(database.read)
          return { ready: true, records: services.search.memory().documents, journal, search: services.search.seq }
        },
      }),
  ],
}
