import type { Feature } from '#core/feature.ts'

export const monitoring: Feature = { name: 'monitoring' }
