import type { Feature } from '#core/feature.ts'

export const cooperation: Feature = {
  name: 'cooperation',
}
