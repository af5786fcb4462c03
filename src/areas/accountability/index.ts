import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { funding } from './funding.ts'

export const accountability: Feature = {
  name: 'accountability',
  kinds: [funding],
  sources,
}
