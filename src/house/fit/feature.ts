import type { Feature } from '#core/feature.ts'
import { mountFit } from '../../web/fit.ts'
import { compare } from '../compare/compare.ts'
import { evidenceMap } from '../evidence-map/map.ts'
import { practiceContexts } from './contexts.ts'
import { countryContext } from './countries.ts'
import { fit } from './fit.ts'
import type { PracticeContexts } from './contexts.ts'

declare module '#core/context.ts' {
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
