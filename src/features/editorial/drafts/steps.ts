/** The steps of a draft: submitted, reviewed, sent back, accepted, published; each told to those whom it concerns. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem, type Violation, violation } from '#kernel/problem.ts'
import { policyOf } from '../collections/policy.ts'
import { curation } from '../collections/store.ts'
import { stepsOf } from '#records/form/plan.ts'
import { personIn } from '#accounts/sessions.ts'
import { checkBody, checkChange, violationsOfBody, violationsOfChange } from '#records/check.ts'
import { Id } from '#records/inputs.ts'
import { add, change, expectRevision } from '#records/write.ts'
import type { Body } from '#records/record.ts'
import { records } from '#records/store.ts'
import { publishReviews } from '../reviewing/publish.ts'
import { handedIn, lastReviews } from '../reviewing/round.ts'
import { findDraft, mayStep, mayWith, type Seen } from './access.ts'
import { conflictOf } from './assigning.ts'
import { isUnnamedTo } from './naming.ts'
import { tellStep } from './notices.ts'
import { rebased } from './rebase.ts'
import { DraftShape, shapeOf } from './shapes.ts'
import { asksWhy, canStep, reasons, reasonsThatFit, transitionNames, transitions } from './states.ts'
import { drafts } from './store.ts'
import type { ToldReviewer } from './tables.ts'

/**
 * What keeps a draft from being sent in: fields that are missing, or that do not fit; of a change, those alone that the
 * record of before did not have.
 */
export function violationsOfDraft(
  { draft, kind, collection }: Pick<Seen, 'draft' | 'kind' | 'collection'>,
  before?: Body,
): Violation[] {
  const { body, unread } = draft
  const { requires } = policyOf({ collection })
  const asked = stepsOf(kind).flatMap((step) => step.asked)
  const missing = asked
    .filter(
      ({ name, isRequired }) =>
        (isRequired || requires.includes(name)) &&
        body[name] === undefined &&
        unread[name] === undefined &&
        !(before && before[name] === undefined),
    )
    .map(({ name }): Violation => ({ place: name, rule: 'required', values: { missingProperty: name } }))
  const unreadable = Object.keys(unread).map((place): Violation => ({ place, rule: 'unreadable', values: {} }))
  const known = new Set([...missing, ...unreadable].map(({ place }) => place))
  const violations = before ? violationsOfChange(kind, before, body) : violationsOfBody(kind, body)
  return [...missing, ...unreadable, ...violations.filter(({ place }) => !known.has(place))]
}

export const stepDraft = operation({
  name: 'drafts.step',
  summary: 'Submit a draft, take it into review, ask for changes, accept, publish, decline or withdraw it',
  http: 'POST /drafts/:id/steps',
  changesPages: true,
  input: Type.Object(
    {
      id: Id,
      step: Type.Enum([...transitionNames]),
      revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'The save that was looked at' }),
      reason: Type.Enum([...reasons], { default: 'none' }),
      note: Type.String({ maxLength: 5_000, default: '' }),
      verdict: Type.Optional(
        Type.Enum(['sound', 'weaknesses'], { description: 'With `accept`: what readers will see beside the record' }),
      ),
    },
    closed,
  ),
  output: DraftShape,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, step, revision, reason, note, verdict }) => {
    const { db, now, actor } = context
    const found = await findDraft(context, id)
    const { draft } = found
    const policy = policyOf(found)
    const { to, by, ...rule } = transitions[step] as (typeof transitions)[typeof step] & { needsNote?: true }
    if (draft.revision !== revision) throw new Problem('conflict', { id, yours: revision, newest: draft.revision })
    if (!canStep(step, draft.state, policy)) throw new Problem('wrongState')
    if (!mayStep(found, actor, step)) throw new Problem('forbidden', { operation: `drafts.${step}` })
    if ((rule.needsNote || policy.noteNeeded) && note.trim() === '') throw violation('note', 'required')
    const offered = policy.reasons.length > 0 ? policy.reasons : reasons
    const isSilent = reason === 'none' && !asksWhy(step, policy)
    if (by !== 'author' && !isSilent && !reasonsThatFit(step, offered).includes(reason))
      throw violation('reason', 'enum')
    if (step === 'accept') {
      if (!verdict) throw violation('verdict', 'required')
      await expectNoConflict(context, found)
      if ((await handedIn(db, found)).length < (policy.reviewsNeeded ?? 0)) throw violation('verdict', 'reviewsNeeded')
    }
    const isWhole = step === 'submit' || step === 'publish'
    const seen = isWhole ? await rebased(context, found) : found
    if (isWhole) {
      const violations = violationsOfDraft(seen, await bodyBefore(db, seen))
      if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
    }
    // Whoever may not say it learns so now, and not from the curator who would publish it.
    if (step === 'submit') await context.services.hooks.proposed(context, seen.draft.body, await drafts(db).authors(id))
    const at = now().toISOString()
    const actorId = personIn(context)
    const store = drafts(db)
    await store.setState(id, to, at)
    const said = verdict ? `${verdict}\n${note}` : note
    await store.addStep({ draftId: id, at, actorId, fromState: draft.state, toState: to, reason, note: said })
    if (step === 'publish') await publish(context, seen)
    await tellStep(context, seen, { step, to, note, reason })
    return shapeOf({ ...seen, draft: { ...seen.draft, state: to, changedAt: at } }, actor)
  },
})

/**
 * A reviewer who may not review it may not say what review found either. Curators may: in a node whose people all
 * work in one place nobody could decide else; their name stands beside what they say.
 * @throws Problem invalid; forbidden where the reason would tell who its authors are
 */
async function expectNoConflict(context: Context, seen: Seen): Promise<void> {
  const conflict = await conflictOf(context, seen, personIn(context))
  if (!conflict || mayWith(seen, context.actor, 'submission.decide')) return
  if (seen.authors.some((id) => isUnnamedTo(seen, context.actor, id)))
    throw new Problem('forbidden', { operation: 'drafts.accept' })
  throw violation('verdict', `judge.${conflict}`)
}

/** Of a draft that changes a record: what that says in the version from which the draft goes on. */
export async function bodyBefore(
  db: Context['db'],
  { draft: { recordId, baseRevision } }: Pick<Seen, 'draft'>,
): Promise<Body | undefined> {
  if (baseRevision === null) return undefined
  const record = await records(db).find(recordId)
  if (!record || record.revision === baseRevision) return record?.body
  return (await records(db).version(record.number, baseRevision))?.body
}

/** The draft becomes the record, or a new version of it; what was found by review goes with it. */
async function publish(context: Context, seen: Seen): Promise<void> {
  const { draft, kind } = seen
  const { db } = context
  const before = await bodyBefore(db, seen)
  const body = before ? checkChange(kind, before, draft.body) : checkBody(kind, draft.body)
  await context.services.hooks.proposed(context, body, await drafts(db).authors(draft.id))
  const steps = await drafts(db).steps(draft.id)
  // None where its collection publishes without review.
  const accepted = steps.findLast(({ toState }) => toState === 'accepted' || toState === 'submitted')
  const [verdict, ...words] = accepted?.toState === 'accepted' ? accepted.note.split('\n') : []
  // Where reviews are not published, neither is what was said of them: readers learn the verdict alone.
  const note = policyOf(seen).publishesReviews ? words.join('\n') : ''
  const revision = draft.baseRevision === null ? await addNew() : await revise(draft.baseRevision)
  const { recordId, ownerId } = draft
  await context.services.hooks.published(context, { recordId, revision, ownerId })
  if (seen.collection)
    await curation(db).putMember({
      collectionId: seen.collection.id,
      recordId: draft.recordId,
      state: 'member',
      at: context.now().toISOString(),
      byId: personIn(context),
    })
  if (accepted && verdict !== undefined)
    await tellVerdict(context, seen, {
      revision,
      verdict: verdict === 'sound' ? 'sound' : 'weaknesses',
      note,
      at: accepted.at,
      by: accepted.actorId,
    })
  await drafts(db).forgetSaves(draft.id, draft.revision)

  async function addNew(): Promise<number> {
    await add(context, [{ id: draft.recordId, kind, body, origin: null }])
    return 1
  }
  async function revise(base: number): Promise<number> {
    const before = await records(db).find(draft.recordId)
    if (!before) throw new Problem('recordNotFound', { id: draft.recordId })
    if (before.status === 'withdrawn')
      throw new Problem('withdrawn', { id: before.id, reason: before.note ?? '', at: before.changedAt })
    expectRevision(before, base)
    return (await change(context, kind, before, 'revise', { body, note: note || null, told: seen.authors })).revision
  }
}

type Verdict = { revision: number; verdict: 'sound' | 'weaknesses'; note: string; at: string; by: string }

/** Readers learn who reviewed it, unless its collection keeps reviewers unnamed: then it is written nowhere they reach. */
async function tellVerdict(context: Context, seen: Seen, { revision, verdict, note, at, by }: Verdict): Promise<void> {
  const { db } = context
  const { draft, collection } = seen
  const { round, written } = await lastReviews(db, seen)
  const reviewers = written.length > 0 ? written.map(({ reviewerId }) => reviewerId) : [by]
  const told = policyOf(seen).blindness === 'open' ? reviewers.map((account): ToldReviewer => ({ account })) : []
  await drafts(db).addVerdict({
    recordId: draft.recordId,
    revision,
    verdict,
    reviewers: JSON.stringify(told),
    appointedBy: by,
    collectionId: collection?.id ?? null,
    at,
    note,
  })
  if (policyOf(seen).publishesReviews) await publishReviews(context, seen, revision, { round, written })
}
