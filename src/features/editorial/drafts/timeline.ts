/** The timeline of a draft, and what review found of a record, for every reader. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { policyIn } from '../collections/belonging.ts'
import { people } from '#accounts/store.ts'
import { Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { isSameButForTranslations } from '#records/translatable-text.ts'
import { findDraft } from './access.ts'
import { namingFor } from './naming.ts'
import { isSubmitted } from './states.ts'
import { drafts } from './store.ts'
import type { ToldReviewer } from './tables.ts'

const StepLine = Type.Object({
  at: Type.String(),
  actor: Type.String(),
  from: Type.String(),
  to: Type.String(),
  reason: Type.String(),
  note: Type.String(),
})
export type StepLine = Static<typeof StepLine>

export const draftSteps = operation({
  name: 'drafts.steps',
  summary: 'List the steps that a draft took: who, when, why',
  http: 'GET /drafts/:id/steps',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ steps: Type.Array(StepLine) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    const steps = await drafts(context.db).steps(id)
    const { nameOf } = await namingFor(
      context,
      seen,
      steps.map(({ actorId }) => actorId),
    )
    return {
      steps: steps.map(({ at, actorId, fromState, toState, reason, note }) => ({
        at,
        actor: nameOf(actorId),
        from: fromState,
        to: toState,
        reason,
        note,
      })),
    }
  },
})

export const Review = Type.Object({
  state: Type.Enum(['none', 'under-review', 'sound', 'weaknesses']),
  /** The newest version that was reviewed. */
  revision: Type.Union([Type.Integer(), Type.Null()]),
  changedSince: Type.Boolean({ description: 'The record has changed since in more than its translations' }),
  at: Type.Union([Type.String(), Type.Null()]),
  reviewers: Type.Array(Type.String()),
  note: Type.String(),
  appointedBy: Type.Union(
    [
      Type.Object({
        id: Type.String(),
        title: Type.Record(Type.String(), Type.String()),
        originalLanguage: Type.String(),
      }),
      Type.Null(),
    ],
    { description: 'The collection whose curators chose the reviewers' },
  ),
})
export type Review = Static<typeof Review>

async function namesOf(db: Kysely<unknown>, told: readonly ToldReviewer[]): Promise<string[]> {
  const known = await people(db).byIds(told.flatMap((one) => (typeof one === 'string' ? [] : [one.account])))
  return told.map((one) => (typeof one === 'string' ? one : (known.get(one.account)?.name ?? ''))).filter(Boolean)
}

export const reviewState = operation({
  name: 'reviews.state',
  summary: 'Tell whether a record was reviewed, when, by whom, and what was found',
  http: 'GET /records/:id/review',
  input: Type.Object({ id: Id }, closed),
  output: Review,
  allow: () => true,
  run: async ({ db, services }, { id }): Promise<Review> => {
    const store = drafts(db)
    const [newest] = await store.verdicts(id)
    const isUnderReview = (await store.openOf(id)).some(({ state }) => isSubmitted(state))
    const nothing = { revision: null, changedSince: false, at: null, reviewers: [], note: '', appointedBy: null }
    if (!newest) return { state: isUnderReview ? 'under-review' : 'none', ...nothing }
    const collection = newest.collectionId ? await records(db).find(newest.collectionId) : undefined
    return {
      state: newest.verdict,
      revision: newest.revision,
      changedSince: await hasChanged({ db, services }, id, newest.revision),
      at: newest.at,
      reviewers: await namesOf(db, JSON.parse(newest.reviewers) as ToldReviewer[]),
      note: collection && !policyIn(collection).publishesReviews ? '' : newest.note,
      appointedBy: collection
        ? { id: collection.id, title: collection.body.title, originalLanguage: collection.body.originalLanguage }
        : null,
    }
  },
})

/** A translation changes nothing of what was reviewed. */
async function hasChanged({ db, services }: Pick<Context, 'db' | 'services'>, id: string, reviewed: number) {
  const store = records(db)
  const record = await store.find(id)
  if (!record || record.revision <= reviewed) return false
  const kind = services.kinds.get(record.kind)
  const then = await store.version(record.number, reviewed)
  return !kind || !then || !isSameButForTranslations(kind, then.body, record.body)
}
