import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { resource } from './resource.ts'
import { solution } from './solution.ts'
import { resourcePart } from './pages/resource.ts'
import { solutionPart } from './pages/solution.ts'

export const open: RoomModule = {
  name: 'open',
  kinds: [resource, solution],
  collections,
  parts: { resource: resourcePart, solution: solutionPart },
  migrations: [],
  operations: [],
}
