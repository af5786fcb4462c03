/** Vectors for one house: what search asks them, and how they are made. */
import type { World } from '#core/context.ts'
import type { Database } from '#core/database/database.ts'
import type { Kind } from '../../kind.ts'
import { beginAnew, makeVectors, type Pace } from './make.ts'
import { meaningOf, type Meaning } from './meaning.ts'
import type { Embeddings } from './service.ts'

export type { Embeddings }

type House = { database: Database; world: World; kinds: ReadonlyMap<string, Kind>; changed: () => void }

export type VectorsOfHouse = {
  meaning: Meaning | undefined
  /** Makes the vectors that are missing, or all of them; answers how many. Without a service there are none. */
  makeVectors: (pace?: Pace & { anew?: boolean }) => Promise<number>
}

/** `changed` is told when there are new ones: answers made before may differ. */
export function vectorsIn(house: House, service: Embeddings | undefined): VectorsOfHouse {
  if (!service) return { meaning: undefined, makeVectors: async () => 0 }
  return {
    meaning: meaningOf(house.database.read, service, house.world),
    makeVectors: async ({ anew, ...pace } = {}) => {
      if (anew) await beginAnew(house, service)
      const made = await makeVectors(house, service, pace)
      if (made > 0) house.changed()
      return made
    },
  }
}
