import type { Kind } from './kind.ts'
import type { Collection } from './collection.ts'
import type { SearchIndex } from './search/contract.ts'

declare module '#core/context.ts' {
  interface Services {
    search: SearchIndex
    kinds: ReadonlyMap<string, Kind>
    collections: ReadonlyMap<string, Collection>
  }
}
