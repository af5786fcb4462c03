/** The queries of lists that are kept to be cited. No rules in here. */
import type { Kysely } from 'kysely'
import type { CitedListRow, CitedListTables } from './tables.ts'

export const citedListStore = (db: Kysely<unknown>) => {
  const own = db.withTables<CitedListTables>()
  return {
    find: (id: string): Promise<CitedListRow | undefined> =>
      own.selectFrom('cited_list').selectAll().where('id', '=', id).executeTakeFirst(),
    /** The same list is kept once, with the day on which it was first cited. */
    add: async (row: CitedListRow): Promise<void> => {
      await own
        .insertInto('cited_list')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    },
    remove: async (id: string): Promise<void> => {
      await own.deleteFrom('cited_list').where('id', '=', id).execute()
    },
  }
}
