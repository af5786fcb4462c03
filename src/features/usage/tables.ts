import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** How often something was read on a day, or, of what is long past, in a month. It holds nothing of who read. */
export type UseRow = {
  /** `YYYY-MM-DD`, or `YYYY-MM` once the days of a month were added up. */
  period: string
  /** What is counted: `countables`. */
  counted: string
  /** The type of page, the language, the form of a download, or the identifier of a record. */
  name: string
  count: number
}
export type UsageTables = { use_count: UseRow }

export const countables = ['page', 'language', 'download', 'api', 'record', 'record-download'] as const
export type Counted = (typeof countables)[number]

export const usageMigration: Migration = {
  name: '0148-use-counts',
  up: async (db) => {
    await sql`create table use_count (period text not null, counted text not null, name text not null, count integer not null, primary key (period, counted, name))`.execute(
      db,
    )
    await sql`create index use_count_by_name on use_count (counted, name)`.execute(db)
  },
}
