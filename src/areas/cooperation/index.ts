import type { RoomModule } from '#house/module.ts'

export const cooperation: RoomModule = {
  name: 'cooperation',
  kinds: [],
  collections: [],
  migrations: [],
  operations: [],
}
