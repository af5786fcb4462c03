import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { pathway } from './pathway.ts'
import { pathwayPart } from './pages/pathway.ts'

export const pathways: RoomModule = {
  name: 'pathways',
  kinds: [pathway],
  collections,
  parts: { pathway: pathwayPart },
  migrations: [],
  operations: [],
}
