import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What a search found, kept to be cited. */
export type CitedListRow = {
  /** The beginning of the checksum of what it says. */
  id: string
  /** The text that the checksum is of, as `content.ts` writes it. */
  content: string
  total: number
  /** How far the journal was when it was first cited. */
  journal: number
  /** When it was first cited, ISO 8601. */
  citedAt: string
}
export type CitedListTables = { cited_list: CitedListRow }

export const citedListMigration: Migration = {
  name: '0164-cited-lists',
  up: async (db) => {
    await sql`create table cited_list (id text primary key, content text not null, total integer not null, journal integer not null, "citedAt" text not null)`.execute(
      db,
    )
  },
}
