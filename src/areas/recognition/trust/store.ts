/** The queries of trust lists that others sign. No rules in here. */
import type { Kysely } from 'kysely'
import { parseJson } from '#kernel/input-limits.ts'
import type { ListContent } from './list-document.ts'
import type { SignedListRow, TrustTables } from './tables.ts'

export type SignedList = Omit<SignedListRow, 'list'> & { list: ListContent }

export const signedLists = (db: Kysely<unknown>) => {
  const own = db.withTables<TrustTables>()
  return {
    all: async (): Promise<SignedList[]> =>
      (await own.selectFrom('signed_trust_list').selectAll().orderBy('addedAt').orderBy('id').execute()).map((row) => ({
        ...row,
        list: parseJson(row.list, { bytes: row.list.length * 4, depth: 16 }) as ListContent,
      })),
    put: async ({ list, ...row }: SignedList): Promise<void> => {
      const { id, ...changes } = { ...row, list: JSON.stringify(list) }
      await own
        .insertInto('signed_trust_list')
        .values({ id, ...changes })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
        .execute()
    },
    remove: async (id: string): Promise<boolean> =>
      (await own.deleteFrom('signed_trust_list').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n,
  }
}
