/** What the layer of records adds to a feature: kinds it keeps and sources it reads. */
import type { Collection } from './sources/source.ts'
import type { Kind } from './kind.ts'

declare module '#kernel/context.ts' {
  interface Services {
    kinds: ReadonlyMap<string, Kind>
    collections: ReadonlyMap<string, Collection>
  }
}

declare module '#kernel/feature.ts' {
  interface Feature {
    kinds?: readonly Kind[]
    /** Collections elsewhere whose rows become records here. */
    sources?: readonly Collection[]
  }
}
