import type { RoomModule } from '#house/module.ts'

export const monitoring: RoomModule = { name: 'monitoring', kinds: [], collections: [], migrations: [], operations: [] }
