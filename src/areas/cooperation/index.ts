import type { Feature } from '#kernel/feature.ts'

export const cooperation: Feature = {
  name: 'cooperation',
}
