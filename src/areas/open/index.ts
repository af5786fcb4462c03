import type { Feature } from '#core/feature.ts'
import { collections } from './collections.ts'
import { resource } from './resource.ts'
import { solution } from './solution.ts'
import { resourcePart } from './pages/resource.ts'
import { solutionPart } from './pages/solution.ts'

export const open: Feature = {
  name: 'open',
  kinds: [resource, solution],
  sources: collections,
  parts: { resource: resourcePart, solution: solutionPart },
}
