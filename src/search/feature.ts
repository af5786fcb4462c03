import type { Feature } from '#kernel/feature.ts'
import { mountSearchMore } from './feed-and-explain.routes.ts'
import { mountSearch } from './search.routes.ts'
import { bestBet } from './best-bet.ts'
import { knowledgeOf } from './knowledge.ts'
import { complete, explain, similar, suggest } from './explain-and-suggest.ts'
import { search } from './search.ts'
import type { SearchIndex } from './contract.ts'
import type { SearchInput } from './input.ts'
import type { KnowledgeOfSearch } from './knowledge.ts'

declare module '#kernel/context.ts' {
  interface Services {
    search: SearchIndex
    knowledge: KnowledgeOfSearch
  }
}

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The page of a search, above what was found. */
    aboveFound: { input: SearchInput }
    /** The page of a search, below what was found. */
    belowFound: { input: SearchInput }
  }
}

/** Finding records: the index itself is opened with the house, since all else waits for it. */
export const searching: Feature = {
  name: 'search',
  kinds: [bestBet],
  operations: [search, complete, suggest, explain, similar],
  services: ({ database, services, changed }) => ({ knowledge: knowledgeOf(database.read, services.kinds, changed) }),
  followers: [{ name: 'knowledge', hear: ({ knowledge }, lines) => knowledge.hear(lines) }],
  routes: [mountSearch, mountSearchMore],
}
