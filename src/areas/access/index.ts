import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { platform } from './platform.ts'

export const access: Feature = { name: 'access', kinds: [platform], sources }
