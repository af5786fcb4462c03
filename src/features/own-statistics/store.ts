/** The queries of files of statistics that people brought. */
import type { Kysely } from 'kysely'
import type { Choices } from './columns.ts'
import type { ImportRow, OwnStatisticsTables } from './tables.ts'

export type Counts = { added: number; changed: number; unchanged: number; leftOut: number }
export const noCounts: Counts = { added: 0, changed: 0, unchanged: 0, leftOut: 0 }
export type StatisticsImport = Omit<ImportRow, 'choices' | 'counts'> & { choices: Choices; counts: Counts }

const open = ({ choices, counts, ...rest }: ImportRow): StatisticsImport => ({
  ...rest,
  choices: JSON.parse(choices) as Choices,
  counts: JSON.parse(counts) as Counts,
})
const close = ({ choices, counts, ...rest }: Partial<StatisticsImport>): Partial<ImportRow> => ({
  ...rest,
  ...(choices && { choices: JSON.stringify(choices) }),
  ...(counts && { counts: JSON.stringify(counts) }),
})

const mostListed = 200

export const statisticsImports = (db: Kysely<unknown>) => {
  const own = db.withTables<OwnStatisticsTables>()
  return {
    add: async (one: StatisticsImport): Promise<void> => {
      await own
        .insertInto('statistics_import')
        .values(close(one) as ImportRow)
        .execute()
    },
    find: async (id: string): Promise<StatisticsImport | undefined> => {
      const row = await own.selectFrom('statistics_import').selectAll().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    change: async (id: string, changes: Partial<StatisticsImport>): Promise<void> => {
      await own.updateTable('statistics_import').set(close(changes)).where('id', '=', id).execute()
    },
    /** The latest first. */
    list: async (): Promise<StatisticsImport[]> => {
      const rows = own.selectFrom('statistics_import').selectAll().orderBy('createdAt', 'desc').orderBy('id')
      return (await rows.limit(mostListed).execute()).map(open)
    },
    ofPerson: async (ownerId: string): Promise<StatisticsImport[]> =>
      (await own.selectFrom('statistics_import').selectAll().where('ownerId', '=', ownerId).execute()).map(open),
    countSince: async (ownerId: string, since: string): Promise<number> => {
      const { count } = await own
        .selectFrom('statistics_import')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('ownerId', '=', ownerId)
        .where('createdAt', '>', since)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    isFileUsed: async (file: string): Promise<boolean> =>
      (await own.selectFrom('statistics_import').select('id').where('file', '=', file).executeTakeFirst()) !==
      undefined,
    removeStale: async (before: string): Promise<void> => {
      await own.deleteFrom('statistics_import').where('state', '=', 'preview').where('changedAt', '<', before).execute()
    },
    /** What they brought stays, without them; what they only looked at goes. */
    forgetPerson: async (ownerId: string): Promise<void> => {
      await own.deleteFrom('statistics_import').where('ownerId', '=', ownerId).where('state', '=', 'preview').execute()
      await own.updateTable('statistics_import').set({ ownerId: '' }).where('ownerId', '=', ownerId).execute()
    },
  }
}
