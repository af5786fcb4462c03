/**
 * Notes and keywords of this site on a record that comes from elsewhere. They stand beside the record and never in it, so that no
 * update of its source touches them.
 */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation, noSuch } from '#kernel/problem.ts'
import { languageTag, recordId } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { Done, done } from '#records/inputs.ts'
import { findRecord } from '#records/operations.ts'
import { unique } from '#records/sources/row.ts'
import { noteFurtherWords } from '#search/further-words.ts'
import { additions } from './store.ts'

const Id = Type.String({ pattern: recordId, description: 'Identifier of the record' })
const allow = permission('record.publish')
const mostOfRecord = 100

export const AdditionLine = Type.Object({
  id: Type.String(),
  language: Type.String(),
  note: Type.String(),
  keywords: Type.Array(Type.String()),
  byId: Type.String({ description: 'Who added it' }),
  at: Type.String(),
})
export type AdditionLine = Static<typeof AdditionLine>

/** @throws Problem notFound where the record began here: it is changed itself */
async function findFromElsewhere(context: Context, id: string): Promise<void> {
  const { record } = await findRecord(context, id)
  if (record.origin === null) throw noSuch('elsewhere', id)
}

export const listAdditions = operation({
  name: 'additions.list',
  summary: 'List notes and keywords that this site added to a record of others',
  http: 'GET /records/:id/additions',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ additions: Type.Array(AdditionLine) }),
  allow: () => true,
  run: async ({ db }, { id }) => ({
    additions: (await additions(db).ofRecord(id, mostOfRecord)).map(({ recordId: _, ...one }) => one),
  }),
})

export const addAddition = operation({
  name: 'additions.add',
  summary:
    'Add a note or keywords of this site to a record that comes from elsewhere; its source never overwrites them',
  http: 'POST /records/:id/additions',
  changesPages: true,
  input: Type.Object(
    {
      id: Id,
      language: Type.String({ pattern: languageTag, maxLength: 35, description: 'Of what is added (BCP 47)' }),
      note: Type.String({ maxLength: 5_000, default: '' }),
      keywords: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 50, default: [] }),
    },
    closed,
  ),
  output: AdditionLine,
  allow,
  run: async (context, { id, language, note, keywords }) => {
    await findFromElsewhere(context, id)
    const words = unique(keywords.map((one) => one.trim()).filter(Boolean))
    if (!note.trim() && words.length === 0) throw violation('note', 'required')
    if ((await additions(context.db).ofRecord(id, mostOfRecord)).length >= mostOfRecord)
      throw violation('note', 'maxItems', { limit: mostOfRecord })
    const { actor, random, now } = context
    const added = {
      id: newId(random),
      language,
      note: note.trim(),
      keywords: words,
      byId: actor.kind === 'person' ? actor.id : '',
      at: now().toISOString(),
    }
    await additions(context.db).add({ ...added, recordId: id })
    await noteFurtherWords(context.db, [id])
    return added
  },
})

export const removeAddition = operation({
  name: 'additions.remove',
  summary: 'Remove a note or keywords that this site added to a record of others',
  http: 'DELETE /records/:id/additions/:addition',
  changesPages: true,
  input: Type.Object({ id: Id, addition: Type.String({ maxLength: 100 }) }, closed),
  output: Done,
  allow,
  run: async ({ db }, { id, addition }) => {
    const found = await additions(db).find(addition)
    if (found?.recordId !== id) throw noSuch('addition', addition)
    await additions(db).remove(addition)
    await noteFurtherWords(db, [id])
    return done
  },
})
