/** The queries of what was counted. No rules in here. */
import { sql, type Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { Counted, UsageTables, UseRow } from './tables.ts'

export const useCounts = (db: Kysely<unknown>) => {
  const own = db.withTables<UsageTables>()
  const add = async (rows: readonly UseRow[]): Promise<void> => {
    for (const some of chunks(rows, 200))
      await own
        .insertInto('use_count')
        .values(some)
        .onConflict((conflict) =>
          conflict
            .columns(['period', 'counted', 'name'])
            .doUpdateSet({ count: sql<number>`use_count.count + excluded.count` }),
        )
        .execute()
  }
  const between = (from: string) => own.selectFrom('use_count').where('period', '>=', from)
  return {
    add,
    /** Sums by name, from a period on. */
    byName: async (counted: Counted, from: string, limit = 100): Promise<{ name: string; count: number }[]> => {
      const rows = await between(from)
        .where('counted', '=', counted)
        .select(['name', ({ fn }) => fn.sum<number | string>('count').as('count')])
        .groupBy('name')
        .orderBy('count', 'desc')
        .orderBy('name')
        .limit(limit)
        .execute()
      return rows.map(({ name, count }) => ({ name, count: Number(count) }))
    },
    byMonth: async (counted: Counted, from: string): Promise<{ month: string; count: number }[]> => {
      const month = sql<string>`substr(period, 1, 7)`
      const rows = await between(from)
        .where('counted', '=', counted)
        .select([month.as('month'), ({ fn }) => fn.sum<number | string>('count').as('count')])
        .groupBy(month)
        .orderBy('month')
        .execute()
      return rows.map(({ month: of, count }) => ({ month: of, count: Number(count) }))
    },
    of: async (counted: Counted, name: string, from: string): Promise<number> => {
      const row = await between(from)
        .where('counted', '=', counted)
        .where('name', '=', name)
        .select(({ fn }) => fn.sum<number | string | null>('count').as('count'))
        .executeTakeFirst()
      return Number(row?.count ?? 0)
    },
    /** The first period of which anything was counted. */
    since: async (): Promise<string | null> =>
      (
        await own
          .selectFrom('use_count')
          .select(({ fn }) => fn.min('period').as('first'))
          .executeTakeFirst()
      )?.first ?? null,
    /** Adds up by month the days before this one. */
    addUp: async (before: string): Promise<void> => {
      const days = await own
        .selectFrom('use_count')
        .selectAll()
        .where('period', '<', before)
        .where(sql<number>`length(period)`, '=', 10)
        .execute()
      if (days.length === 0) return
      const months = new Map<string, UseRow>()
      for (const { period, counted, name, count } of days) {
        const month = period.slice(0, 7)
        const key = `${month} ${counted} ${name}`
        months.set(key, { period: month, counted, name, count: count + (months.get(key)?.count ?? 0) })
      }
      await add([...months.values()])
      await own
        .deleteFrom('use_count')
        .where('period', '<', before)
        .where(sql<number>`length(period)`, '=', 10)
        .execute()
    },
  }
}
