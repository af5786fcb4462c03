/** Undoing a merge restores both records: what nobody changed since says again what it said before, and links lead back. */
import type { Context } from '#kernel/context.ts'
import { mergeMarks, readMergeNote } from '#records/merged.ts'
import { isSame } from '#records/sources/sum-up.ts'
import { records, type StoredRow } from '#records/store.ts'
import { change } from '#records/write.ts'
import { mostLinks, relinkNote } from './merge.ts'

/** `before`: the record that was merged into another, as it was until it was brought back; `reason`: why it was. */
export async function undoMerge(context: Context, before: StoredRow, reason: string): Promise<void> {
  const { into } = readMergeNote(before.note)
  if (into === undefined) return
  const store = records(context.db)
  const target = await store.find(into)
  if (target?.note?.endsWith(mergeMarks.from(before.id)))
    await asBefore(context, target, reason + mergeMarks.apart(before.id))
  const numbers = new Set<number>()
  for (const { rel } of await store.countLinksTo(into))
    for (const number of await store.linksTo([into], rel, mostLinks)) numbers.add(number)
  const linking = await store.byNumbers([...numbers])
  for (const record of (await store.findMany(linking.map(({ id }) => id))).values())
    if (record.note === relinkNote(before.id, into)) await asBefore(context, record, relinkNote(into, before.id))
}

/** Its newest version is that of the merge: the one before it is made anew. */
async function asBefore(context: Context, record: StoredRow, note: string): Promise<void> {
  const kind = context.services.kinds.get(record.kind)
  const earlier = await records(context.db).version(record.number, record.revision - 1)
  if (!kind || record.status !== 'published' || !earlier || isSame(earlier.body, record.body)) return
  await change(context, kind, record, 'revise', { body: earlier.body, note })
}
