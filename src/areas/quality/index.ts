import type { Feature } from '#core/feature.ts'
import { collections } from './collections.ts'
import { competency, framework } from './framework.ts'
import { competencyPart, frameworkPart } from './pages/framework.ts'

export const quality: Feature = {
  name: 'quality',
  kinds: [framework, competency],
  sources: collections,
  parts: { framework: frameworkPart, competency: competencyPart },
}
