/** The shape in which an imported spreadsheet is answered. */
import { Type, type Static } from 'typebox'
import { languageTag } from '#records/fields.ts'
import { separators } from './cells.ts'
import { encodings } from '#codecs/csv/decode.ts'
import type { Spreadsheet } from './store.ts'
import { spreadsheetStates } from './tables.ts'
import { closed } from '#kernel/operation.ts'

export const Column = Type.Object(
  {
    field: Type.String({ maxLength: 200 }),
    language: Type.Optional(Type.String({ pattern: languageTag, maxLength: 35 })),
    separator: Type.Optional(Type.Enum([...separators])),
  },
  closed,
)
/** `to`: a code of the vocabulary that the field chooses from, `#ignore` or `#note`; empty where nothing was said. */
export const WordMeaning = Type.Object(
  {
    field: Type.String({ maxLength: 200 }),
    word: Type.String({ maxLength: 200 }),
    to: Type.String({ maxLength: 300 }),
  },
  closed,
)
export const WordCount = Type.Object({
  field: Type.String(),
  word: Type.String(),
  to: Type.String(),
  count: Type.Integer({ description: 'Cells that it stands in' }),
})
export type WordCount = Static<typeof WordCount>

export const Mapping = Type.Object(
  {
    language: Type.String({ pattern: languageTag, maxLength: 35 }),
    separator: Type.Enum([...separators]),
    columns: Type.Array(Type.Union([Column, Type.Null()]), { maxItems: 1_000 }),
    words: Type.Optional(Type.Array(WordMeaning, { maxItems: 20_000 })),
  },
  closed,
)
export const NamedMapping = Type.Object({ kind: Type.String(), name: Type.String(), changedAt: Type.String() })
export type NamedMapping = Static<typeof NamedMapping>

export const Encoding = Type.Enum([...encodings])

export const SpreadsheetLine = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    fileName: Type.String(),
    encoding: Type.String(),
    state: Type.Enum([...spreadsheetStates]),
    publishes: Type.Boolean(),
    mapping: Mapping,
    rows: Type.Integer(),
    done: Type.Integer({ description: 'Rows gone through' }),
    made: Type.Integer({ description: 'Drafts and records made of them' }),
    published: Type.Integer({ description: 'Of those, published at once' }),
    known: Type.Integer({ description: 'Rows that had been brought before' }),
    refused: Type.Integer({ description: 'Rows that did not fit' }),
    createdAt: Type.String(),
    changedAt: Type.String(),
  },
  { $id: 'Sheet' },
)
export type SpreadsheetLine = Static<typeof SpreadsheetLine>

export const lineOf = ({ ownerId: _, file: __, reason: ___, reading: ____, ...line }: Spreadsheet): SpreadsheetLine =>
  line as SpreadsheetLine

const Count = Type.Integer({ minimum: 0 })

export const RowError = Type.Object({
  row: Type.Integer({ description: 'As spreadsheet programs number it' }),
  column: Type.Union([Type.Integer(), Type.Null()], { description: 'From 0; null where no column leads to the field' }),
  field: Type.String(),
  rule: Type.String(),
  values: Type.Record(Type.String(), Type.Unknown()),
  cell: Type.String(),
  isNoted: Type.Boolean({ description: 'The row becomes a draft, in which this is noted' }),
})
export type RowError = Static<typeof RowError>

export const Preview = Type.Object({
  sheet: SpreadsheetLine,
  header: Type.Array(Type.String()),
  sample: Type.Array(Type.Object({ row: Type.Integer(), body: Type.Record(Type.String(), Type.Unknown()) })),
  fits: Count,
  complete: Count,
  noted: Count,
  known: Count,
  wrong: Count,
  errors: Type.Array(RowError),
  words: Type.Array(WordCount, { description: 'That no vocabulary knows, and what they were said to stand for' }),
  missing: Type.Array(Type.String(), {
    description: 'Fields that must be told before publication, and some rows lack',
  }),
})
export type Preview = Static<typeof Preview>
