import type { Feature } from '#kernel/feature.ts'
import { course } from './course.ts'

export const online: Feature = {
  name: 'online',
  kinds: [course],
  tasks: [
    {
      area: 'online',
      path: '/search?kind=practice&delivery=online',
      title: 'online.practices',
      lead: 'online.practicesLead',
    },
    { area: 'online', path: '/search?kind=course', title: 'kind.course.many', lead: 'kind.course.about' },
    { area: 'pathways', path: '/search?kind=course', title: 'kind.course.many', lead: 'kind.course.about' },
  ],
}
