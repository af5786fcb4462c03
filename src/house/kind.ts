import { Type, type TObject, type TProperties } from 'typebox'
import type { Misfit } from '#core/problem.ts'
import { language, text } from './record/fields.ts'

/** The nine areas of the Qingdao Declaration, and the house that holds them. */
export const rooms = [
  'house',
  'access',
  'open',
  'quality',
  'pathways',
  'online',
  'recognition',
  'monitoring',
  'accountability',
  'cooperation',
] as const
export type Room = (typeof rooms)[number]

/**
 * A column of tables of a kind: a field of its own, by name; or under a name a field of the records that it links to
 * (`of`) or that link to it (`by`).
 */
export type Column =
  | string
  | { name: string; rel: string; of: string; field: string }
  | { name: string; rel: string; by: string; field: string }

/** A thing the house keeps. Declared once; all else about it is derived. */
export type Kind<Body extends TObject = TObject> = {
  /** kebab-case, singular: `practice`. The catalogue names it: `kind.practice.one`, `.many`, `.about`. */
  name: string
  /** Its folder, API address and command: `practices`. */
  plural: string
  room: Room
  /** Its type in schema.org. */
  schemaType: string
  body: Body
  /** How readily it comes up in search beside others that match as well; 1 where absent. */
  prominence?: number
  /** It serves the house and is no knowledge of its own: search leaves it out. */
  isAid?: boolean
  /** It judges or gathers others and is not judged itself: its page says nothing of review. */
  isUnreviewed?: boolean
  /** An operation of its own makes it; nobody shares, revises or drafts one. */
  isMadeByHouse?: boolean
  /** The steps of its form, each with the fields it asks for; one step for all where absent. */
  steps?: readonly { name: string; fields: readonly string[] }[]
  /** What must be told before it is sent in, beside what the schema asks for; the rest may come later. */
  snapshot?: readonly string[]
  /** At least one of these must be told. */
  needsOneOf?: readonly string[]
  /** Fills in what follows from the rest. */
  complete?: (body: Record<string, unknown>) => Record<string, unknown>
  /** What its schema cannot say. */
  check?: (body: Record<string, unknown>) => Misfit[]
  /** What schema.org says of it beyond the `property` of each field. */
  schemaOrg?: (body: Record<string, unknown>) => Record<string, unknown>
  /** The field that says how far its source checked it: told beside how far the house did, so that nobody mixes them up. */
  checkedAtSource?: string
  /** Fields shown under the title in lists, most telling first. */
  line: readonly string[]
  /** What tables and files of records show of it, beside the title; the fields of its line where absent. */
  columns?: readonly Column[]
  /** Amounts that are summed up below a table, each currency apart. */
  totals?: readonly string[]
}

/** What every kind's body has: a title, the language it was first written in, and where translations came from. */
export const common = {
  title: text({ weight: 'title', property: 'name', max: 1_000 }),
  originalLanguage: language(),
}

/** Declares a kind. The body gains `title` and `originalLanguage`. */
export const kind = <Properties extends TProperties>(of: Omit<Kind, 'body'> & { body: Properties }) => ({
  ...of,
  body: Type.Object({ ...common, ...of.body }, { additionalProperties: false, $id: of.name }),
})
