import type { RoomModule } from '#house/module.ts'
import { course } from './course.ts'

export const online: RoomModule = { name: 'online', kinds: [course], collections: [], migrations: [], operations: [] }
