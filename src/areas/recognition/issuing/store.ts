/** The queries of issuing keys and of the status of what was issued. No rules in here. */
import type { Kysely } from 'kysely'
import type { IssuedRow, IssuingKeyRow, RecognitionTables } from '../tables.ts'

export const issuing = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    /** The oldest first; the last one without an end signs. */
    keys: (): Promise<IssuingKeyRow[]> =>
      own.selectFrom('issuing_key').selectAll().orderBy('since').orderBy('publicKey').execute(),
    addKey: async (row: IssuingKeyRow): Promise<void> => {
      await own.insertInto('issuing_key').values(row).execute()
    },
    endKeys: async (until: string): Promise<void> => {
      await own.updateTable('issuing_key').set({ until }).where('until', 'is', null).execute()
    },
    add: async (row: IssuedRow): Promise<void> => {
      await own.insertInto('issued_credential').values(row).execute()
    },
    addMany: async (rows: readonly IssuedRow[]): Promise<void> => {
      await own.insertInto('issued_credential').values(rows).execute()
    },
    find: (id: string): Promise<IssuedRow | undefined> =>
      own.selectFrom('issued_credential').selectAll().where('id', '=', id).executeTakeFirst(),
    findMany: (ids: readonly string[]): Promise<IssuedRow[]> =>
      own.selectFrom('issued_credential').selectAll().where('id', 'in', ids).execute(),

    setState: async (id: string, change: Pick<IssuedRow, 'state' | 'reason' | 'changedAt'>): Promise<void> => {
      await own.updateTable('issued_credential').set(change).where('id', '=', id).execute()
    },
    newest: (limit: number): Promise<IssuedRow[]> =>
      own.selectFrom('issued_credential').selectAll().orderBy('issuedAt', 'desc').orderBy('id').limit(limit).execute(),
    countIn: async (listNumber: number): Promise<number> => {
      const { count } = await own
        .selectFrom('issued_credential')
        .select((of) => of.fn.countAll<number | string>().as('count'))
        .where('listNumber', '=', listNumber)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    lastList: async (): Promise<number> => {
      const { last } = await own
        .selectFrom('issued_credential')
        .select((of) => of.fn.max('listNumber').as('last'))
        .executeTakeFirstOrThrow()
      return Number(last ?? 1)
    },
    /** Those of these places of a list that are taken. */
    taken: async (listNumber: number, places: readonly number[]): Promise<Set<number>> => {
      const rows = await own
        .selectFrom('issued_credential')
        .select('listIndex')
        .where('listNumber', '=', listNumber)
        .where('listIndex', 'in', places)
        .execute()
      return new Set(rows.map(({ listIndex }) => listIndex))
    },
    /** The places of a list that are not valid now. */
    notValidIn: (listNumber: number): Promise<Pick<IssuedRow, 'listIndex' | 'state' | 'changedAt'>[]> =>
      own
        .selectFrom('issued_credential')
        .select(['listIndex', 'state', 'changedAt'])
        .where('listNumber', '=', listNumber)
        .where('state', '!=', 'valid')
        .execute(),
  }
}
