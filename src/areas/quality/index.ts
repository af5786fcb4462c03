import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { competency, framework } from './framework.ts'
import { competencyPart, frameworkPart } from './pages/framework.ts'

export const quality: Feature = {
  name: 'quality',
  kinds: [framework, competency],
  sources,
  parts: { framework: frameworkPart, competency: competencyPart },
}
