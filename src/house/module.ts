import type { Module } from '#core/module.ts'
import type { Collection } from './collection.ts'
import type { Kind, Room } from './kind.ts'
import type { RecordPart } from './view-part.ts'

/** What a room brings: kinds it keeps, collections it can read, and operations of its own, and parts of pages. */
export type RoomModule = Module & {
  name: Room
  kinds: readonly Kind[]
  collections: readonly Collection[]
  parts?: Readonly<Record<string, RecordPart>>
}
