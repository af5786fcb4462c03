import type { Feature } from '#kernel/feature.ts'
import { eraseAccount, eraseFor } from './erase.ts'
import { exportAccount } from './export.ts'
import { mountErasingOthers } from './erase-for.routes.ts'
import { mountPrivacy } from './routes.ts'

/** Taking along what the node knows of oneself, and leaving it. */
export const privacy: Feature = {
  name: 'privacy',
  operations: [exportAccount, eraseAccount, eraseFor],
  routes: [mountPrivacy, mountErasingOthers],
}
