import type { Feature } from '#kernel/feature.ts'
import { mountChanges } from './routes.ts'
import { difference } from './difference.ts'
import { changes, changesMigration } from './list.ts'

/** What changed in the node, and what is different between two versions. */
export const recentChanges: Feature = {
  name: 'history',
  migrations: [changesMigration],
  operations: [changes, difference],
  routes: [mountChanges],
}
