import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { pathway } from './pathway.ts'
import { pathwayPart } from './pages/pathway.ts'

export const pathways: Feature = {
  name: 'pathways',
  kinds: [pathway],
  sources,
  tasks: [
    { area: 'pathways', path: '/search?kind=pathway', title: 'kind.pathway.many', lead: 'kind.pathway.about' },
    {
      area: 'pathways',
      path: '/search?kind=practice&level=adult&level=non-formal',
      title: 'pathways.adults',
      lead: 'pathways.adultsLead',
    },
  ],
  parts: { pathway: pathwayPart },
}
