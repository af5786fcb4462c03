import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { resource } from './resource.ts'
import { solution } from './solution.ts'

export const open: RoomModule = { name: 'open', kinds: [resource, solution], collections, migrations: [], operations: [] }
