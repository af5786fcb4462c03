import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { platform } from './platform.ts'

export const access: Feature = {
  name: 'access',
  kinds: [platform],
  sources,
  tasks: [
    {
      area: 'access',
      path: '/search?kind=practice&delivery=offline&delivery=broadcast',
      title: 'access.offline',
      lead: 'access.offlineLead',
    },
    {
      area: 'access',
      path: '/search?kind=practice&setting=remote&setting=camp',
      title: 'access.remote',
      lead: 'access.remoteLead',
    },
    { area: 'access', path: '/search?kind=platform', title: 'kind.platform.many', lead: 'kind.platform.about' },
  ],
}
