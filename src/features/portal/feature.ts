import type { Feature } from '#kernel/feature.ts'
import { mountMachine } from './machine.routes.ts'
import { mountPages } from './gathering.routes.ts'
import { readinessOf } from './readiness.ts'
import { mountRecords } from './record.routes.ts'
import { records } from '#records/store.ts'

/** The pages of records, those that gather and explain, and the addresses for programs: the API’s description, health, sitemap. */
export const portal: Feature = {
  name: 'portal',
  tasks: [{ area: 'open', path: '/languages', title: 'nav.languages', lead: 'index.language' }],
  routes: [
    mountRecords,
    // Asked for anew each time: what is harvested joins them while the node runs.
    (web, pageContext, { services }) => mountPages(web, pageContext, () => [...services.sources.values()]),
    (web, pageContext, { database, services, environment, operations, version, dataDir }) =>
      mountMachine(web, pageContext, {
        operations,
        version,
        lastNumber: () => records(database.read).lastNumber(),
        addresses: (after, upTo) => records(database.read).addresses(after, upTo),
        changesByStretch: (size) => records(database.read).changesByStretch(size),
        readiness: readinessOf({ database, services, now: environment.now, dataDir }),
      }),
  ],
}
