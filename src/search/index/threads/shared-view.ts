/** What one thread tells another of the index: the parts there are now, with those that are new to it. */
import { tableOf, valueId } from '../facets.ts'
import type { HeldState } from '../index-writer.ts'
import type { Packed } from '../packed.ts'
import { partOf, type Part } from '../part.ts'
import type { View } from '../index-reader.ts'

type TablePart = { id: number; deletedCount: number; packed?: Packed; deleted?: Uint8Array | null }

/** `packed` and `deleted` are there where the hearer does not have them. `values` begin at `valuesFrom`. */
export type ViewChange = {
  seq: number
  parts: TablePart[]
  valuesFrom: number
  values: [facet: string, value: string][]
  directoryBytes: number
}

/** What a hearer has been told so far. */
export type Told = { parts: Map<number, number>; values: number }
export const toldNothing = (): Told => ({ parts: new Map(), values: 0 })

type Current = {
  seq: number
  parts: readonly Part[]
  entries: [facet: string, value: string][]
  directoryBytes: number
}

/** What has changed for somebody who knows so much; afterwards it knows it all. */
export function changeFor(told: Told, { seq, parts, entries, directoryBytes }: Current): ViewChange {
  const change: ViewChange = {
    seq,
    parts: parts.map(({ id, packed, deleted, deletedCount }) => ({
      id,
      deletedCount,
      ...(!told.parts.has(id) && { packed }),
      ...(told.parts.get(id) !== deletedCount && { deleted }),
    })),
    valuesFrom: told.values,
    values: entries.slice(told.values),
    directoryBytes,
  }
  told.parts = new Map(parts.map(({ id, deletedCount }) => [id, deletedCount]))
  told.values = entries.length
  return change
}

/** A view that is kept up to date by changes. */
export type SharedView = View & { seq: number; directoryBytes: number }

export const emptyView = (): SharedView => ({ version: 0, seq: 0, parts: [], table: tableOf([]), directoryBytes: 0 })

export function takeChange(view: SharedView, change: ViewChange): void {
  const known = new Map(view.parts.map((part) => [part.id, part]))
  view.parts = change.parts.map(({ id, packed, deleted }) => {
    const before = known.get(id)
    if (packed) return partOf(id, packed, deleted)
    // What was counted in a part holds as long as no more of its documents have died.
    return deleted === undefined ? before! : partOf(id, before!.packed, deleted, before!.segment)
  })
  change.values
    .slice(view.table.entries.length - change.valuesFrom)
    .forEach(([facet, value]) => valueId(view.table, facet, value))
  view.seq = change.seq
  view.directoryBytes = change.directoryBytes
  view.version++
}

/** All that is needed to hold the index again. */
export const stateOf = ({ seq, parts, table }: SharedView): HeldState => ({
  seq,
  parts: parts.map(({ packed, deleted }) => ({ packed, deleted })),
  values: table.entries,
})
