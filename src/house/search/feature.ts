import type { Feature } from '#core/feature.ts'
import { mountSearchMore } from '../../web/search-more.ts'
import { mountSearch } from '../../web/search.ts'
import { mountKnowledge } from '../../web/knowledge.ts'
import { vectorsIn, type Embeddings, type VectorsOfHouse } from './embeddings/index.ts'
import type { Meaning } from './embeddings/meaning.ts'
import { embeddingMigration } from './embeddings/tables.ts'
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
    /** The operator's service that makes vectors of texts, if there is one. */
    embeddings: Embeddings | undefined
    vectors: VectorsOfHouse
    /** Nearness of meaning, where the operator has a service for it. */
    meaning: Meaning | undefined
  }
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Finding records: the index itself is opened with the house, since all else waits for it. */
export const searching: Feature = {
  name: 'search',
  kinds: [bestBet],
  operations: [search, complete, suggest, explain, similar],
  services: ({ database, world, services, changed }) => {
    const vectors = vectorsIn({ database, world, kinds: services.kinds, changed }, services.embeddings)
    return { knowledge: knowledgeOf(database.read, services.kinds, changed), vectors, meaning: vectors.meaning }
  },
  migrations: [embeddingMigration],
  jobs: [
    {
      name: 'embeddings',
      everyMs: minuteMs,
      leaseMs: hourMs,
      apart: true,
      isWanted: ({ embeddingsUrl }) => embeddingsUrl !== '',
      // It ends before its lease does; the next run goes on where it stopped.
      work:
        ({ services, world }) =>
        () =>
          services.vectors.makeVectors({ until: new Date(world.now().getTime() + hourMs / 2) }),
    },
  ],
  followers: [{ name: 'knowledge', hear: ({ knowledge }, lines) => knowledge.hear(lines) }],
  routes: [mountSearch, mountSearchMore, mountKnowledge],
}
