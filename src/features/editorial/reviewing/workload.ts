/** Who has how much to review, how much of it is late, and how long it takes them. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import type { CurationTables } from '../collections/tables.ts'
import { curation } from '../collections/store.ts'
import { Problem } from '#kernel/problem.ts'
import type { DraftTables } from '../drafts/tables.ts'
import { may } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { isNotReviewed, underReview } from './open-assignments.ts'
import type { ReviewingTables } from './tables.ts'

const dayMs = 86_400_000
const lookedBackDays = 90
const mostRows = 5_000

const Load = Type.Object({
  id: Type.String(),
  name: Type.String(),
  open: Type.Integer({ description: 'Assigned to them, under review, and not submitted' }),
  overdue: Type.Integer(),
  done: Type.Integer({ description: 'Submitted during the last 90 days' }),
  medianDays: Type.Union([Type.Number(), Type.Null()], {
    description: 'From assignment, or the submission of a new version, to the submission of the review',
  }),
})
export type Load = Static<typeof Load>

type Own = DraftTables & ReviewingTables & CurationTables

/**
 * Assignments of all submissions, or of those to some collections. What whoever asks wrote themselves is left out: a
 * number that counts it would tell by whom it is reviewed.
 */
function assigned(db: Kysely<unknown>, collections: readonly string[] | undefined, self: string) {
  const query = db
    .withTables<Own>()
    .selectFrom('assignment')
    .innerJoin('draft', 'draft.id', 'assignment.draftId')
    .where(({ eb, selectFrom }) =>
      eb('draft.id', 'not in', selectFrom('draft_author').select('draftId').where('accountId', '=', self)),
    )
  return collections === undefined
    ? query
    : query.where(({ eb, selectFrom }) =>
        eb('draft.id', 'in', selectFrom('draft_collection').select('draftId').where('collectionId', 'in', collections)),
      )
}
type Assigned = ReturnType<typeof assigned>

/** Not handed in since it was last submitted. */
const openOf = (query: Assigned) =>
  query
    .where('draft.state', 'in', underReview)
    .where(isNotReviewed)
    .select(['assignment.reviewerId', 'assignment.dueOn'])
    .limit(mostRows)
    .execute()

/** Reviews of any round, with the day from which they could be written: assigned, or submitted again. */
const doneOf = (query: Assigned, since: string) =>
  query
    .innerJoin('review_sheet', (join) =>
      join
        .onRef('review_sheet.draftId', '=', 'assignment.draftId')
        .onRef('review_sheet.reviewerId', '=', 'assignment.reviewerId'),
    )
    .where('review_sheet.handedInAt', '>=', since)
    .select(['assignment.reviewerId', 'assignment.assignedAt', 'review_sheet.handedInAt'])
    .select(({ selectFrom }) =>
      selectFrom('draft_step')
        .select(({ fn }) => fn.max('draft_step.at').as('at'))
        .whereRef('draft_step.draftId', '=', 'assignment.draftId')
        .where('draft_step.toState', '=', 'submitted')
        .whereRef('draft_step.at', '<=', 'review_sheet.handedInAt')
        .as('submittedAt'),
    )
    .limit(mostRows)
    .execute()

export const workload = operation({
  name: 'reviews.workload',
  summary: 'Tell how much each reviewer has open and overdue, and how many they did in 90 days',
  http: 'GET /queue/workload',
  input: Type.Object({}, closed),
  output: Type.Object({ reviewers: Type.Array(Load) }),
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context) => {
    const { db, now, actor } = context
    const isOfNode = may(actor, 'submission.assign')
    const own = isOfNode ? undefined : await curation(db).curatedBy(personIn(context))
    if (own?.length === 0) throw new Problem('forbidden', { operation: 'reviews.workload' })
    const since = new Date(now().getTime() - lookedBackDays * dayMs).toISOString()
    const all = assigned(db, own, actor.kind === 'person' ? actor.id : '')
    const [waiting, done] = [await openOf(all), await doneOf(all, since)]
    const ids = [...new Set([...waiting, ...done].map(({ reviewerId }) => reviewerId))]
    const names = await people(db).byIds(ids)
    const today = now().toISOString().slice(0, 10)
    const loads = ids.map((id): Load => {
      const theirs = waiting.filter(({ reviewerId }) => reviewerId === id)
      const days = done.filter(({ reviewerId }) => reviewerId === id).map(daysOf)
      return {
        id,
        name: names.get(id)?.name ?? '',
        open: theirs.length,
        overdue: theirs.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
        done: days.length,
        medianDays: medianOf(days),
      }
    })
    return {
      reviewers: loads.toSorted((a, b) => b.overdue - a.overdue || b.open - a.open || (a.name < b.name ? -1 : 1)),
    }
  },
})

type Done = { assignedAt: string; submittedAt: string | null; handedInAt: string | null }

function daysOf({ assignedAt, submittedAt, handedInAt }: Done): number {
  const from = submittedAt !== null && submittedAt > assignedAt ? submittedAt : assignedAt
  return (Date.parse(handedInAt!) - Date.parse(from)) / dayMs
}

/** To a tenth. */
export function medianOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : Math.round(((low + high) / 2) * 10) / 10
}
