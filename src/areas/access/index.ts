import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { platform } from './platform.ts'

export const access: RoomModule = { name: 'access', kinds: [platform], collections, migrations: [], operations: [] }
