import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { pathway } from './pathway.ts'
import { pathwayPart } from './pages/pathway.ts'

export const pathways: Feature = {
  name: 'pathways',
  kinds: [pathway],
  sources,
  parts: { pathway: pathwayPart },
}
