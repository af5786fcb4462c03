/** Vectors for one node: what search asks them, and how they are made. */
import type { Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { notePagesChanged } from '#kernel/journal.ts'
import type { Kind } from '#records/kind.ts'
import { beginAnew, makeVectors, type Pace } from './make.ts'
import { meaningOf, type Meaning } from './meaning.ts'
import type { Embeddings } from './service.ts'

export type { Embeddings }

type VectorRuntime = {
  database: Database
  environment: Environment
  kinds: ReadonlyMap<string, Kind>
  changed: () => void
}

export type VectorsOfNode = {
  meaning: Meaning | undefined
  /** Makes the vectors that are missing, or all of them; answers how many. Without a service there are none. */
  makeVectors: (pace?: Pace & { anew?: boolean }) => Promise<number>
}

/** `changed` is told when there are new ones: answers made before may differ. */
export function vectorsIn(app: VectorRuntime, service: Embeddings | undefined): VectorsOfNode {
  if (!service) return { meaning: undefined, makeVectors: async () => 0 }
  return {
    meaning: meaningOf(app.database.read, service, app.environment),
    makeVectors: async ({ anew, ...pace } = {}) => {
      if (anew) await beginAnew(app, service)
      const made = await makeVectors(app, service, pace)
      if (made > 0) await app.database.write(notePagesChanged)
      if (made > 0) app.changed()
      return made
    },
  }
}
