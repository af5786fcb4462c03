import type { Feature } from '#kernel/feature.ts'
import { nothing } from '#kernel/html/html.ts'
import { listDemonstrations, removeDemonstrations, restoreDemonstrations } from './demonstrations.ts'
import { demonstrationsLink } from './pages/demonstrations.ts'
import { mountDemonstrations } from './routes.ts'

/** Records that show how something looks, kept apart from all that is real. */
export const demonstrations: Feature = {
  name: 'demonstrations',
  operations: [listDemonstrations, removeDemonstrations, restoreDemonstrations],
  routes: [mountDemonstrations],
  slots: {
    area: async ({ ask, kinds, view: viewFor }, request, area) => {
      const { records } = await ask(listDemonstrations, {})
      if (!records.some(({ kind }) => kinds.get(kind)?.area === area)) return nothing
      return demonstrationsLink(viewFor(request))
    },
  },
}
