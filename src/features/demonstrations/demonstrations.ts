/** Records that show how something looks: listing them, and taking all of them away and bringing them back. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { demonstrationsIn } from '#records/demonstration.ts'
import { StoredRecord } from '#records/record.ts'
import { records, type StoredRow } from '#records/store.ts'
import { change } from '#records/write.ts'

export const listDemonstrations = operation({
  name: 'demonstrations.list',
  summary: 'List the demonstrations of this site: records that show how something looks and are about nothing real',
  http: 'GET /demonstrations',
  input: Type.Object({}, closed),
  output: Type.Object({
    records: Type.Array(StoredRecord),
    removed: Type.Integer({ description: 'How many were removed and can be brought back' }),
  }),
  allow: permission('published.read'),
  run: async ({ db }) => {
    const all = await heldIn(db)
    const published = all.filter(({ status }) => status === 'published')
    return { records: published.map(({ digest: _, ...record }) => record), removed: all.length - published.length }
  },
})

export const removeDemonstrations = operation({
  name: 'demonstrations.remove',
  summary: 'Remove all demonstrations: their addresses then answer 410',
  http: 'POST /demonstrations/remove',
  input: Type.Object({}, closed),
  output: Type.Object({ removed: Type.Integer() }),
  allow: permission('record.withdraw'),
  changesPages: true,
  run: async (context) => ({ removed: await turn(context, 'published') }),
})

export const restoreDemonstrations = operation({
  name: 'demonstrations.restore',
  summary: 'Bring back the demonstrations that were removed',
  http: 'POST /demonstrations/restore',
  input: Type.Object({}, closed),
  output: Type.Object({ restored: Type.Integer() }),
  allow: permission('record.withdraw'),
  changesPages: true,
  run: async (context) => ({ restored: await turn(context, 'withdrawn') }),
})

async function heldIn(db: Context['db']): Promise<StoredRow[]> {
  const found = await records(db).findMany((await demonstrationsIn(db)).map(({ id }) => id))
  return [...found.values()].toSorted((one, other) => one.number - other.number)
}

/** Withdraws those that are published, or publishes those that are withdrawn; answers how many. */
async function turn(context: Context, from: StoredRow['status']): Promise<number> {
  const { kinds, sources } = context.services
  const found = (await heldIn(context.db)).filter(({ status }) => status === from)
  for (const before of found) {
    const source = sources.get(before.origin?.collection ?? '')
    // In no language, as a record is read in each.
    const note = source ? `${source.title} (${source.source.address})` : null
    await change(
      context,
      kinds.get(before.kind)!,
      before,
      from === 'published' ? 'withdraw' : 'restore',
      from === 'published' ? { status: 'withdrawn', note } : { status: 'published', note },
    )
  }
  return found.length
}
