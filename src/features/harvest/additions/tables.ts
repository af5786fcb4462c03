import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What people of this site add to a record that is kept up to date elsewhere. */
export type AdditionRow = {
  id: string
  recordId: string
  /** Of the note and the keywords (BCP 47). */
  language: string
  note: string
  /** JSON: a list */
  keywords: string
  byId: string
  at: string
}
export type AdditionTables = { record_addition: AdditionRow }

export const additionsMigration: Migration = {
  name: '0162-record-additions',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table record_addition (id text primary key, "recordId" text not null, language text not null, note text not null, keywords text not null, "byId" text not null, at text not null)',
    )
    await run('create index record_addition_record on record_addition ("recordId", at)')
    await run('create index record_addition_by on record_addition ("byId")')
  },
}

/** Each page of a record asks for them in this order: without it in the index all that may fit is read and sorted. */
export const additionsOrderMigration: Migration = {
  name: '0193-additions-in-order',
  up: async (db) => {
    await sql.raw('drop index record_addition_record').execute(db)
    await sql.raw('create index record_addition_in_order on record_addition ("recordId", at, id)').execute(db)
  },
}
