import { Type, type Static } from 'typebox'
import { languageTag, recordId } from './fields.ts'

/** A node that a copy passed through, and when it came there; of the first, when it made this version. */
export const OriginNode = Type.Object(
  {
    node: Type.String({ maxLength: 100 }),
    address: Type.Optional(Type.String({ maxLength: 2_000 })),
    at: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
)
export type OriginNode = Static<typeof OriginNode>

/** Where a record comes from: the collection it was read from, its name there, and its address there. */
export const Origin = Type.Object(
  {
    collection: Type.Optional(Type.String()),
    identifier: Type.String(),
    url: Type.Optional(Type.String()),
    isDemonstration: Type.Optional(
      Type.Literal(true, { description: 'It shows how something looks, and is about nothing real' }),
    ),
    chain: Type.Optional(
      Type.Array(OriginNode, {
        maxItems: 51,
        description: 'Of a copy: the nodes that it passed through, that at which it began first and this one last',
      }),
    ),
  },
  { additionalProperties: false },
)

/** The version of the source text that a translation was made from. Machine translation is marked. */
export const Translation = Type.Object(
  { ofRevision: Type.Integer(), machine: Type.Boolean() },
  { additionalProperties: false },
)

export const Status = Type.Union([Type.Literal('published'), Type.Literal('withdrawn')])

const Around = Type.Object({
  id: Type.String({ pattern: recordId }),
  number: Type.Integer({ description: 'Number of the record on this node; other nodes give it another number' }),
  kind: Type.String(),
  status: Status,
  revision: Type.Integer({ minimum: 1 }),
  sourceRevision: Type.Integer({
    minimum: 1,
    description: 'The last revision that changed the text in its original language',
  }),
  createdAt: Type.String(),
  changedAt: Type.String(),
  changedBy: Type.String(),
  note: Type.Union([Type.String(), Type.Null()], {
    description: 'Why this version was made; the reason, when withdrawn',
  }),
  origin: Type.Union([Origin, Type.Null()]),
  translations: Type.Record(Type.String({ pattern: languageTag }), Translation),
})

/** What is in the body of any record; its kind says what else there is. */
const AnyBody = Type.Object(
  { title: Type.Object({}, { additionalProperties: Type.String() }), originalLanguage: Type.String() },
  { additionalProperties: true },
)

/** What every record has around its body, and the body. Times are ISO 8601 in UTC. */
export const StoredRecord = Type.Unsafe<StoredRecord>(
  Type.Object({ ...Around.properties, body: AnyBody }, { $id: 'Record' }),
)

export type Origin = Static<typeof Origin>
export type Translation = Static<typeof Translation>
/** A language map: BCP 47 tag → text. */
export type Texts = Record<string, string>
export type Body = { title: Texts; originalLanguage: string } & Record<string, unknown>
/** A record; of one kind when that kind's body is given: `Kept<BodyOf<typeof practice>>`. */
export type StoredRecord<Of extends object = Body> = Static<typeof Around> & { body: Of }

/** A translation is out of date when the source text changed after it was made. */
export const isOutOfDate = (
  { translations, sourceRevision }: Pick<StoredRecord, 'translations' | 'sourceRevision'>,
  language: string,
): boolean => {
  const translation = translations[language]
  return translation !== undefined && translation.ofRevision < sourceRevision
}
