import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { competency, framework } from './framework.ts'
import { competencyPart, frameworkPart } from './pages/framework.ts'

export const quality: Feature = {
  name: 'quality',
  kinds: [framework, competency],
  sources,
  tasks: [
    {
      area: 'quality',
      path: '/search?kind=practice&function=teacher-development',
      title: 'quality.teachers',
      lead: 'quality.teachersLead',
    },
    { area: 'quality', path: '/search?kind=framework', title: 'kind.framework.many', lead: 'kind.framework.about' },
  ],
  parts: { framework: frameworkPart, competency: competencyPart },
}
