import { Type } from 'typebox'

const Texts = Type.Record(Type.String(), Type.String())

/** A rubric as reviewers get it. */
export const Criteria = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  title: Texts,
  originalLanguage: Type.String(),
  criteria: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Texts,
      asks: Type.Optional(Texts),
      weight: Type.Optional(Type.Number()),
      levels: Type.Array(Type.Object({ number: Type.Number(), name: Type.Optional(Texts), description: Texts })),
    }),
  ),
})
