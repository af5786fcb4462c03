import type { Feature } from '#kernel/feature.ts'
import { mountCatalogue } from './catalogue.routes.ts'
import { mountManifest } from './manifest.routes.ts'

/** What this node gives to other nodes and to programs, and takes from them. */
export const federation: Feature = {
  name: 'federation',
  routes: [mountCatalogue, mountManifest],
}
