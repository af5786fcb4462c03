import type { Feature } from '#kernel/feature.ts'
import { mountCatalogue } from './catalogue.routes.ts'
import { mountManifest } from './manifest.routes.ts'
import { mountPacks } from './packs.routes.ts'
import { refusedCopies, settleCopy } from './packs/settle.ts'
import { takeCopies } from './packs/take.ts'
import { federationMigration } from './tables.ts'

/** What this node gives to other nodes and to programs, and takes from them. */
export const federation: Feature = {
  name: 'federation',
  migrations: [federationMigration],
  operations: [takeCopies, refusedCopies, settleCopy],
  routes: [mountCatalogue, mountManifest, mountPacks],
}
