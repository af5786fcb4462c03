/** What is told of a draft. */
import { Type, type Static } from 'typebox'
import type { Actor } from '#core/context.ts'
import { mayWrite, stepsFor, type Seen } from './access.ts'
import { states, transitionNames } from './states.ts'

export const State = Type.Enum([...states])
const Values = Type.Object({}, { additionalProperties: true })

export const DraftLine = Type.Object(
  {
    id: Type.String(),
    recordId: Type.String({ description: 'The record that it is or will be' }),
    kind: Type.String(),
    state: State,
    revision: Type.Integer({ description: 'Counts saves' }),
    baseRevision: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The version of the record that it changes; null where there is none yet',
    }),
    title: Type.Record(Type.String(), Type.String()),
    originalLanguage: Type.String(),
    createdAt: Type.String(),
    changedAt: Type.String(),
    changedBy: Type.String(),
    ownerId: Type.String(),
  },
  { $id: 'DraftLine' },
)
export type DraftLine = Static<typeof DraftLine>

export const DraftShape = Type.Object(
  {
    ...DraftLine.properties,
    body: Values,
    unread: Type.Record(Type.String(), Type.String(), {
      description: 'What was typed and could not be read, by field',
    }),
    authors: Type.Array(Type.String()),
    mayWrite: Type.Boolean(),
    mayStep: Type.Array(Type.Enum([...transitionNames])),
  },
  { $id: 'Draft' },
)
export type DraftShape = Static<typeof DraftShape>

export const lineOf = ({ draft }: Pick<Seen, 'draft'>): DraftLine => {
  const { id, recordId, kind, state, revision, baseRevision, createdAt, changedAt, changedBy, ownerId, body } = draft
  return {
    id,
    recordId,
    kind,
    state,
    revision,
    baseRevision,
    title: (body.title as Record<string, string> | undefined) ?? {},
    originalLanguage: String(body.originalLanguage ?? 'en'),
    createdAt,
    changedAt,
    changedBy,
    ownerId,
  }
}

export const shapeOf = (seen: Seen, actor: Actor): DraftShape => ({
  ...lineOf(seen),
  body: seen.draft.body,
  unread: seen.draft.unread,
  authors: [...seen.authors],
  mayWrite: mayWrite(seen, actor),
  mayStep: stepsFor(seen, actor),
})
