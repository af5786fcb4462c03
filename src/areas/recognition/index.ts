import type { Feature } from '#core/feature.ts'

export const recognition: Feature = {
  name: 'recognition',
}
