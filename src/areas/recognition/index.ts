import type { Feature } from '#kernel/feature.ts'

export const recognition: Feature = {
  name: 'recognition',
}
