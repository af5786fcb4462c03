import type { Feature } from '#core/feature.ts'
import { collections } from './collections.ts'
import { pathway } from './pathway.ts'
import { pathwayPart } from './pages/pathway.ts'

export const pathways: Feature = {
  name: 'pathways',
  kinds: [pathway],
  sources: collections,
  parts: { pathway: pathwayPart },
}
