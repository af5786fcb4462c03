/** How long people waited for a decision, and how much is reviewed: numbers without names. */
import type { Kysely } from 'kysely'
import type { DraftTables } from './drafts/tables.ts'
import type { ReviewingTables } from './reviewing/tables.ts'

const dayMs = 86_400_000
const mostRows = 10_000
/** Submitted, and nobody has decided yet. */
const undecided = ['submitted', 'in-review'] as const
const decided = ['accepted', 'changes-requested', 'declined'] as const

export type Turnaround = {
  /** Of each decision since then: days from the submission that it answers. */
  days: number[]
  /** Of how many people those submissions were. */
  people: number
  /** Submissions that wait for a decision. */
  waiting: number
  /** Reviews handed in since then. */
  reviews: number
}

/** @param since ISO 8601 */
export async function turnaroundSince(db: Kysely<unknown>, since: string): Promise<Turnaround> {
  const own = db.withTables<DraftTables & ReviewingTables>()
  const steps = await own
    .selectFrom('draft_step')
    .innerJoin('draft', 'draft.id', 'draft_step.draftId')
    .select(['draft_step.at', 'draft.ownerId'])
    .select(({ selectFrom }) =>
      selectFrom('draft_step as before')
        .select(({ fn }) => fn.max('before.at').as('at'))
        .whereRef('before.draftId', '=', 'draft_step.draftId')
        .where('before.toState', '=', 'submitted')
        .whereRef('before.at', '<=', 'draft_step.at')
        .as('submittedAt'),
    )
    .where('draft_step.at', '>=', since)
    .where('draft_step.fromState', 'in', undecided)
    .where('draft_step.toState', 'in', decided)
    .limit(mostRows)
    .execute()
  const counted = async (query: { executeTakeFirst: () => Promise<{ count: string | number | bigint } | undefined> }) =>
    Number((await query.executeTakeFirst())?.count ?? 0)
  return {
    days: steps.flatMap(({ at, submittedAt }) =>
      submittedAt ? [(Date.parse(at) - Date.parse(submittedAt)) / dayMs] : [],
    ),
    people: new Set(steps.map(({ ownerId }) => ownerId)).size,
    waiting: await counted(
      own
        .selectFrom('draft')
        .select(({ fn }) => fn.countAll<string | number>().as('count'))
        .where('state', 'in', undecided),
    ),
    reviews: await counted(
      own
        .selectFrom('review_sheet')
        .select(({ fn }) => fn.countAll<string | number>().as('count'))
        .where('handedInAt', '>=', since),
    ),
  }
}
