/** The collection that a draft is for. */
import { Type } from 'typebox'
import type { Context } from '#core/context.ts'
import { closed, operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { permission } from '#core/permission.ts'
import { belongingsOf, policyIn } from '../curation/belonging.ts'
import { findCollection } from '../curation/keeping.ts'
import { curation } from '../curation/store.ts'
import { Id } from '../record/inputs.ts'
import { roundOf } from '../reviewing/round.ts'
import { findDraft, isAuthor } from './access.ts'
import { DraftShape, shapeOf } from './shapes.ts'

export const chooseCollection = operation({
  name: 'drafts.choose',
  summary: 'Choose the collection that a draft is for; until it is submitted for the first time',
  http: 'PUT /drafts/:id/collection',
  input: Type.Object({ id: Id, collection: Type.Union([Id, Type.Null()]) }, closed),
  output: DraftShape,
  allow: permission('draft.write'),
  run: async (context, { id, collection }) => {
    const { db, actor } = context
    const seen = await findDraft(context, id)
    if (!isAuthor(seen, actor) || !(await isStillOpen(context, id)))
      throw new Problem('forbidden', { operation: 'drafts.choose' })
    const record = collection === null ? undefined : await findCollection(context, collection)
    await curation(db).choose(id, record ? { collectionId: record.id, blindness: policyIn(record).blindness } : null)
    return shapeOf({ ...seen, collection: (await belongingsOf(db, [id])).get(id) }, actor)
  },
})

/** Once it was submitted, people reviewed it under the terms of its collection: those cannot be changed behind their backs. */
const isStillOpen = async ({ db }: Pick<Context, 'db'>, draftId: string): Promise<boolean> =>
  (await roundOf(db, draftId)) === 0
