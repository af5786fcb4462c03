import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox'
import { violation, type Problem, type Violation } from '#kernel/problem.ts'
import { language, text } from './fields.ts'
import { StoredRecord } from './record.ts'

/** The nine areas of the Qingdao Declaration, and the node that holds them. */
export const areas = [
  'clearing-house',
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
export type Area = (typeof areas)[number]

/**
 * A column of tables of a kind: a field of its own, by name; or under a name a field of the records that it links to
 * (`of`) or that link to it (`by`). Another relation (`or`) may lead to more of them.
 */
export type Column =
  | string
  | { name: string; rel: string; of: string; field: string; or?: string }
  | { name: string; rel: string; by: string; field: string }
export type CitationType =
  | 'article'
  | 'book'
  | 'report'
  | 'software'
  | 'dataset'
  | 'webpage'
  | 'motion_picture'
  | 'standard'
  | 'review'
  | 'document'
  | 'entry'

export const translatedBy = ['everyone', 'curators', 'authors'] as const
export type TranslatedBy = (typeof translatedBy)[number]

/** A thing the node keeps. Declared once; all else about it is derived. */
export type Kind<Body extends TObject = TObject> = {
  /** kebab-case, singular: `practice`. The catalogue names it: `kind.practice.one`, `.many`, `.about`. */
  name: string
  /** Its folder, API address and command: `practices`. */
  plural: string
  area: Area
  /** Its type in schema.org. */
  schemaType: string
  body: Body
  /** How readily it comes up in search beside others that match as well; 1 where absent. */
  prominence?: number
  /** The field by which it says what came of it; one that does not say so counts less than its fellows in search. */
  endsWith?: string
  /** It serves the node and is no knowledge of its own: search leaves it out. */
  isAid?: boolean
  /** It judges or gathers others and is not judged itself: its page says nothing of review. */
  isUnreviewed?: boolean
  /** It is about this node: another node that reads its dump leaves it out. */
  isOfNode?: boolean
  /** An operation of its own makes it; nobody shares, revises or drafts one. */
  isMadeBySystem?: boolean
  /**
   * Who may translate its records: everyone, where others than its authors suggest it (so where absent); curators alone; its authors
   * alone, and curators where it has none here.
   */
  translatedBy?: TranslatedBy
  /**
   * The steps of its form, each with the fields it asks for in the order in which people tell. Those of the snapshot come
   * first and are enough to submit; the rest is offered afterwards. Where absent, two are made of what is needed and the rest.
   */
  steps?: readonly { name: string; fields: readonly string[]; isSnapshot?: true }[]
  /** Fields that sources alone fill in: no form asks for them. */
  notAsked?: readonly string[]
  /** What must be told before it is sent in, beside what the schema asks for; the rest may come later. */
  snapshot?: readonly string[]
  /** At least one of these must be told. */
  needsOneOf?: readonly string[]
  /** Fills in what follows from the rest. */
  complete?: (body: Record<string, unknown>) => Record<string, unknown>
  /** What its schema cannot say. */
  check?: (body: Record<string, unknown>) => Violation[]
  /** What it says is of others as they were: when one of those is merged, its links stay, and lead on by redirect. */
  keepsLinks?: boolean
  /** Links of it that the page of what they lead to tells of in a part of its own: no list of links there says it again. */
  toldWhereItLeads?: readonly string[]
  /** Why a link of its body may not lead to a record with that other body; undefined where it may. */
  refusesLink?: (body: Record<string, unknown>, to: Record<string, unknown>) => string | undefined
  /** What schema.org says of it beyond the `property` of each field. */
  schemaOrg?: (body: Record<string, unknown>) => Record<string, unknown>
  /** The field that says how far its source checked it: told beside how far the node did, so that nobody mixes them up. */
  checkedAtSource?: string
  /** Its type in CSL 1.0.2; `entry` where absent. */
  citationType?: CitationType
  /** The same for each of its types that is cited otherwise. */
  citationTypeOf?: Readonly<Record<string, CitationType>>
  /** A resource for learning, which the AMB profile describes: its type in HCRT, or that of each of its own types. */
  amb?: { type?: string; typeOf?: Readonly<Record<string, string>> }
  /** It is published here, and so cited with the year in which it was; `false` where absent, for kinds that are cited as works. */
  isPublishedHere?: boolean
  /** A work that people take and use: its page begins with what one may do with it. */
  isWork?: boolean
  /** Its field `licence` is of what is told here, and not of a work that it describes. */
  isOwnLicence?: boolean
  /** What it is, is run: used and copied, not read and printed. */
  isRun?: boolean
  /** It comes of sources alone: nobody describes one by hand. */
  isFromSourcesAlone?: boolean
  /** Its place at the head of a vague question's answer by kind, where it answers well; among the others where absent. */
  leadsAt?: number
  /** Who names the kind asks for its records: “indicators of water in schools”, though no word of one says so. */
  isAskedFor?: boolean
  /** It holds numbers: who asks “how many …” asks for its records. */
  holdsNumbers?: boolean
  /** Its title is a name of its own, as that of an organisation: who types just that asks for it. */
  isProperName?: boolean
  /** Its title may begin with a name, before what explains it: “Kolibri: lessons without internet”. */
  beginsWithName?: boolean
  /** Its place among what people may describe, the most usual first; after all others where absent. */
  describedAt?: number
  /** Its place among the kinds of the world map, whose first is shown unless another is asked for; not there where absent. */
  onMapAt?: number
  /** Fields shown under the title in lists, most telling first. */
  line: readonly string[]
  /** What tables and files of records show of it, beside the title; the fields of its line where absent. */
  columns?: readonly Column[]
  /** Columns that a table always shows, with what is not stated said; the others where something on the page fills them. */
  mainColumns?: readonly string[]
  /** Fields by whose values records are alike, the most telling first: what shares them is offered before what shares words. */
  alikeBy?: readonly string[]
  /** Amounts that are summed up below a table, each currency apart. */
  totals?: readonly string[]
}

type Kinds = ReadonlyMap<string, Kind>
const placed = (kinds: Kinds, placeOf: (kind: Kind) => number | undefined): Kind[] =>
  [...kinds.values()].sort((a, b) => (placeOf(a) ?? Infinity) - (placeOf(b) ?? Infinity) || 0)

/** People may describe one by hand, or bring many in a table. */
export const isDescribable = ({ isAid, isMadeBySystem, isFromSourcesAlone }: Kind): boolean =>
  !isAid && !isMadeBySystem && !isFromSourcesAlone
/** Those that people describe, the most usual first. */
export const describable = (kinds: Kinds): Kind[] => placed(kinds, (kind) => kind.describedAt).filter(isDescribable)

/** That nobody describes such things by hand, and which can be. */
export const undescribed = (kinds: Kinds): Problem =>
  violation('kind', 'enum', { allowedValues: describable(kinds).map(({ name }) => name) })
/** Those that the world map shows; the first where none is asked for. */
export const onMap = (kinds: Kinds): Kind[] =>
  placed(kinds, (kind) => kind.onMapAt).filter(({ onMapAt }) => onMapAt !== undefined)

/** What every kind's body has: a title, the language it was first written in, and where translations came from. */
export const common = {
  title: text({ weight: 'title', property: 'name', max: 1_000 }),
  originalLanguage: language(),
}

/** What a record of a kind holds: `BodyOf<typeof practice>`. */
export type BodyOf<Of extends { body: TSchema }> = Static<Of['body']>

/** What of a kind is asked only with bodies that fit its schema, so that it knows their fields. */
type Knowing<Body> = {
  complete?: (body: Body) => Body
  check?: (body: Body) => Violation[]
  schemaOrg?: (body: Body) => Record<string, unknown>
}

/** Declares a kind. The body gains `title` and `originalLanguage`. */
export const kind = <Properties extends TProperties>({
  body,
  ...of
}: Omit<Kind, 'body' | keyof Knowing<unknown>> & { body: Properties } & Knowing<
    Static<TObject<typeof common & Properties>>
  >) => ({
  ...(of as Omit<Kind, 'body'>),
  body: Type.Object({ ...common, ...body }, { additionalProperties: false, $id: of.name }),
})

/** The schema of a record of one kind, in what operations answer. */
export const keptOf = <Of extends Kind>(_kind: Of) => Type.Unsafe<StoredRecord<BodyOf<Of>>>(StoredRecord)

/** Whether a record is of a kind, and so what its body holds. */
export const isOf =
  <Of extends Kind>({ name }: Of) =>
  (record: StoredRecord | StoredRecord<BodyOf<Of>>): record is StoredRecord<BodyOf<Of>> =>
    record.kind === name

/** The order in which people look for kinds: those that tell what was done and learned, then the more prominent. */
export const byInterest = (a: Kind, b: Kind): number =>
  (a.leadsAt ?? Infinity) - (b.leadsAt ?? Infinity) ||
  (b.prominence ?? 1) - (a.prominence ?? 1) ||
  (a.describedAt ?? Infinity) - (b.describedAt ?? Infinity) ||
  0
