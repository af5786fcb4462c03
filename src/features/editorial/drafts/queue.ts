/** The queue: what waits for whom, since when, until when; who reviews what, and who may not. */
import { kindDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Actor, Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { belongingsOf } from '../collections/belonging.ts'
import { curation } from '../collections/store.ts'
import { may } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { Id } from '#records/inputs.ts'
import { findDraft, mayWith, type Seen } from './access.ts'
import { isUnnamedTo } from './naming.ts'
import { DraftLine, lineFor, namedIn } from './shapes.ts'
import { isWaiting, states, waitingStates, type State } from './states.ts'
import { drafts, type Draft } from './store.ts'
import type { AssignmentRow } from './tables.ts'

const Assignment = Type.Object({
  reviewerId: Type.String(),
  reviewer: Type.String(),
  assignedAt: Type.String(),
  dueOn: Type.Union([Type.String(), Type.Null()]),
  interest: Type.Union([Type.String(), Type.Null()], {
    description: 'What the reviewer said of their own interest; null until they did',
  }),
})
export type Assignment = Static<typeof Assignment>
const Named = Type.Object({
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
})
const QueueLine = Type.Object({
  ...DraftLine.properties,
  author: Type.String({ description: 'Name; empty where it is not told' }),
  isUnnamed: Type.Boolean({ description: 'You are not told who wrote it' }),
  collection: Type.Union([Named, Type.Null()], { description: 'The collection that it was submitted to' }),
  assignments: Type.Array(Assignment),
})
export type QueueLine = Static<typeof QueueLine>

const underReview = ['submitted', 'in-review'] as const satisfies readonly State[]
/** What was declined waits for nobody; who wants to take that back asks for it. */
export const queueStates: readonly State[] = [...waitingStates, 'declined']

export const queue = operation({
  name: 'reviews.queue',
  summary: 'List what waits for review, the longest waiting first',
  http: 'GET /queue',
  input: Type.Object(
    {
      state: Type.Optional(Type.Enum([...states])),
      kind: Type.Optional(Type.String({ maxLength: 50 })),
      collection: Type.Optional(Id),
      reviewer: Type.Optional(Id),
      overdue: Type.Boolean({ default: false, description: 'Only submissions whose review is overdue' }),
      mine: Type.Boolean({ default: false, description: 'Only what is given to oneself' }),
      after: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0, description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
    },
    closed,
  ),
  output: Type.Object({ drafts: Type.Array(QueueLine), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: (actor) => actor.kind !== 'anyone',
  doubts: kindDoubted,
  run: async (context, { state, kind, collection, reviewer, overdue, mine, after, limit }) => {
    const within = await collectionsSeen(context, collection)
    const asked = mine ? personIn(context) : reviewer
    // What is decided, or with its authors, is not late whatever day was set.
    const possible = overdue ? underReview : state === undefined ? waitingStates : queueStates
    const wanted = state ? possible.filter((one) => one === state) : possible
    if (wanted.length === 0) return { drafts: [], next: null }
    const found = await drafts(context.db).waiting(wanted, {
      kind,
      collections: within,
      reviewer: asked,
      except: asked === undefined ? [] : await hiddenFrom(context, asked),
      overdueOn: overdue ? context.now().toISOString().slice(0, 10) : undefined,
      after,
      limit: limit + 1,
    })
    const lines = await linesOf(context, found.slice(0, limit))
    return { drafts: lines, next: found.length > limit ? after + limit : null }
  },
})

/** The collections whose submissions somebody may see: all with a role on this node, else those that they curate. */
async function collectionsSeen(context: Context, wanted: string | undefined): Promise<string[] | undefined> {
  const isOfNode = may(context.actor, 'submission.read')
  const own = isOfNode ? [] : await curation(context.db).curatedBy(personIn(context))
  if (!isOfNode && (own.length === 0 || (wanted !== undefined && !own.includes(wanted))))
    throw new Problem('forbidden', { operation: 'reviews.queue' })
  return wanted === undefined ? (isOfNode ? undefined : own) : [wanted]
}

/** What one wrote oneself, where asking for this reviewer would tell that they have it. */
async function hiddenFrom(context: Context, reviewer: string): Promise<string[]> {
  if (context.actor.kind !== 'person') return []
  const own = (await drafts(context.db).ofPerson(context.actor.id)).filter(({ state }) => isWaiting(state))
  const seen = await seenAll(context, own)
  return seen.filter((one) => isUnnamedTo(one, context.actor, reviewer)).map(({ draft }) => draft.id)
}

async function seenAll({ db, services }: Context, found: readonly Draft[]): Promise<Seen[]> {
  const store = drafts(db)
  const ids = found.map(({ id }) => id)
  const [given, authors, collections] = [
    await store.assignments(ids),
    await store.authorsOf(ids),
    await belongingsOf(db, ids),
  ]
  return found.map((draft) => ({
    draft,
    kind: services.kinds.get(draft.kind)!,
    authors: authors.get(draft.id) ?? [],
    assignments: given.filter(({ draftId }) => draftId === draft.id),
    collection: collections.get(draft.id),
  }))
}

/** Without the names that the requester may not learn. */
async function linesOf(context: Context, found: readonly Draft[]): Promise<QueueLine[]> {
  const { db, actor } = context
  const all = await seenAll(context, found)
  const involved = all.flatMap(({ draft, assignments }) => [
    draft.ownerId,
    ...assignments.map(({ reviewerId }) => reviewerId),
  ])
  const names = await people(db).byIds([...new Set(involved)])
  const nameOf = (id: string) => names.get(id)?.name ?? ''
  return all.map((seen) => {
    const isUnnamed = isUnnamedTo(seen, actor, seen.draft.ownerId)
    return {
      ...lineFor(seen, actor),
      author: isUnnamed ? '' : nameOf(seen.draft.ownerId),
      isUnnamed,
      collection: namedIn(seen),
      assignments: assignmentsIn(seen, actor, nameOf),
    }
  })
}

const assignmentsIn = (seen: Seen, actor: Actor, nameOf: (id: string) => string): Assignment[] =>
  seen.assignments
    .filter(({ reviewerId }) => !isUnnamedTo(seen, actor, reviewerId))
    .map((one) => assignmentOf(one, nameOf))

export const assignmentsOf = operation({
  name: 'reviews.assignments',
  summary: 'List to whom a submission is given',
  http: 'GET /queue/:id/assignments',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ assignments: Type.Array(Assignment) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    if (!mayWith(seen, context.actor, 'submission.read')) return { assignments: [] }
    const names = await people(context.db).byIds(seen.assignments.map(({ reviewerId }) => reviewerId))
    return { assignments: assignmentsIn(seen, context.actor, (one) => names.get(one)?.name ?? '') }
  },
})

const assignmentOf = (
  { reviewerId, assignedAt, dueOn, interest }: AssignmentRow,
  nameOf: (id: string) => string,
): Assignment => ({ reviewerId, reviewer: nameOf(reviewerId), assignedAt, dueOn, interest })
