import type { Feature } from '#core/feature.ts'
import { mountSearchMore } from '../../web/search-more.ts'
import { mountSearch } from '../../web/search.ts'
import { mountKnowledge } from '../../web/knowledge.ts'
import { bestBet } from '../best-bet.ts'
import { knowledgeOf } from './knowledge.ts'
import { complete, explain, similar, suggest } from './more-operations.ts'
import { search } from './operation.ts'
import type { SearchIndex } from './contract.ts'
import type { KnowledgeOfSearch } from './knowledge.ts'

declare module '#core/context.ts' {
  interface Services {
    search: SearchIndex
    knowledge: KnowledgeOfSearch
  }
}

/** Finding records: the index itself is opened with the house, since all else waits for it. */
export const searching: Feature = {
  name: 'search',
  kinds: [bestBet],
  operations: [search, complete, suggest, explain, similar],
  services: ({ database, services, changed }) => ({ knowledge: knowledgeOf(database.read, services.kinds, changed) }),
  followers: [{ name: 'knowledge', hear: ({ knowledge }, lines) => knowledge.hear(lines) }],
  routes: [mountSearch, mountSearchMore, mountKnowledge],
}
