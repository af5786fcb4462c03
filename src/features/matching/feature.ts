import type { Feature } from '#kernel/feature.ts'
import { mountFit } from './routes.ts'
import { practiceContexts } from './contexts.ts'
import { countryContext } from './countries.ts'
import { fit } from './match.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PracticeContexts } from './contexts.ts'

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The summary of a record on one page: all between its introduction and its foot, in place of its own facts and texts. */
    summary: StoredRecord
  }
}

declare module '#kernel/context.ts' {
  interface Services {
    contexts: PracticeContexts
  }
}

/** Practices beside a place: which of them fit it. */
export const matching: Feature = {
  name: 'matching',
  operations: [countryContext, fit],
  services: ({ database }) => ({ contexts: practiceContexts(database.read) }),
  followers: [{ name: 'contexts', hear: ({ contexts }, lines) => contexts.hear(lines) }],
  tasks: [{ area: 'access', path: '/fit', title: 'fit.title', lead: 'fit.lead' }],
  routes: [(web, pageContext, { printer }) => mountFit(web, pageContext, printer)],
}
