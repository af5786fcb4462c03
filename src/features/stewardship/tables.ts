import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'
import type { Stage } from './rules.ts'

export type CareTables = {
  /** Who looks after a record, and when they must look at it again. */
  care: { recordId: string; ownerId: string; lookAgainOn: string; toldOf: Stage }
}

export const stewardshipMigration: Migration = {
  name: '0005-house-care',
  up: async (db) => {
    await sql`create table care ("recordId" text primary key, "ownerId" text not null, "lookAgainOn" text not null, "toldOf" text not null)`.execute(
      db,
    )
    await sql`create index care_by_day on care ("lookAgainOn")`.execute(db)
  },
}
