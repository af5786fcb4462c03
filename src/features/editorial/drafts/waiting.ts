/** How much waits for somebody: on their desk and, as one number, in the header of each page. Counts alone. */
import { Type, type Static } from 'typebox'
import { sql, type Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import type { CurationTables } from '../collections/tables.ts'
import { isNotReviewed, underReview } from '../reviewing/open-assignments.ts'
import type { ReviewingTables } from '../reviewing/tables.ts'
import type { InvitationTables } from './invitation-store.ts'
import { statesTakingAuthors } from './states.ts'
import type { DraftTables } from './tables.ts'

const Waiting = Type.Object({
  toReview: Type.Integer({ description: 'Given to them, and not yet reviewed' }),
  toDecide: Type.Integer({
    description: 'With no reviewer who has still to hand in: to give away, decide on or publish',
  }),
  toCorrect: Type.Integer({ description: 'Their own, of which changes are asked' }),
  invited: Type.Integer({ description: 'Drafts that they are asked to write with others' }),
})
export type Waiting = Static<typeof Waiting>

type Tables = DraftTables & CurationTables & ReviewingTables & InvitationTables

/** Given to somebody who has not handed in a review since it was last submitted. */
const openAssignments = (db: Kysely<Tables>) =>
  db
    .selectFrom('assignment')
    .innerJoin('draft', 'draft.id', 'assignment.draftId')
    .where('draft.state', 'in', underReview)
    .where(isNotReviewed)

/** What nobody has to review before it is decided; nobody decides on what they wrote. `ofNode`: not only in collections of theirs. */
function toDecide(db: Kysely<Tables>, accountId: string, ofNode: boolean) {
  let query = db
    .selectFrom('draft')
    .where('draft.state', 'in', [...underReview, 'accepted'])
    .where('draft.id', 'not in', openAssignments(db).select('assignment.draftId'))
  for (const table of ['draft_author', 'draft_former_author'] as const)
    query = query.where('draft.id', 'not in', db.selectFrom(table).select('draftId').where('accountId', '=', accountId))
  if (ofNode) return query
  const within = db.selectFrom('collection_curator').select('collectionId').where('accountId', '=', accountId)
  return query.where(
    'draft.id',
    'in',
    db.selectFrom('draft_collection').select('draftId').where('collectionId', 'in', within),
  )
}

/** One query, as each page of somebody who is signed in asks for it. */
export async function waitingFor({ db: any, actor }: Pick<Context, 'db' | 'actor'>): Promise<Waiting> {
  if (actor.kind !== 'person') return { toReview: 0, toDecide: 0, toCorrect: 0, invited: 0 }
  const db = any.withTables<Tables>()
  const toReview = openAssignments(db).where('assignment.reviewerId', '=', actor.id)
  const toCorrect = db
    .selectFrom('draft')
    .innerJoin('draft_author', 'draft_author.draftId', 'draft.id')
    .where('draft.state', '=', 'changes-requested')
    .where('draft_author.accountId', '=', actor.id)
  const invited = db
    .selectFrom('draft_invitation')
    .innerJoin('draft', 'draft.id', 'draft_invitation.draftId')
    .where('draft_invitation.emailKey', '=', people(any).emailKeyOf(actor.id))
    .where('draft.state', 'in', statesTakingAuthors)
  const count = sql<string | number>`count(*)`.as('count')
  const counts = await db
    .selectNoFrom([
      toReview.select(count).as('toReview'),
      toDecide(db, actor.id, may(actor, 'submission.decide')).select(count).as('toDecide'),
      toCorrect.select(count).as('toCorrect'),
      invited.select(count).as('invited'),
    ])
    .executeTakeFirstOrThrow()
  return {
    toReview: Number(counts.toReview),
    toDecide: Number(counts.toDecide),
    toCorrect: Number(counts.toCorrect),
    invited: Number(counts.invited),
  }
}

export const allWaiting = (counts: Waiting): number => Object.values(counts).reduce((sum, one) => sum + one, 0)

export const readWaiting = operation({
  name: 'drafts.waiting',
  summary: 'Count what waits for you: to review, to decide on, to correct, and drafts to write with others',
  http: 'GET /waiting',
  input: Type.Object({}, closed),
  output: Waiting,
  allow: (actor) => actor.kind === 'person',
  run: (context) => {
    personIn(context)
    return waitingFor(context)
  },
})
