/** How a draft stands before it is sent in: what must still be told or mended, and what it changes of a record. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Id } from '#records/inputs.ts'
import { Changed, changedBetween } from '#records/difference.ts'
import { findDraft } from './access.ts'
import { toldOf } from './keeping-unnamed.ts'
import { bodyBefore, violationsOfDraft } from './steps.ts'

const Fault = Type.Object({
  place: Type.String(),
  rule: Type.String(),
  values: Type.Record(Type.String(), Type.Unknown()),
})

export const checkDraft = operation({
  name: 'drafts.check',
  summary: 'Tell what keeps a draft from being submitted, and what it changes of the published record',
  http: 'GET /drafts/:id/check',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    violations: Type.Array(Fault, { description: 'What must be added or corrected before it is submitted' }),
    changed: Type.Array(Changed, { description: 'Of a draft that changes a record: the fields that differ' }),
  }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    const before = await bodyBefore(context.db, seen)
    const told = toldOf(seen, context.actor)
    const toldBefore = before && toldOf({ ...seen, draft: { ...seen.draft, body: before } }, context.actor)
    return {
      violations: violationsOfDraft(seen, before).filter(({ place }) => !told.withheld.includes(place.split('.')[0]!)),
      changed: toldBefore
        ? changedBetween(seen.kind, toldBefore.body, told.body).filter(({ field }) => !told.withheld.includes(field))
        : [],
    }
  },
})
