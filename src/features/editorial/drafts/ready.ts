/** What one is writing and has not submitted, with what each still needs: for submitting many at once. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { personIn } from '#accounts/sessions.ts'
import { policyOf } from '../collections/policy.ts'
import { findDraft } from './access.ts'
import { DraftLine, lineOf } from './shapes.ts'
import { violationsOfDraft } from './steps.ts'
import { drafts } from './store.ts'

const atOnce = 100
const waiting: readonly string[] = ['draft', 'changes-requested']

export const ReadyDraft = Type.Object({
  ...DraftLine.properties,
  needs: Type.Array(Type.String(), { description: 'Fields that must be added or corrected before it is submitted' }),
  asksNote: Type.Boolean({ description: 'Its collection asks for a note, which is written on the page of the draft' }),
})
export type ReadyDraft = Static<typeof ReadyDraft>

export const listReady = operation({
  name: 'drafts.ready',
  summary: 'List new drafts that one has not submitted, with what each still needs',
  http: 'GET /drafts/ready',
  input: Type.Object({ after: Type.Integer({ minimum: 0, maximum: 100_000, default: 0 }) }, closed),
  output: Type.Object({ drafts: Type.Array(ReadyDraft), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { after }) => {
    const own = (await drafts(context.db).ofPerson(personIn(context))).filter(
      // A change of a record is looked at beside that record.
      ({ state, baseRevision }) => waiting.includes(state) && baseRevision === null,
    )
    const some: ReadyDraft[] = []
    for (const { id } of own.slice(after, after + atOnce)) {
      const seen = await findDraft(context, id)
      const needs = new Set(violationsOfDraft(seen).map(({ place }) => place.split('.')[0]!))
      some.push({ ...lineOf(seen), needs: [...needs], asksNote: policyOf(seen).noteNeeded })
    }
    return { drafts: some, next: own.length > after + atOnce ? after + atOnce : null }
  },
})
