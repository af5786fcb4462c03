/** What the layer of records adds to a feature: kinds it keeps and sources it reads. */
import type { Source } from './sources/source.ts'
import type { Kind } from './kind.ts'

declare module '#kernel/context.ts' {
  interface Services {
    kinds: ReadonlyMap<string, Kind>
    /** Those of features; sources that are harvested are added while the node runs. */
    sources: Map<string, Source>
  }
}

declare module '#kernel/feature.ts' {
  interface Feature {
    kinds?: readonly Kind[]
    /** Collections elsewhere whose rows become records here. */
    sources?: readonly Source[]
  }
}
