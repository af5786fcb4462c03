/** The steps of a draft: submitted, reviewed, sent back, accepted, published; each told to those whom it concerns. */
import { Type } from 'typebox'
import type { Context } from '#core/context.ts'
import { operation } from '#core/operation.ts'
import { Problem, type Misfit } from '#core/problem.ts'
import { takeCare } from '../care/care.ts'
import { expectFiles } from '../files/named.ts'
import { stepsOf } from '../forms/plan.ts'
import { personIn } from '../people/sessions.ts'
import { people } from '../people/store.ts'
import { checkBody, misfitsOfBody } from '../record/check.ts'
import { recordId } from '../record/fields.ts'
import { add, change, expectRevision } from '../record/keep.ts'
import { records } from '../record/store.ts'
import { findDraft, mayStep, type Seen } from './access.ts'
import { tellAuthors } from './notices.ts'
import { DraftShape, shapeOf } from './shapes.ts'
import { reasons, transitionNames, transitions, type State } from './states.ts'
import { drafts } from './store.ts'

const closed = { additionalProperties: false }
const Id = Type.String({ pattern: recordId })

/** What keeps a draft from being sent in: fields that are missing, or that do not fit. */
export function misfitsOfDraft({ draft, kind }: Pick<Seen, 'draft' | 'kind'>): Misfit[] {
  const { body, unread } = draft
  const asked = stepsOf(kind).flatMap((step) => step.asked)
  const missing = asked
    .filter(({ name, isRequired }) => isRequired && body[name] === undefined && unread[name] === undefined)
    .map(({ name }): Misfit => ({ place: name, rule: 'required', values: { missingProperty: name } }))
  const unreadable = Object.keys(unread).map((place): Misfit => ({ place, rule: 'unreadable', values: {} }))
  const known = new Set([...missing, ...unreadable].map(({ place }) => place))
  return [...missing, ...unreadable, ...misfitsOfBody(kind, body).filter(({ place }) => !known.has(place))]
}

export const stepDraft = operation({
  name: 'drafts.step',
  summary: 'Submit a draft, take it into review, ask for changes, accept, publish or withdraw it',
  http: 'POST /drafts/:id/steps',
  changesPages: true,
  input: Type.Object(
    {
      id: Id,
      step: Type.Enum([...transitionNames]),
      revision: Type.Integer({ minimum: 1, description: 'The save that was looked at' }),
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
    const seen = await findDraft(context, id)
    const { draft } = seen
    const { from, to, by, ...rule } = transitions[step] as (typeof transitions)[typeof step] & { needsNote?: true }
    if (!(from as readonly State[]).includes(draft.state) || draft.revision !== revision)
      throw new Problem('conflict', { id, yours: revision, newest: draft.revision })
    if (!mayStep(seen, actor, step)) throw new Problem('forbidden', { operation: `drafts.${step}` })
    if (rule.needsNote && note.trim() === '') throw misfit('note', 'required')
    if (step === 'accept' && !verdict) throw misfit('verdict', 'required')
    if (step === 'submit' || step === 'publish') {
      const misfits = misfitsOfDraft(seen)
      if (misfits.length > 0) throw new Problem('invalid', { count: misfits.length }, { misfits })
    }
    const at = now().toISOString()
    const actorId = personIn(context)
    const store = drafts(db)
    await store.setState(id, to, at)
    const said = verdict ? `${verdict}\n${note}` : note
    await store.addStep({ draftId: id, at, actorId, fromState: draft.state, toState: to, reason, note: said })
    if (step === 'publish') await publish(context, seen)
    if (by !== 'author') await tellAuthors(context, seen, { about: to, note })
    return shapeOf({ ...seen, draft: { ...draft, state: to, changedAt: at } }, actor)
  },
})

const misfit = (place: string, rule: string) =>
  new Problem('invalid', { count: 1 }, { misfits: [{ place, rule, values: {} }] })

/** The draft becomes the record, or a new version of it; what was found by review goes with it. */
async function publish(context: Context, { draft, kind }: Seen): Promise<void> {
  const { db } = context
  const body = checkBody(kind, draft.body)
  await expectFiles(db, body, await drafts(db).authors(draft.id))
  const steps = await drafts(db).steps(draft.id)
  const accepted = steps.findLast(({ toState }) => toState === 'accepted')!
  const revision = draft.baseRevision === null ? await addNew() : await revise(draft.baseRevision)
  const [verdict, ...note] = accepted.note.split('\n')
  const names = await people(db).byIds([accepted.actorId])
  await takeCare(context, draft.recordId, draft.ownerId)
  await drafts(db).addVerdict({
    recordId: draft.recordId,
    revision,
    verdict: verdict === 'sound' ? 'sound' : 'weaknesses',
    reviewers: JSON.stringify([names.get(accepted.actorId)?.name ?? '']),
    appointedBy: accepted.actorId,
    at: accepted.at,
    note: note.join('\n'),
  })

  async function addNew(): Promise<number> {
    await add(context, [{ id: draft.recordId, kind, body, origin: null }])
    return 1
  }
  async function revise(base: number): Promise<number> {
    const before = await records(db).find(draft.recordId)
    if (!before) throw new Problem('recordNotFound', { id: draft.recordId })
    expectRevision(before, base)
    return (await change(context, kind, before, 'revise', { body, note: note.join('\n') || null })).revision
  }
}
