import type { Feature } from '#kernel/feature.ts'

export const monitoring: Feature = { name: 'monitoring' }
