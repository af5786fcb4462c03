/** The queue: what waits for whom, since when, until when; who reviews what, and who may not. */
import { Type, type Static } from 'typebox'
import type { Context } from '#core/context.ts'
import { operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { recordId } from '../record/fields.ts'
import { may } from '../people/roles.ts'
import { personIn } from '../people/sessions.ts'
import { people } from '../people/store.ts'
import { findDraft, type Seen } from './access.ts'
import { tell } from './notices.ts'
import { DraftLine, lineOf } from './shapes.ts'
import { states, type State } from './states.ts'
import { drafts } from './store.ts'
import type { AssignmentRow } from './tables.ts'

const closed = { additionalProperties: false }
const Id = Type.String({ pattern: recordId })
const waiting: readonly State[] = ['submitted', 'in-review', 'changes-requested', 'accepted']

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
const QueueLine = Type.Object({ ...DraftLine.properties, author: Type.String(), assignments: Type.Array(Assignment) })
export type QueueLine = Static<typeof QueueLine>

export const queue = operation({
  name: 'reviews.queue',
  summary: 'List what waits for review, the longest waiting first',
  http: 'GET /queue',
  input: Type.Object(
    {
      state: Type.Optional(Type.Enum([...states])),
      kind: Type.Optional(Type.String({ maxLength: 50 })),
      mine: Type.Boolean({ default: false, description: 'Only what is given to oneself' }),
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
    },
    closed,
  ),
  output: Type.Object({ drafts: Type.Array(QueueLine) }),
  allow: (actor) => may(actor, 'submission.read'),
  run: async (context, { state, kind, mine, limit }) => {
    const store = drafts(context.db)
    const wanted = state && waiting.includes(state) ? [state] : waiting
    const found = await store.inStates(wanted, { kind, limit })
    const given = await store.assignments(found.map(({ id }) => id))
    const names = await people(context.db).byIds([
      ...new Set([...found.map(({ ownerId }) => ownerId), ...given.map(({ reviewerId }) => reviewerId)]),
    ])
    const nameOf = (id: string) => names.get(id)?.name ?? ''
    const self = personIn(context)
    const lines = found.map((draft) => ({
      ...lineOf({ draft }),
      author: nameOf(draft.ownerId),
      assignments: given.filter(({ draftId }) => draftId === draft.id).map((one) => assignmentOf(one, nameOf)),
    }))
    return {
      drafts: mine ? lines.filter((one) => one.assignments.some(({ reviewerId }) => reviewerId === self)) : lines,
    }
  },
})

const assignmentOf = (
  { reviewerId, assignedAt, dueOn, interest }: AssignmentRow,
  nameOf: (id: string) => string,
): Assignment => ({ reviewerId, reviewer: nameOf(reviewerId), assignedAt, dueOn, interest })

/** Why somebody may not review it: they wrote it, wrote something else with its authors, or work where its authors or its organisations are. */
export async function conflictOf(
  { db }: Pick<Context, 'db'>,
  { authors, draft }: Seen,
  reviewerId: string,
): Promise<'author' | 'coauthor' | 'colleague' | undefined> {
  if (authors.includes(reviewerId)) return 'author'
  if (await drafts(db).haveWrittenTogether(reviewerId, authors)) return 'coauthor'
  const known = await people(db).byIds([...authors, reviewerId])
  const own = new Set(known.get(reviewerId)?.affiliations ?? [])
  const theirs = authors.flatMap((id) => known.get(id)?.affiliations ?? [])
  const named = ((draft.body.organisations ?? []) as { organisation?: string }[]).map(
    ({ organisation = '' }) => organisation,
  )
  return [...theirs, ...named].some((id) => own.has(id)) ? 'colleague' : undefined
}

export const assign = operation({
  name: 'reviews.assign',
  summary: 'Give a submission to a reviewer, until a day; who has an interest in it is refused',
  http: 'POST /queue/:id/assignments',
  input: Type.Object(
    {
      id: Id,
      reviewer: Id,
      dueOn: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    },
    closed,
  ),
  output: Type.Object({ isDone: Type.Literal(true) }),
  allow: (actor) => may(actor, 'submission.assign'),
  run: async (context, { id, reviewer, dueOn = null }) => {
    const seen = await findDraft(context, id)
    const account = await people(context.db).byId(reviewer)
    const isReviewer = account?.state === 'active' && account.roles.some((role) => role !== 'contributor')
    const conflict = isReviewer ? await conflictOf(context, seen, reviewer) : 'role'
    if (conflict)
      throw new Problem(
        'invalid',
        { count: 1 },
        { misfits: [{ place: 'reviewer', rule: `interest.${conflict}`, values: {} }] },
      )
    await drafts(context.db).assign({
      draftId: id,
      reviewerId: reviewer,
      assignedBy: personIn(context),
      assignedAt: context.now().toISOString(),
      dueOn,
      interest: null,
    })
    await tell(context, seen, [reviewer], { about: 'assigned', note: dueOn ?? '' })
    return { isDone: true as const }
  },
})

export const declareInterest = operation({
  name: 'reviews.declare',
  summary: 'Declare before a review whether one has an interest in it; who has gives it back',
  http: 'POST /queue/:id/declaration',
  input: Type.Object(
    { id: Id, hasInterest: Type.Boolean(), note: Type.String({ maxLength: 2_000, default: '' }) },
    closed,
  ),
  output: Type.Object({ isDone: Type.Literal(true) }),
  allow: (actor) => may(actor, 'submission.review'),
  run: async (context, { id, hasInterest, note }) => {
    const { assignments } = await findDraft(context, id)
    const self = personIn(context)
    const own = assignments.find(({ reviewerId }) => reviewerId === self)
    if (!own) throw new Problem('forbidden', { operation: 'reviews.declare' })
    const store = drafts(context.db)
    if (hasInterest) await store.unassign(id, self)
    else await store.assign({ ...own, interest: note.trim() || 'none' })
    return { isDone: true as const }
  },
})

export const reviewersFor = operation({
  name: 'reviews.reviewers',
  summary: 'List who may review a submission, with how much they have to do',
  http: 'GET /queue/:id/reviewers',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    reviewers: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        open: Type.Integer({ description: 'Submissions that wait for them' }),
        conflict: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  allow: (actor) => may(actor, 'submission.assign'),
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    const store = people(context.db)
    const accounts = new Map(
      [...(await store.withRole('reviewer')), ...(await store.withRole('curator'))].map((one) => [one.id, one]),
    )
    const open = await drafts(context.db).inStates(['submitted', 'in-review'], { limit: 500 })
    const given = await drafts(context.db).assignments(open.map((draft) => draft.id))
    const reviewers = []
    for (const account of accounts.values())
      reviewers.push({
        id: account.id,
        name: account.name,
        open: given.filter(({ reviewerId }) => reviewerId === account.id).length,
        conflict: (await conflictOf(context, seen, account.id)) ?? null,
      })
    return { reviewers }
  },
})
