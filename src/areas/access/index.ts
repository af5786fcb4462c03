import type { Feature } from '#core/feature.ts'
import { collections } from './collections.ts'
import { platform } from './platform.ts'

export const access: Feature = { name: 'access', kinds: [platform], sources: collections }
