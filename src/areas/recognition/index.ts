import type { RoomModule } from '#house/module.ts'

export const recognition: RoomModule = {
  name: 'recognition',
  kinds: [],
  collections: [],
  migrations: [],
  operations: [],
}
