import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What OAI-PMH tells of a record beside its metadata. Derived of the records, and made again where it is missing. */
export type ItemRow = {
  number: number
  id: string
  kind: string
  /** When it came into the list, changed in it or was withdrawn: UTC, to the second. */
  datestamp: string
  /** 0 or 1. */
  isDeleted: number
  /** The sets that it is in, parted by spaces. */
  sets: string
}
export type MemberRow = { setSpec: string; datestamp: string; number: number; isDeleted: number }
/** How far the items are: records up to a number at first, then the journal up to a line. */
export type PlaceRow = { one: number; builtTo: number; isBuilt: number; seq: number }

export type OaiTables = { oai_item: ItemRow; oai_member: MemberRow; oai_place: PlaceRow }

export const oaiMigration: Migration = {
  name: '0150-oai-pmh',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table oai_item (number integer primary key, id text not null, kind text not null, datestamp text not null, "isDeleted" integer not null, sets text not null)',
    )
    await run('create unique index oai_item_by_id on oai_item (id)')
    await run('create index oai_item_by_datestamp on oai_item (datestamp, number)')
    await run(
      'create table oai_member ("setSpec" text not null, datestamp text not null, number integer not null, "isDeleted" integer not null, primary key (number, "setSpec"))',
    )
    await run('create index oai_member_by_set on oai_member ("setSpec", datestamp, number)')
    await run(
      'create table oai_place (one integer primary key check (one = 1), "builtTo" integer not null, "isBuilt" integer not null, seq integer not null)',
    )
  },
}
