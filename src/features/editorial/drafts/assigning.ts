/** To whom a submission is given, and who may not have it. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { isDay } from '#kernel/days.ts'
import { violation, Problem } from '#kernel/problem.ts'
import { mayWithin } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import type { Account } from '#accounts/tables.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { handedIn } from '../reviewing/round.ts'
import { findDraft, isAuthor, mayWith, type Seen } from './access.ts'
import { tell } from './notices.ts'
import { drafts } from './store.ts'
import { haveWrittenTogether } from './written-together.ts'

/** @throws Problem forbidden to those who may not give it away, and to those who wrote it. */
async function findToAssign(context: Context, id: string, operationName: string): Promise<Seen> {
  const seen = await findDraft(context, id)
  const hasWritten = isAuthor(seen, context.actor) || seen.formerAuthors?.includes(personIn(context))
  if (!mayWith(seen, context.actor, 'submission.assign') || hasWritten)
    throw new Problem('forbidden', { operation: operationName })
  return seen
}

/** By a role of the node, or as a curator of the collection that it was submitted to. */
export const isReviewerFor = ({ collection }: Seen, { id, roles }: Account): boolean =>
  mayWithin({ kind: 'person', id, roles }, 'submission.review', collection?.curators ?? [])

/** Why somebody may not review it: they wrote it, wrote something else with its authors, or work where its authors or its organisations are. */
export async function conflictOf(
  { db }: Pick<Context, 'db'>,
  { authors, formerAuthors = [], draft }: Seen,
  reviewerId: string,
): Promise<'author' | 'coauthor' | 'colleague' | undefined> {
  if (authors.includes(reviewerId) || formerAuthors.includes(reviewerId)) return 'author'
  const writers = [...new Set([...authors, ...formerAuthors])]
  if (await haveWrittenTogether(db, reviewerId, writers)) return 'coauthor'
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
  output: Done,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, reviewer, dueOn = null }) => {
    if (dueOn !== null && !isDay(dueOn)) throw violation('dueOn', 'noSuchDay', { text: dueOn })
    const seen = await findToAssign(context, id, 'reviews.assign')
    const account = await people(context.db).byId(reviewer)
    const isReviewer = account?.state === 'active' && isReviewerFor(seen, account)
    const conflict = isReviewer ? await conflictOf(context, seen, reviewer) : 'role'
    if (conflict) throw violation('reviewer', `interest.${conflict}`)
    // Given again, only the day is another: what they said of their interest, and since when they have it, stays.
    const before = seen.assignments.find(({ reviewerId }) => reviewerId === reviewer)
    await drafts(context.db).assign({
      draftId: id,
      reviewerId: reviewer,
      assignedBy: personIn(context),
      assignedAt: before?.assignedAt ?? context.now().toISOString(),
      dueOn,
      interest: before?.interest ?? null,
    })
    await tell(context, seen, [reviewer], {
      about: dueOn === null ? 'assigned' : 'assignedUntil',
      values: (_t, language) => ({ day: dueOn === null ? '' : formatsIn(language).day(dueOn) }),
    })
    return done
  },
})

export const declareInterest = operation({
  name: 'reviews.declare',
  summary:
    'Declare whether you have a conflict of interest before you submit a review; if you have, the review is assigned to another person',
  http: 'POST /queue/:id/declaration',
  input: Type.Object(
    { id: Id, hasInterest: Type.Boolean(), note: Type.String({ maxLength: 2_000, default: '' }) },
    closed,
  ),
  output: Done,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, hasInterest, note }) => {
    const seen = await findDraft(context, id)
    const self = personIn(context)
    const own = seen.assignments.find(({ reviewerId }) => reviewerId === self)
    if (!own) throw new Problem('forbidden', { operation: 'reviews.declare' })
    const isHandedIn = (await handedIn(context.db, seen)).some(({ reviewerId }) => reviewerId === self)
    if (isHandedIn) throw violation('review', 'handedIn')
    const store = drafts(context.db)
    if (hasInterest) {
      await store.unassign(id, self)
      await tell(context, seen, [own.assignedBy], { about: 'givenBack', note: note })
    } else await store.assign({ ...own, interest: note.trim() || 'none' })
    return done
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
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findToAssign(context, id, 'reviews.reviewers')
    const store = people(context.db)
    const own = await store.byIds(seen.collection?.curators ?? [])
    const all = [...(await store.withRole('reviewer')), ...(await store.withRole('curator')), ...own.values()]
    const accounts = new Map(all.filter(({ state }) => state === 'active').map((one) => [one.id, one]))
    const open = await drafts(context.db).inStates(['submitted', 'in-review'], { limit: 500 })
    const ids = open.map((draft) => draft.id)
    // A number that counts what one wrote oneself would tell by whom it is reviewed.
    const authors = await drafts(context.db).authorsOf(ids)
    const given = await drafts(context.db).assignments(
      ids.filter((one) => !authors.get(one)?.includes(personIn(context))),
    )
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
