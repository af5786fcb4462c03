/** Drafts that go for good: those that their author deletes, and those that a click began and nobody wrote. */
import { isDeepStrictEqual } from 'node:util'
import { Type, type TSchema } from 'typebox'
import type { Actor, Context } from '#kernel/context.ts'
import type { Running } from '#kernel/feature.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { personIn } from '#accounts/sessions.ts'
import type { Field } from '#records/fields.ts'
import { Done, done, Id } from '#records/inputs.ts'
import type { Kind } from '#records/kind.ts'
import { chunks } from '#records/store.ts'
import { findDraft } from './access.ts'
import { invitations } from './invitation-store.ts'
import { draftNotes } from './note-store.ts'
import { bodyBefore } from './steps.ts'
import { drafts, type Draft } from './store.ts'

const dayMs = 24 * 60 * 60_000

/** In the hands of its author alone, and never published. */
export const isDeletable = ({ ownerId, state }: Pick<Draft, 'ownerId' | 'state'>, actor: Actor): boolean =>
  actor.kind === 'person' && ownerId === actor.id && (state === 'draft' || state === 'withdrawn')

/** Nobody else wrote it, said anything of it, or took a step with it: nothing of others is lost. */
async function isOfOwnerAlone(db: Context['db'], { id, ownerId }: Draft): Promise<boolean> {
  const store = drafts(db)
  return (
    (await store.isAlone(id)) &&
    (await invitations(db).formerAuthors(id)).length === 0 &&
    (await store.steps(id)).every(({ actorId }) => actorId === ownerId)
  )
}

export const deleteDraft = operation({
  name: 'drafts.delete',
  summary: 'Delete a draft of one’s own that was never published and that nobody else had a part in, for good',
  http: 'DELETE /drafts/:id',
  input: Type.Object(
    {
      id: Id,
      revision: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'The save that was looked at' }),
      ),
    },
    closed,
  ),
  output: Done,
  allow: permission('draft.write'),
  run: async (context, { id, revision }) => {
    const { draft } = await findDraft(context, id)
    if (draft.ownerId !== personIn(context)) throw new Problem('forbidden', { operation: 'drafts.delete' })
    if (!isDeletable(draft, context.actor)) throw violation('id', 'deleteInReview')
    if (!(await isOfOwnerAlone(context.db, draft))) throw violation('id', 'deleteOfOthers')
    if (revision !== undefined && revision !== draft.revision) throw violation('id', 'deleteChanged')
    await drafts(context.db).remove([id])
    return done
  },
})

/** What a click alone fills in: where somebody came from, what they answer to, and the usual licence. */
const filledByClick = ['originalLanguage', 'countries', 'areas', 'licence']

const isLink = (shape: (TSchema & { 'x-field'?: Field; items?: TSchema }) | undefined): boolean =>
  shape !== undefined && (shape['x-field']?.type === 'link' || isLink(shape.items))

const isFilledByClick = ({ body }: Pick<Kind, 'body'>, name: string): boolean =>
  filledByClick.includes(name) || isLink((body.properties as Record<string, TSchema>)[name])

async function isUnwritten(db: Context['db'], draft: Draft, kind: Kind): Promise<boolean> {
  if (Object.keys(draft.unread).length > 0) return false
  const before = await bodyBefore(db, { draft })
  const isAsBegun = before
    ? isDeepStrictEqual(draft.body, before)
    : draft.baseRevision === null && Object.keys(draft.body).every((name) => isFilledByClick(kind, name))
  return (
    isAsBegun &&
    (await drafts(db).steps(draft.id)).length === 0 &&
    (await invitations(db).ofDraft(draft.id)).length === 0 &&
    (await draftNotes(db).of(draft.id)).length === 0 &&
    (await isOfOwnerAlone(db, draft))
  )
}

/** Answers how many drafts went. Those that hold a word, a comment, an invitation or a step stay. */
export async function deleteUnwritten({
  database,
  environment,
  services,
}: Pick<Running, 'database' | 'environment' | 'services'>): Promise<number> {
  const before = new Date(environment.now().getTime() - dayMs).toISOString()
  let deleted = 0
  for (const ids of chunks(await drafts(database.read).neverSaved(before)))
    deleted += await database.write(async (db) => {
      const store = drafts(db)
      const unwritten: string[] = []
      for (const id of ids) {
        // Read again: somebody may have saved it meanwhile.
        const draft = await store.find(id)
        const kind = draft && services.kinds.get(draft.kind)
        if (draft?.revision === 1 && draft.state === 'draft' && kind && (await isUnwritten(db, draft, kind)))
          unwritten.push(id)
      }
      await store.remove(unwritten)
      return unwritten.length
    })
  return deleted
}
