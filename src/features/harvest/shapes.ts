/** A source that is harvested as pages, commands and the API show it. */
import { Type, type Static } from 'typebox'
import { languageTag } from '#records/fields.ts'
import { formatsRead, inputNames } from './tables.ts'

export const Settings = Type.Object(
  {
    input: Type.Enum([...inputNames], {
      default: 'oai-pmh',
      description: 'What stands at the address; it is recognised when the source is added',
    }),
    prefix: Type.Enum([...formatsRead], { default: 'oai_dc', description: 'metadataPrefix' }),
    set: Type.String({ maxLength: 300, default: '', description: 'One set alone; all where empty' }),
    language: Type.String({
      pattern: languageTag,
      maxLength: 35,
      default: 'en',
      description: 'Of records that do not say theirs (BCP 47)',
    }),
    licence: Type.String({
      maxLength: 200,
      default: '',
      description: 'Code of the licence of resources that do not say theirs',
    }),
    everyHours: Type.Integer({
      minimum: 0,
      maximum: 8_760,
      default: 24,
      description: 'Hours between runs; 0: only when asked',
    }),
  },
  { additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const vocabularyFields = ['type', 'subject', 'language', 'licence', 'audience', 'level'] as const
export type VocabularyField = (typeof vocabularyFields)[number]
/** `column`: what the column of a table means. */
export const mappedFields = [...vocabularyFields, 'column'] as const
export type MappedField = (typeof mappedFields)[number]
export const Mapping = Type.Partial(
  Type.Object(
    Object.fromEntries(mappedFields.map((field) => [field, Type.Record(Type.String(), Type.String())])) as Record<
      MappedField,
      ReturnType<typeof Type.Record>
    >,
    { additionalProperties: false },
  ),
)
export type Mapping = Partial<Record<MappedField, Record<string, string>>>

export const HarvestCounts = Type.Object({
  read: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Integer(),
  withdrawn: Type.Integer(),
})
export type HarvestCounts = Static<typeof HarvestCounts>

/** A run as far as it is: all that the next page needs, kept with each page. */
export const Run = Type.Object({
  startedAt: Type.String(),
  /** Tells it from other runs of its source, those of the same moment too. */
  id: Type.Optional(Type.String()),
  /** The head of the journal before it. */
  fromSeq: Type.Integer(),
  /** What it asks from, in the granularity of the source. */
  from: Type.Optional(Type.String()),
  /** The date of the first answer, from which the next run asks. */
  firstDate: Type.Optional(Type.String()),
  granularity: Type.Enum(['day', 'second']),
  token: Type.Optional(Type.String()),
  pages: Type.Integer(),
  size: Type.Optional(Type.Integer({ description: 'How many there are, as the source says' })),
  counts: HarvestCounts,
  /** Digests of the last tokens: one that comes again leads round in a circle. */
  tokens: Type.Array(Type.String()),
  /** Failed tries of this page, and how often the list was begun again. */
  tries: Type.Integer(),
  restarts: Type.Integer(),
  /** Documents that were read or are gone: where there are none, nothing can have vanished. */
  reads: Type.Optional(Type.Integer()),
  listed: Type.Optional(Type.Integer()),
  /** A curator said that records may go though they are most of what is here. */
  acceptLosses: Type.Optional(Type.Boolean()),
  /** The source asked to be left alone until then. */
  notBefore: Type.Optional(Type.String()),
})
export type Run = Static<typeof Run>

/** Characters of a refused record that are kept. */
export const longestBytes = 100_000

export type Refused = {
  source: string
  identifier: string
  code: string
  values: Record<string, string | number>
  bytes: string
  at: string
}
export type Unmapped = { source: string; field: string; value: string; count: number }

const Told = Type.Object({ code: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) })
export const RefusedLine = Type.Object({
  identifier: Type.String(),
  ...Told.properties,
  bytes: Type.String({ description: 'The record as the source sent it' }),
  at: Type.String(),
})
export const UnmappedLine = Type.Object({ field: Type.String(), value: Type.String(), count: Type.Integer() })

export const HarvestLine = Type.Object({
  name: Type.String(),
  title: Type.String(),
  address: Type.String(),
  settings: Settings,
  isPaused: Type.Boolean(),
  dueAt: Type.String({ description: 'When the next run is due' }),
  lastAt: Type.Union([Type.String(), Type.Null()]),
  progress: Type.Union([Type.Null(), Type.Pick(Run, ['startedAt', 'pages', 'size', 'counts', 'notBefore'])]),
  problem: Type.Union([Type.Null(), Told]),
  refused: Type.Integer({ description: 'Records that wait because they could not be taken in' }),
})
export type HarvestLine = Static<typeof HarvestLine>
