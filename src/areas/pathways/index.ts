import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { pathway } from './pathway.ts'

export const pathways: RoomModule = { name: 'pathways', kinds: [pathway], collections, migrations: [], operations: [] }
