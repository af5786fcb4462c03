import type { RoomModule } from '#house/module.ts'
import { collections } from './collections.ts'
import { competency, framework } from './framework.ts'
import { competencyPart, frameworkPart } from './pages/framework.ts'

export const quality: RoomModule = {
  name: 'quality',
  kinds: [framework, competency],
  collections,
  parts: { framework: frameworkPart, competency: competencyPart },
  migrations: [],
  operations: [],
}
