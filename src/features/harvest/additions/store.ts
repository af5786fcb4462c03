/** The queries of what people add to records of others. No rules in here. */
import type { Kysely } from 'kysely'
import { compiledByShape } from '#kernel/database/compiled.ts'
import { chunks } from '#records/store.ts'
import type { AdditionRow, AdditionTables } from './tables.ts'

export type Addition = Omit<AdditionRow, 'keywords'> & { keywords: string[] }

const open = ({ keywords, ...row }: AdditionRow): Addition => ({ ...row, keywords: JSON.parse(keywords) as string[] })

const allIn = (own: Kysely<AdditionTables>) => own.selectFrom('record_addition').selectAll().orderBy('at').orderBy('id')
const additionsOf = compiledByShape((own: Kysely<AdditionTables>, limit: number, recordId: string) =>
  allIn(own).where('recordId', '=', recordId).limit(limit),
)

export const additions = (db: Kysely<unknown>) => {
  const own = db.withTables<AdditionTables>()
  const all = () => allIn(own)
  return {
    find: async (id: string): Promise<Addition | undefined> => {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    ofRecord: async (recordId: string, limit: number): Promise<Addition[]> =>
      (await additionsOf(own, limit, recordId)).map(open),
    ofRecords: async (recordIds: readonly string[]): Promise<Addition[]> => {
      const found: Addition[] = []
      for (const some of chunks(recordIds))
        found.push(...(await all().where('recordId', 'in', some).execute()).map(open))
      return found
    },
    /** All records to which something was added. */
    recordIds: async (): Promise<string[]> =>
      (await own.selectFrom('record_addition').select('recordId').distinct().execute()).map(({ recordId }) => recordId),
    by: async (byId: string): Promise<Addition[]> => (await all().where('byId', '=', byId).execute()).map(open),
    add: async ({ keywords, ...row }: Addition): Promise<void> => {
      await own
        .insertInto('record_addition')
        .values({ ...row, keywords: JSON.stringify(keywords) })
        .execute()
    },
    remove: async (id: string): Promise<void> => {
      await own.deleteFrom('record_addition').where('id', '=', id).execute()
    },
    /** What was added to one record is to another from now on. */
    move: async (from: string, into: string): Promise<void> => {
      await own.updateTable('record_addition').set({ recordId: into }).where('recordId', '=', from).execute()
    },
  }
}
