/** What the layer of records adds to a feature: kinds it keeps, sources it reads, and how its records are shown. */
import type { Collection } from './collection.ts'
import type { Kind } from './kind.ts'
import type { RecordPart } from './view-part.ts'

declare module '#core/context.ts' {
  interface Services {
    kinds: ReadonlyMap<string, Kind>
    collections: ReadonlyMap<string, Collection>
  }
}

declare module '#core/feature.ts' {
  interface Feature {
    kinds?: readonly Kind[]
    /** Collections elsewhere whose rows become records here. */
    sources?: readonly Collection[]
    /** By the name of a kind: what stands on the pages of its records, beside its facts. */
    parts?: Readonly<Record<string, RecordPart>>
  }
}
