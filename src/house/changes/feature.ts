import type { Feature } from '#core/feature.ts'
import { mountChanges } from '../../web/changes.ts'
import { difference } from './difference.ts'
import { changes, changesMigration } from './list.ts'

/** What changed in the house, and what is different between two versions. */
export const recentChanges: Feature = {
  name: 'history',
  migrations: [changesMigration],
  operations: [changes, difference],
  routes: [mountChanges],
}
