import type { Feature } from '#kernel/feature.ts'
import { mountFit } from './routes.ts'
import { compare } from '#features/compare/compare.ts'
import { evidenceMap } from '#features/evidence/map/map.ts'
import { practiceContexts } from './contexts.ts'
import { countryContext } from './countries.ts'
import { fit } from './match.ts'
import type { PracticeContexts } from './contexts.ts'

declare module '#kernel/context.ts' {
  interface Services {
    contexts: PracticeContexts
  }
}

/** Practices beside one another and beside a place: matching, comparing, the map of evidence. */
export const matching: Feature = {
  name: 'matching',
  operations: [compare, evidenceMap, countryContext, fit],
  services: ({ database }) => ({ contexts: practiceContexts(database.read) }),
  followers: [{ name: 'contexts', hear: ({ contexts }, lines) => contexts.hear(lines) }],
  routes: [(web, asking, { printer }) => mountFit(web, asking, printer)],
}
