/** Records that were merged into others: their addresses lead there, their histories stay. */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type MergedRow = { fromId: string; intoId: string; at: string; by: string; reason: string }
type Tables = { merged: MergedRow }

export const mergedMigration: Migration = {
  name: '0008-house-merged',
  up: async (db) => {
    await sql`create table merged ("fromId" text primary key, "intoId" text not null, at text not null, by text not null, reason text not null)`.execute(
      db,
    )
    await sql`create index merged_by_target on merged ("intoId")`.execute(db)
  },
}

const rows = (db: Kysely<unknown>) => db.withTables<Tables>()

/** Where a merged record leads; only what is withdrawn today leads anywhere. */
export const mergedInto = async (db: Kysely<unknown>, id: string): Promise<string | undefined> =>
  (await rows(db).selectFrom('merged').select('intoId').where('fromId', '=', id).executeTakeFirst())?.intoId

/** What was merged into a record, the latest first. */
export const mergedFrom = (db: Kysely<unknown>, id: string): Promise<MergedRow[]> =>
  rows(db).selectFrom('merged').selectAll().where('intoId', '=', id).orderBy('at', 'desc').limit(200).execute()

/** A record that is there again leads nowhere, whatever becomes of it later. */
export async function forgetMerged(db: Kysely<unknown>, fromId: string): Promise<void> {
  await rows(db).deleteFrom('merged').where('fromId', '=', fromId).execute()
}

/** A merge says in the reason of each of the two versions which record was the other, `(→ id)` and `(+ id)`; undoing it `(− id)`. */
export const mergeMarks = {
  into: (id: string) => ` (→ ${id})`,
  from: (id: string) => ` (+ ${id})`,
  apart: (id: string) => ` (− ${id})`,
}

/** The reason as somebody gave it, and where its record went. */
export function readMergeNote(note: string | null): { words: string | null; into: string | undefined } {
  const [mark = '', sign, id] = /\s*\((→|\+|−) ([0-9a-z]{16})\)$/.exec(note ?? '') ?? []
  return { words: note && note.slice(0, note.length - mark.length), into: sign === '→' ? id : undefined }
}

/** What led to the one that is merged leads on with it. */
export async function noteMerged(db: Kysely<unknown>, row: MergedRow): Promise<void> {
  const { fromId: _, ...rest } = row
  await rows(db).updateTable('merged').set({ intoId: row.intoId }).where('intoId', '=', row.fromId).execute()
  await rows(db)
    .insertInto('merged')
    .values(row)
    .onConflict((conflict) => conflict.column('fromId').doUpdateSet(rest))
    .execute()
}
