import type { Feature } from '#core/feature.ts'
import { collections } from './collections.ts'
import { funding } from './funding.ts'

export const accountability: Feature = {
  name: 'accountability',
  kinds: [funding],
  sources: collections,
}
