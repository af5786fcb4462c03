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
  tasks: [
    { area: 'open', path: '/search?kind=resource', title: 'kind.resource.many', lead: 'kind.resource.about' },
    { area: 'open', path: '/search?kind=solution', title: 'kind.solution.many', lead: 'kind.solution.about' },
  ],
  parts: { resource: resourcePart, solution: solutionPart },
}
