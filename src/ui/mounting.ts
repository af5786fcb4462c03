/** What addresses add to a feature: its own, and what it adds to pages of others. */
import type { Kysely } from 'kysely'
import type { Running } from '#kernel/feature.ts'
import type { Content } from '#kernel/html/html.ts'
import type { AnyOperation } from '#kernel/operation.ts'
import type { Printer } from '#kernel/print.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { StoredRecord } from '#records/record.ts'
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import type { areaNames } from './layout.ts'
import type { Errors } from './forms.ts'
import type { RecordPart } from './record-part.ts'
import type { PageContext } from './page-context.ts'

/** What addresses may need of the node beside asking its operations. */
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
export type Mount = (web: Web, pageContext: PageContext, mounted: Mounted) => void

/** Pages that take parts of other features, with what each is about. Features with pages of their own add to it. */
export interface Slots {
  /** The page of a record, below its title. */
  recordTop: StoredRecord
  /** The page of a record, below its facts. */
  record: StoredRecord
  /** The page of a country, by its code. */
  country: string
  /** The page of one of the nine areas, by its name. */
  area: string
  /** The first page. */
  home: null
  /** The account page, with the form that was refused. */
  account: { refused: { errors: Errors; typed?: URLSearchParams } | undefined }
}
export type SlotName = keyof Slots

/** Something that people can do on this site for one of the nine areas: the page that does it, in words that the page has. */
export type AreaTask = { area: (typeof areaNames)[number]; path: string; title: MessageKey; lead: MessageKey }

export type Fill<Name extends SlotName> = (
  pageContext: PageContext,
  request: HttpRequest,
  about: Slots[Name],
) => Promise<Content>
export type Fills = { [Name in SlotName]?: Fill<Name> }

declare module '#kernel/feature.ts' {
  interface Feature {
    routes?: readonly Mount[]
    /** What it adds to pages of others; kept answers are made anew when the journal grows. */
    slots?: Fills
    /** What these parts read of the address of the page that they stand on. */
    asksOfPages?: { readonly [Name in SlotName]?: readonly string[] }
    /** What one can do here, as the pages of the areas say at their top. */
    tasks?: readonly AreaTask[]
    /** By the address of a page that lists what people add: whether there is any, so that footers lead there. */
    listings?: Readonly<Record<string, (db: Kysely<unknown>) => Promise<boolean>>>
    /** By the name of a kind: what stands on the pages of its records, beside its facts. */
    parts?: Readonly<Record<string, RecordPart>>
  }
}
