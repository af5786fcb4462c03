import type { Feature } from '#kernel/feature.ts'
import { mountSearchMore } from './feed-and-explain.routes.ts'
import { mountLists } from './lists.routes.ts'
import { mountSearch } from './search.routes.ts'
import { vectorsIn, type Embeddings, type VectorsOfNode } from './embeddings/index.ts'
import type { Meaning } from './embeddings/meaning.ts'
import { furtherWordsMigration } from './tables.ts'
import { embeddingMigration } from './embeddings/tables.ts'
import { bestBet } from './best-bet.ts'
import { knowledgeOf } from './knowledge.ts'
import { complete, explain, similar, suggest } from './explain-and-suggest.ts'
import { search } from './search.ts'
import { totals } from './totals.ts'
import type { SearchIndex } from './contract.ts'
import type { SearchInput } from './input.ts'
import type { KnowledgeOfSearch } from './knowledge.ts'
import type { NamedCountry } from './offers.ts'

declare module '#kernel/context.ts' {
  interface Services {
    search: SearchIndex
    knowledge: KnowledgeOfSearch
    /** The operator's service that makes vectors of texts, if there is one. */
    embeddings: Embeddings | undefined
    vectors: VectorsOfNode
    /** Nearness of meaning, where the operator has a service for it. */
    meaning: Meaning | undefined
  }
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The page of a search, above what was found. `named`: the countries that its words name. */
    aboveFound: { input: SearchInput; named: readonly NamedCountry[] }
    /** The page of a search, below what was found. */
    belowFound: { input: SearchInput; total: number }
  }
}

/** Finding records: the index itself is opened with the node, since all else waits for it. */
export const searching: Feature = {
  name: 'search',
  kinds: [bestBet],
  operations: [search, totals, complete, suggest, explain, similar],
  services: ({ database, environment, services, changed }) => {
    const vectors = vectorsIn({ database, environment, kinds: services.kinds, changed }, services.embeddings)
    return { knowledge: knowledgeOf(database.read, services.kinds, changed), vectors, meaning: vectors.meaning }
  },
  migrations: [embeddingMigration, furtherWordsMigration],
  jobs: [
    {
      name: 'embeddings',
      everyMs: minuteMs,
      leaseMs: hourMs,
      apart: true,
      isWanted: ({ embeddingsUrl }) => embeddingsUrl !== '',
      // It ends before its lease does; the next run goes on where it stopped.
      work:
        ({ services, environment }) =>
        () =>
          services.vectors.makeVectors({ until: new Date(environment.now().getTime() + hourMs / 2) }),
    },
  ],
  followers: [{ name: 'knowledge', hear: ({ knowledge }, lines) => knowledge.hear(lines) }],
  routes: [mountSearch, mountSearchMore, mountLists],
}
