import type { Feature } from '#kernel/feature.ts'
import { eraseAccount } from './erase.ts'
import { exportAccount } from './export.ts'
import { mountPrivacy } from './routes.ts'

/** Taking along what the node knows of oneself, and leaving it. */
export const privacy: Feature = { name: 'privacy', operations: [exportAccount, eraseAccount], routes: [mountPrivacy] }
