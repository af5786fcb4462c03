import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { resource } from './resource.ts'
import { solution } from './solution.ts'
import { resourcePart } from './pages/resource.ts'
import { solutionPart } from './pages/solution.ts'

export const open: Feature = {
  name: 'open',
  kinds: [resource, solution],
  sources,
  parts: { resource: resourcePart, solution: solutionPart },
}
