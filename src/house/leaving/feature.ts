import type { Feature } from '#core/feature.ts'
import { eraseSelf } from './erase.ts'
import { exportSelf } from './export.ts'

/** Taking along what the house knows of oneself, and leaving it. */
export const privacy: Feature = { name: 'privacy', operations: [exportSelf, eraseSelf] }
