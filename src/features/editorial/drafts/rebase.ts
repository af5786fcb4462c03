/** A record may change while a draft of it is written: the draft then goes on from what the record says now. */
import { Type } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { Id } from '#records/inputs.ts'
import { mergedInto } from '#records/merged.ts'
import { records } from '#records/store.ts'
import { expectMayWrite, findDraft, type Seen } from './access.ts'
import { merge, type Conflict } from './merge.ts'
import { DraftShape, shapeOf } from './shapes.ts'
import { drafts, type Draft, type Values } from './store.ts'

const Conflict = Type.Object({ field: Type.String(), theirs: Type.Unknown(), mine: Type.Unknown() })

/** The draft as it would be on the newest version, and what both changed; nothing where it is on that already. */
async function onNewest(
  db: Kysely<unknown>,
  { draft }: Pick<Seen, 'draft'>,
): Promise<{ draft: Draft; conflicts: Conflict[] } | undefined> {
  if (draft.baseRevision === null) return undefined
  const store = records(db)
  const known = await store.find(draft.recordId)
  if (!known) throw new Problem('recordNotFound', { id: draft.recordId })
  // What was merged goes on as the record that it is now.
  const into = known.status === 'withdrawn' ? await mergedInto(db, known.id) : undefined
  const newest = into === undefined ? known : await store.find(into)
  if (!newest || newest.status === 'withdrawn')
    throw new Problem('withdrawn', { id: known.id, reason: known.note ?? '', at: known.changedAt })
  if (newest.id === known.id && newest.revision === draft.baseRevision) return undefined
  const base: Values =
    known.revision === draft.baseRevision
      ? known.body
      : ((await store.version(known.number, draft.baseRevision))?.body ?? {})
  const mine = Object.fromEntries(
    [...Object.keys(base), ...Object.keys(draft.body)].map((name) => [name, draft.body[name] ?? null]),
  )
  const { body, conflicts } = merge(base, newest.body, mine)
  return { draft: { ...draft, recordId: newest.id, baseRevision: newest.revision, body }, conflicts }
}

/** The draft on the newest version. @throws Problem invalid where both changed the same */
export async function rebased(context: Context, seen: Seen): Promise<Seen> {
  const found = await onNewest(context.db, seen)
  if (!found) return seen
  const { draft, conflicts } = found
  const violations = conflicts.map(({ field }) => ({ place: field, rule: 'changedMeanwhile', values: {} }))
  if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
  await drafts(context.db).rebase(draft)
  return { ...seen, draft }
}

export const rebaseDraft = operation({
  name: 'drafts.rebase',
  summary: 'Update a draft of a record to its newest version; what both changed stays as in the draft, and is listed',
  http: 'POST /drafts/:id/rebase',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ draft: DraftShape, conflicts: Type.Array(Conflict) }),
  allow: permission('draft.write'),
  run: async (context, { id }) => {
    const { db, now, actor } = context
    const seen = await findDraft(context, id)
    expectMayWrite(seen, actor)
    const found = await onNewest(db, seen)
    if (!found) return { draft: shapeOf(seen, actor), conflicts: [] }
    const { draft, conflicts } = found
    const own = Object.fromEntries(conflicts.map(({ field, mine }) => [field, mine ?? undefined]))
    const saved: Draft = {
      ...draft,
      body: { ...draft.body, ...own },
      revision: draft.revision + 1,
      changedAt: now().toISOString(),
      changedBy: personIn(context),
    }
    const store = drafts(db)
    await store.rebase(saved)
    await store.save(saved)
    return { draft: shapeOf({ ...seen, draft: saved }, actor), conflicts }
  },
})
