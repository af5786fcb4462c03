/** Reviewers write what they found of a submission: saved as often as they like, then handed in. */
import { Type, type Static } from 'typebox'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem, type Violation } from '#kernel/problem.ts'
import { policyOf } from '../collections/policy.ts'
import { findDraft, mayDecide } from '../drafts/access.ts'
import { namingFor } from '../drafts/naming.ts'
import { tell } from '../drafts/notices.ts'
import { personIn } from '#accounts/sessions.ts'
import { Id } from '#records/inputs.ts'
import { Criteria } from './shapes.ts'
import { agreementOf, maySeeOthers, roundOf, roundsOf, rubricFor, type Rubric } from './round.ts'
import { sheets, type Spreadsheet, type SpreadsheetBody } from './store.ts'

const words = (maxLength: number) => Type.String({ maxLength, default: '' })

const Given = Type.Object(
  {
    criterion: Type.String({ maxLength: 50 }),
    level: Type.Optional(Type.Number()),
    reason: words(5_000),
  },
  closed,
)
const Verdict = Type.Enum(['sound', 'weaknesses'])

export const writeReview = operation({
  name: 'reviews.write',
  summary: 'Write your review of a submission; once submitted, it cannot be changed and you can see those of others',
  http: 'PUT /queue/:id/review',
  input: Type.Object(
    {
      id: Id,
      language: Type.Enum([...languages], { description: 'It is written in' }),
      scores: Type.Array(Given, { maxItems: 50, default: [] }),
      verdict: Type.Optional(Verdict),
      summary: words(5_000),
      strong: words(10_000),
      weak: words(10_000),
      handIn: Type.Boolean({ default: false }),
    },
    closed,
  ),
  output: Type.Object({ isHandedIn: Type.Boolean() }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, handIn, language, ...given }) => {
    const { db, now } = context
    const seen = await findDraft(context, id)
    const self = personIn(context)
    const own = seen.assignments.find(({ reviewerId }) => reviewerId === self)
    const isOpen = seen.draft.state === 'submitted' || seen.draft.state === 'in-review'
    if (!own || own.interest === null || !isOpen) throw new Problem('forbidden', { operation: 'reviews.write' })
    const rubric = await rubricFor(db, seen.kind, policyOf(seen).rubric)
    const round = await roundOf(db, id)
    const store = sheets(db)
    const before = (await store.of(id)).find((one) => one.reviewerId === self && one.round === round)
    const violations =
      before?.handedInAt != null ? [violation('review', 'handedIn')] : violationsOf(given, rubric, handIn)
    if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
    const at = now().toISOString()
    await store.put({
      draftId: id,
      reviewerId: self,
      round,
      rubricId: rubric?.id ?? null,
      rubricRevision: rubric?.revision ?? null,
      language,
      ...given,
      changedAt: at,
      handedInAt: handIn ? at : null,
    })
    if (handIn) await tell(context, seen, [own.assignedBy], { about: 'handedIn' })
    return { isHandedIn: handIn }
  },
})

const violation = (place: string, rule: string): Violation => ({ place, rule, values: {} })

/** Levels that the rubric does not have; and, of what is handed in, what is still missing. */
function violationsOf({ scores, verdict }: SpreadsheetBody, rubric: Rubric | null, isComplete: boolean): Violation[] {
  const criteria = rubric?.criteria ?? []
  const strange = scores.flatMap(({ criterion, level }) => {
    const asked = criteria.find(({ code }) => code === criterion)
    if (!asked) return [violation(`level.${criterion}`, 'additionalProperties')]
    return level === undefined || asked.levels.some(({ number }) => number === level)
      ? []
      : [violation(`level.${criterion}`, 'level')]
  })
  if (!isComplete) return strange
  const missing = criteria.flatMap(({ code }) => {
    const given = scores.find(({ criterion }) => criterion === code)
    return [
      ...(given?.level === undefined ? [violation(`level.${code}`, 'required')] : []),
      ...(given?.reason.trim() ? [] : [violation(`reason.${code}`, 'required')]),
    ]
  })
  return [...strange, ...missing, ...(verdict ? [] : [violation('verdict', 'required')])]
}

const Written = Type.Object(
  {
    reviewer: Type.String({ description: 'Name; empty where it is not told' }),
    isOwn: Type.Boolean(),
    round: Type.Integer({ description: 'From one submission to the next' }),
    isEarlier: Type.Boolean({ description: 'Of a round before this one: of a text that was submitted anew since' }),
    language: Type.String(),
    scores: Type.Array(Given),
    verdict: Type.Union([Verdict, Type.Null()]),
    summary: Type.String(),
    strong: Type.String(),
    weak: Type.String(),
    handedInAt: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'WrittenReview' },
)
export type Written = Static<typeof Written>

export const WrittenReviews = Type.Object({
  rubric: Type.Union([Criteria, Type.Null()]),
  /** May the one who asks write one now? */
  mayWrite: Type.Boolean(),
  round: Type.Integer(),
  reviews: Type.Array(Written),
  waitingFor: Type.Integer({ description: 'Reviewers who have not submitted theirs' }),
  needed: Type.Union([Type.Integer(), Type.Null()], { description: 'Reviews that must be there before it is decided' }),
  agreement: Type.Union([
    Type.Object({
      alpha: Type.Union([Type.Number(), Type.Null()], { description: 'Krippendorff’s alpha, ordinal' }),
      reads: Type.Enum(['good', 'tentative', 'low', 'untold']),
      criteria: Type.Integer(),
    }),
    Type.Null(),
  ]),
})
export type WrittenReviews = Static<typeof WrittenReviews>

export const writtenReviews = operation({
  name: 'reviews.written',
  summary: 'Read the reviews of a submission: one’s own, and those of others when one may see them',
  http: 'GET /queue/:id/written',
  input: Type.Object({ id: Id }, closed),
  output: WrittenReviews,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }): Promise<WrittenReviews> => {
    const { db, actor } = context
    const seen = await findDraft(context, id)
    const self = personIn(context)
    const [all, rounds] = [await sheets(db).of(id), await roundsOf(db, id)]
    const round = rounds.length
    const mine = all.filter(({ reviewerId }) => reviewerId === self)
    const own = mine.find((one) => one.round === round)
    const isSeen = maySeeOthers(seen, actor, rounds, mine)
    const others = all.filter((one) => one.reviewerId !== self && one.handedInAt !== null && isSeen(one.round))
    const names = await namingFor(
      context,
      seen,
      others.map(({ reviewerId }) => reviewerId),
    )
    // What one began and never handed in before it came back is of no use to anybody.
    const shown = [...mine.filter((one) => one === own || one.handedInAt !== null), ...others].toSorted(
      (a, b) => b.round - a.round,
    )
    const finished = new Set(all.filter((one) => one.round === round && one.handedInAt).map((one) => one.reviewerId))
    const asked = seen.assignments.find(({ reviewerId }) => reviewerId === self)
    const isOpen = seen.draft.state === 'submitted' || seen.draft.state === 'in-review'
    const isSeer = mayDecide(seen, actor) || asked !== undefined
    return {
      rubric: await rubricFor(db, seen.kind, policyOf(seen).rubric),
      mayWrite: isOpen && asked !== undefined && asked.interest !== null && !own?.handedInAt,
      round,
      reviews: shown.map((one) =>
        told(one, {
          isOwn: one.reviewerId === self,
          isEarlier: one.round < round,
          reviewer: names.nameOf(one.reviewerId),
        }),
      ),
      waitingFor: isSeer ? seen.assignments.filter(({ reviewerId }) => !finished.has(reviewerId)).length : 0,
      needed: policyOf(seen).reviewsNeeded ?? null,
      agreement: agreementOf(shown.filter((one) => one.handedInAt !== null && one.round === round)),
    }
  },
})

const told = (
  { round, language, scores, verdict, summary, strong, weak, handedInAt }: Spreadsheet,
  who: Pick<Written, 'reviewer' | 'isOwn' | 'isEarlier'>,
): Written => ({
  ...who,
  round,
  language,
  scores,
  verdict: verdict ?? null,
  summary,
  strong,
  weak,
  handedInAt,
})
