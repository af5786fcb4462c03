import type { Feature } from '#kernel/feature.ts'
import { mountChanges } from './routes.ts'
import { bringBack, bringBackMigration, listBroughtBack } from './bring-back.ts'
import { difference } from './difference.ts'
import { changes, changesMigration } from './list.ts'

/** What changed in the node, and what is different between two versions. */
export const recentChanges: Feature = {
  name: 'history',
  migrations: [changesMigration, bringBackMigration],
  operations: [changes, difference, bringBack, listBroughtBack],
  routes: [mountChanges],
}
