import { sql } from 'kysely'
import type { Generated } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

type RecordRow = {
  number: Generated<number>
  id: string
  kind: string
  status: 'published' | 'withdrawn'
  revision: number
  sourceRevision: number
  createdAt: string
  changedAt: string
  changedBy: string
  note: string | null
  /** JSON */
  origin: string | null
  /** JSON */
  translations: string
  /** JSON */
  body: string
  /** SHA-256 of what was imported, to know an unchanged row again. */
  digest: string | null
}

export type RecordTables = {
  record: RecordRow
  /** Every version but the newest, which is in `record`. */
  version: Omit<RecordRow, 'number' | 'digest'> & { number: number }
  link: { fromNumber: number; position: number; rel: string; toId: string }
  /** What records are called outside, by a key of each name (names.ts). */
  name: { key: string; number: number }
  /** One row: the identity of this node's data, so that derived files are not taken for another's. */
  house: { one: number; id: string }
}

const versioned = `id text not null, kind text not null, status text not null, revision integer not null, "sourceRevision" integer not null,
  "createdAt" text not null, "changedAt" text not null, "changedBy" text not null, note text, origin text, translations text not null, body text not null`

export const recordMigration: Migration = {
  name: '0001-house-record',
  up: async (db, types) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(`create table record (number ${types.counted}, ${versioned}, digest text)`)
    await run('create unique index record_by_id on record (id)')
    await run('create index record_by_kind on record (kind, number)')
    await run(
      `create table version (number integer not null references record (number), ${versioned}, primary key (number, revision))`,
    )
    await run(
      'create table link ("fromNumber" integer not null references record (number), position integer not null, rel text not null, "toId" text not null, primary key ("fromNumber", position))',
    )
    await run('create index link_by_target on link ("toId", rel, "fromNumber")')
    await run('create table house (one integer primary key check (one = 1), id text not null)')
  },
}

export const nameMigration: Migration = {
  name: '0002-house-name',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table name (key text not null, number integer not null references record (number), primary key (key, number))',
    )
    await run('create index name_by_record on name (number)')
  },
}
