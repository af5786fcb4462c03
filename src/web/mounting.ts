/** What addresses add to a feature: its own, and what it adds to pages of others. */
import type { Running } from '#core/feature.ts'
import type { Content } from '#core/html/html.ts'
import type { AnyOperation } from '#core/operation.ts'
import type { Printer } from '#core/print.ts'
import type { Asked, Web } from '#core/web/server.ts'
import type { DraftShape } from '#house/drafts/shapes.ts'
import type { Kept } from '#house/record/record.ts'
import type { Asking } from './records.ts'

/** What addresses may need of the house beside asking its operations. */
export type Mounted = Running & {
  /** Those that are offered as API, commands and reference. */
  operations: readonly AnyOperation[]
  version: string
  /** Makes PDF of pages, where the operator has what it takes. */
  printer: Printer | undefined
  attachmentBytes: number
  report: (error: unknown, where: string) => void
}

/** Adds addresses to the site. */
export type Mount = (web: Web, asking: Asking, mounted: Mounted) => void

/** Pages that take parts of other features, with what each is about. */
export type Slots = {
  /** The page of a record, below its facts. */
  record: Kept
  /** The page of a country, by its code. */
  country: string
  /** The page of one of the nine areas, by its name. */
  area: string
  /** The first page. */
  home: null
  /** The page of one’s own account. */
  account: null
  /** The page of a draft, above its steps. */
  draft: DraftShape
  /** The desk of somebody who writes. */
  desk: null
}
export type SlotName = keyof Slots

export type Fill<Name extends SlotName> = (asking: Asking, asked: Asked, about: Slots[Name]) => Promise<Content>
export type Fills = { [Name in SlotName]?: Fill<Name> }

declare module '#core/feature.ts' {
  interface Feature {
    routes?: readonly Mount[]
    /** What it adds to pages of others; kept answers are made anew when the journal grows. */
    slots?: Fills
  }
}
