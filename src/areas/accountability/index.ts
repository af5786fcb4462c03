import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { funding } from './funding.ts'

export const accountability: RoomModule = {
  name: 'accountability',
  kinds: [funding],
  collections,
  migrations: [],
  operations: [],
}
