/** The shape in which a draft is answered. */
import { Type, type Static } from 'typebox'
import type { Actor } from '#kernel/context.ts'
import { policyOf } from '../collections/policy.ts'
import { mayWrite, stepsFor, type Seen } from './access.ts'
import { toldOf } from './keeping-unnamed.ts'
import { isUnnamedTo } from './naming.ts'
import { reasons, states, transitionNames } from './states.ts'

export const State = Type.Enum([...states])
const Values = Type.Record(Type.String(), Type.Unknown())

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
    authorsUnnamed: Type.Boolean({ description: 'You are not told who wrote it' }),
    withheld: Type.Array(Type.String(), {
      description: 'Fields that are not told, because they would tell who wrote it',
    }),
    asks: Type.Object({
      collection: Type.Union(
        [
          Type.Object({
            id: Type.String(),
            title: Type.Record(Type.String(), Type.String()),
            originalLanguage: Type.String(),
          }),
          Type.Null(),
        ],
        { description: 'The collection that it is submitted to' },
      ),
      reviewersNamed: Type.Boolean({ description: 'Authors and readers learn who reviewed it' }),
      publishesReviews: Type.Boolean({ description: 'Reviews are published with the record' }),
      noteNeeded: Type.Boolean({ description: 'Each step needs a note' }),
      reasons: Type.Array(Type.Enum([...reasons]), { description: 'Reasons that steps may have' }),
    }),
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

/** A draft without the identifiers of people who are anonymous to the requester. */
export function lineFor(seen: Seen, actor: Actor): DraftLine {
  const line = lineOf(seen)
  const told = (id: string) => (isUnnamedTo(seen, actor, id) ? '' : id)
  return { ...line, ownerId: told(line.ownerId), changedBy: told(line.changedBy) }
}

export const shapeOf = (seen: Seen, actor: Actor): DraftShape => ({
  ...lineFor(seen, actor),
  ...toldOf(seen, actor),
  authors: seen.authors.filter((id) => !isUnnamedTo(seen, actor, id)),
  authorsUnnamed: seen.authors.some((id) => isUnnamedTo(seen, actor, id)),
  asks: asksOf(seen),
  mayWrite: mayWrite(seen, actor),
  mayStep: stepsFor(seen, actor),
})

function asksOf(seen: Pick<Seen, 'collection'>): DraftShape['asks'] {
  const { noteNeeded, reasons: offered, blindness, publishesReviews } = policyOf(seen)
  return {
    collection: namedIn(seen),
    reviewersNamed: blindness === 'open',
    publishesReviews,
    noteNeeded,
    reasons: offered.length > 0 ? [...offered] : [...reasons],
  }
}

/** The collection of a draft by its name. */
export const namedIn = ({ collection }: Pick<Seen, 'collection'>): DraftShape['asks']['collection'] =>
  collection ? { id: collection.id, title: collection.title, originalLanguage: collection.originalLanguage } : null
