/** What routes of pages work with: operations, performed as the requester, and what pages need besides. */
import type { Static, TSchema } from 'typebox'
import type { Content } from '#kernel/html/html.ts'
import type { AnyOperation, Given, Known } from '#kernel/operation.ts'
import type { HttpRequest, Who } from '#kernel/http/server.ts'
import type { Kind } from '#records/kind.ts'
import type { RecordPart } from './record-part.ts'
import type { AreaTask, SlotName, Slots } from './mounting.ts'
import type { View } from './view.ts'

export type PageContext = {
  /** As anyone may. */
  ask: <In extends TSchema, Out extends TSchema>(op: Known<In, Out>, raw: Given<In>) => Promise<Static<Out>>
  /** The same, remembered until something new is visible; what it answers is shared and must not be changed. */
  askOnce: PageContext['ask']
  /** As the one who asks. */
  askAs: <In extends TSchema, Out extends TSchema>(who: Who, op: Known<In, Out>, raw: Given<In>) => Promise<Static<Out>>
  /** For a part of a page, which is left out where the one who asks may not have it; that is no refused act. */
  askForPart: <In extends TSchema, Out extends TSchema>(
    who: Who,
    op: Known<In, Out>,
    raw: Given<In>,
  ) => Promise<Static<Out> | undefined>
  /** Refuses a page that only some may open: recorded in the audit, then answered. @throws Problem forbidden */
  refuse: (who: Who, operationName: string) => Promise<never>
  /** Names of people by their identifiers, in that order; those erased without a name are left out. */
  namesOf: (ids: readonly string[]) => Promise<string[]>
  /** Who changed a record, in words: a person by name, an import by its source. */
  nameOf: (view: View, changedBy: string) => Promise<string>
  /** When the newest change of a record was, ISO 8601; now where there is none yet. */
  lastChange: () => Promise<string>
  /** People reach this node over TLS. */
  isSecure: boolean
  view: (request: HttpRequest) => View
  kinds: ReadonlyMap<string, Kind>
  parts: ReadonlyMap<string, RecordPart>
  /** Any operation by its name: those that each kind has. */
  operation: (name: string) => AnyOperation | undefined
  /** What people can do for an area; its own home comes first. */
  tasksOf: (area: string) => readonly AreaTask[]
  /** What other features add to this page. */
  /** What these parts read of its address. */
  askedBySlots: (...names: SlotName[]) => readonly string[]
  slot: <Name extends SlotName>(name: Name, request: HttpRequest, about: Slots[Name]) => Promise<Content>
}
