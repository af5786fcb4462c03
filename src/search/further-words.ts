/**
 * Words outside a record by which it is found too: a feature offers them (`furtherWords`), and says when they changed
 * (`noteFurtherWords`). The journal is of what is published and does not hear of them, so each process keeps a place of
 * its own among these notes, and begins with all of them when it starts: they are few.
 */
import { sql, type Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { SearchText } from './contract.ts'
import type { FurtherWordsTables } from './tables.ts'

/** The words that a feature has for these records, by identifier. */
export type FurtherWords = (
  db: Kysely<unknown>,
  recordIds: readonly string[],
) => Promise<ReadonlyMap<string, readonly SearchText[]>>

declare module '#kernel/feature.ts' {
  interface Feature {
    /** Words outside the records by which search finds them. */
    furtherWords?: FurtherWords
  }
}

/** What all features together offer. */
export const joinFurtherWords =
  (all: readonly FurtherWords[]): FurtherWords =>
  async (db, recordIds) => {
    const joined = new Map<string, SearchText[]>()
    for (const one of all)
      for (const [id, texts] of await one(db, recordIds)) joined.set(id, [...(joined.get(id) ?? []), ...texts])
    return joined
  }

/** Within the transaction that changes the words: these records are made searchable anew. */
export async function noteFurtherWords(tx: Kysely<unknown>, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return
  const own = tx.withTables<FurtherWordsTables>()
  // The row is held until the transaction ends: who reads a number has seen all before it.
  const { seq } = await own
    .updateTable('search_further_words_head')
    .set({ seq: sql<number>`seq + 1` })
    .where('one', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow()
  for (const some of chunks([...new Set(recordIds)]))
    await own
      .insertInto('search_further_words')
      .values(some.map((recordId) => ({ recordId, seq })))
      .onConflict((conflict) => conflict.column('recordId').doUpdateSet({ seq }))
      .execute()
}

/** What was noted after a place, in its order. */
export const notedFurtherWords = (db: Kysely<unknown>, after: number): Promise<{ recordId: string; seq: number }[]> =>
  db
    .withTables<FurtherWordsTables>()
    .selectFrom('search_further_words')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .execute()

export const newestFurtherWords = async (db: Kysely<unknown>): Promise<number> =>
  (
    await db
      .withTables<FurtherWordsTables>()
      .selectFrom('search_further_words_head')
      .select('seq')
      .executeTakeFirstOrThrow()
  ).seq
