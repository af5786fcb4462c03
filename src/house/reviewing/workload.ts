/** Who has how much to review, how much of it is late, and how long it takes them. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { operation } from '#core/operation.ts'
import type { CurationTables } from '../curation/tables.ts'
import { curation } from '../curation/store.ts'
import { Problem } from '#core/problem.ts'
import type { DraftTables } from '../drafts/tables.ts'
import { may } from '../people/roles.ts'
import { personIn } from '../people/sessions.ts'
import { people } from '../people/store.ts'
import type { ReviewingTables } from './tables.ts'

const dayMs = 86_400_000
const lookedBackDays = 90
const mostRows = 5_000

const Load = Type.Object({
  id: Type.String(),
  name: Type.String(),
  open: Type.Integer({ description: 'Given to them, under review, and not handed in' }),
  overdue: Type.Integer(),
  done: Type.Integer({ description: 'Handed in during the last 90 days' }),
  medianDays: Type.Union([Type.Number(), Type.Null()], { description: 'From being given to being handed in' }),
})
export type Load = Static<typeof Load>

/** Assignments with what came of them, of all submissions or of those to some collections. */
function assigned(db: Kysely<unknown>, collections: readonly string[] | undefined) {
  const own = db.withTables<DraftTables & ReviewingTables & CurationTables>()
  const query = own
    .selectFrom('assignment')
    .innerJoin('draft', 'draft.id', 'assignment.draftId')
    .leftJoin('review_sheet', (join) =>
      join
        .onRef('review_sheet.draftId', '=', 'assignment.draftId')
        .onRef('review_sheet.reviewerId', '=', 'assignment.reviewerId')
        .onRef('review_sheet.handedInAt', '>=', 'assignment.assignedAt'),
    )
    .select([
      'assignment.reviewerId',
      'assignment.assignedAt',
      'assignment.dueOn',
      'draft.state',
      'review_sheet.handedInAt',
    ])
  return collections === undefined
    ? query
    : query.where(({ eb, selectFrom }) =>
        eb('draft.id', 'in', selectFrom('draft_collection').select('draftId').where('collectionId', 'in', collections)),
      )
}

export const workload = operation({
  name: 'reviews.workload',
  summary: 'Tell how much each reviewer has open and overdue, and how many they did in 90 days',
  http: 'GET /queue/workload',
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({ reviewers: Type.Array(Load) }),
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context) => {
    const { db, now, actor } = context
    const isOfHouse = may(actor, 'submission.assign')
    const own = isOfHouse ? undefined : await curation(db).curatedBy(personIn(context))
    if (own?.length === 0) throw new Problem('forbidden', { operation: 'reviews.workload' })
    const since = new Date(now().getTime() - lookedBackDays * dayMs).toISOString()
    const rows = await assigned(db, own)
      .where(({ eb, or }) =>
        or([eb('draft.state', 'in', ['submitted', 'in-review']), eb('review_sheet.handedInAt', '>=', since)]),
      )
      .limit(mostRows)
      .execute()
    const names = await people(db).byIds([...new Set(rows.map(({ reviewerId }) => reviewerId))])
    const today = now().toISOString().slice(0, 10)
    const loads = [...Map.groupBy(rows, ({ reviewerId }) => reviewerId)].map(([id, all]): Load => {
      const open = all.filter(
        ({ handedInAt, state }) => !handedInAt && (state === 'submitted' || state === 'in-review'),
      )
      const days = all.flatMap(({ handedInAt, assignedAt }) =>
        handedInAt && handedInAt >= since ? [(Date.parse(handedInAt) - Date.parse(assignedAt)) / dayMs] : [],
      )
      return {
        id,
        name: names.get(id)?.name ?? '',
        open: open.length,
        overdue: open.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
        done: days.length,
        medianDays: medianOf(days),
      }
    })
    return {
      reviewers: loads.toSorted((a, b) => b.overdue - a.overdue || b.open - a.open || (a.name < b.name ? -1 : 1)),
    }
  },
})

/** To a tenth. */
export function medianOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : Math.round(((low + high) / 2) * 10) / 10
}
