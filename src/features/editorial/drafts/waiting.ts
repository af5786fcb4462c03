/** How much waits for somebody: on their desk and, as one number, in the header of each page. Counts alone. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import type { CurationTables } from '../collections/tables.ts'
import { isNotReviewed, underReview } from '../reviewing/open-assignments.ts'
import type { ReviewingTables } from '../reviewing/tables.ts'
import { curation } from '../collections/store.ts'
import type { InvitationTables } from './invitation-store.ts'
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

const numberOf = (row: { count: string | number | bigint } | undefined): number => Number(row?.count ?? 0)

/** What nobody has to review before it is decided; nobody decides on what they wrote. */
async function countToDecide(db: Kysely<Tables>, accountId: string, within: readonly string[] | undefined) {
  if (within?.length === 0) return 0
  let query = db
    .selectFrom('draft')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('draft.state', 'in', [...underReview, 'accepted'])
    .where('draft.id', 'not in', openAssignments(db).select('assignment.draftId'))
  for (const table of ['draft_author', 'draft_former_author'] as const)
    query = query.where('draft.id', 'not in', db.selectFrom(table).select('draftId').where('accountId', '=', accountId))
  if (within)
    query = query.where(
      'draft.id',
      'in',
      db.selectFrom('draft_collection').select('draftId').where('collectionId', 'in', within),
    )
  return numberOf(await query.executeTakeFirst())
}

export async function waitingFor({ db: any, actor }: Pick<Context, 'db' | 'actor'>): Promise<Waiting> {
  if (actor.kind !== 'person') return { toReview: 0, toDecide: 0, toCorrect: 0, invited: 0 }
  const db = any.withTables<Tables>()
  const isOfNode = may(actor, 'submission.decide')
  const within = isOfNode ? undefined : await curation(any).curatedBy(actor.id)
  const emailKey = (await people(any).byId(actor.id))?.emailKey ?? ''
  const [toReview, toDecide, toCorrect, invited] = [
    await openAssignments(db)
      .select(({ fn }) => fn.countAll().as('count'))
      .where('assignment.reviewerId', '=', actor.id)
      .executeTakeFirst(),
    await countToDecide(db, actor.id, within),
    await db
      .selectFrom('draft')
      .innerJoin('draft_author', 'draft_author.draftId', 'draft.id')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('draft.state', '=', 'changes-requested')
      .where('draft_author.accountId', '=', actor.id)
      .executeTakeFirst(),
    await db
      .selectFrom('draft_invitation')
      .innerJoin('draft', 'draft.id', 'draft_invitation.draftId')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('draft_invitation.emailKey', '=', emailKey)
      .where('draft.state', 'in', ['draft', 'changes-requested'])
      .executeTakeFirst(),
  ]
  return { toReview: numberOf(toReview), toDecide, toCorrect: numberOf(toCorrect), invited: numberOf(invited) }
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
