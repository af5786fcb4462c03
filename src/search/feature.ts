import type { Feature } from '#kernel/feature.ts'
import { mountSearchMore } from './feed-and-explain.routes.ts'
import { mountSearch } from './search.routes.ts'
import { mountKnowledge } from '#features/clearing-house/acts.routes.ts'
import { bestBet } from './best-bet.ts'
import { knowledgeOf } from './knowledge.ts'
import { complete, explain, similar, suggest } from './explain-and-suggest.ts'
import { search } from './search.ts'
import { totals } from './totals.ts'
import type { SearchIndex } from './contract.ts'
import type { KnowledgeOfSearch } from './knowledge.ts'

declare module '#kernel/context.ts' {
  interface Services {
    search: SearchIndex
    knowledge: KnowledgeOfSearch
  }
}

/** Finding records: the index itself is opened with the house, since all else waits for it. */
export const searching: Feature = {
  name: 'search',
  kinds: [bestBet],
  operations: [search, totals, complete, suggest, explain, similar],
  services: ({ database, services, changed }) => ({ knowledge: knowledgeOf(database.read, services.kinds, changed) }),
  followers: [{ name: 'knowledge', hear: ({ knowledge }, lines) => knowledge.hear(lines) }],
  routes: [mountSearch, mountSearchMore, mountKnowledge],
}
