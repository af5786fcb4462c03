/** The queries of the register of credentials. No rules in here. */
import type { Kysely } from 'kysely'
import type { RegisteredRow, RegisterTables } from './tables.ts'

const rowsPerInsert = 500

export const register = (db: Kysely<unknown>) => {
  const own = db.withTables<RegisterTables>()
  return {
    add: async (rows: readonly RegisteredRow[]): Promise<void> => {
      for (let start = 0; start < rows.length; start += rowsPerInsert)
        await own
          .insertInto('credential_event')
          .values(rows.slice(start, start + rowsPerInsert))
          .execute()
    },
    /** The oldest first. */
    waiting: (limit: number): Promise<RegisteredRow[]> =>
      own
        .selectFrom('credential_event')
        .selectAll()
        .where('batch', 'is', null)
        .orderBy('at')
        .orderBy('id')
        .limit(limit)
        .execute(),
    enter: async (id: string, batch: number, place: number): Promise<void> => {
      await own.updateTable('credential_event').set({ batch, place }).where('id', '=', id).execute()
    },
    ofCredential: (sha256: string): Promise<RegisteredRow[]> =>
      own.selectFrom('credential_event').selectAll().where('sha256', '=', sha256).orderBy('at').orderBy('id').execute(),
    inBatch: (batch: number): Promise<RegisteredRow[]> =>
      own.selectFrom('credential_event').selectAll().where('batch', '=', batch).orderBy('place').execute(),
  }
}
