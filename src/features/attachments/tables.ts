import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What is known of a file, from its bytes. */
export type FileRow = {
  file: string
  mediaType: string
  bytes: number
  width: number | null
  height: number | null
  createdAt: string
}
export type FileTables = {
  file: FileRow
  /** Who brought it, and what they called it. */
  file_owner: { file: string; ownerId: string; name: string; at: string }
  /** Records that name it, in any of their versions. */
  file_record: { file: string; number: number }
}

export const fileMigration: Migration = {
  name: '0041-house-files',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table file (file text primary key, "mediaType" text not null, bytes integer not null, width integer, height integer, "createdAt" text not null)',
    )
    await run(
      'create table file_owner (file text not null, "ownerId" text not null, name text not null, at text not null, primary key (file, "ownerId"))',
    )
    await run('create index file_owner_by_owner on file_owner ("ownerId")')
    await run(
      'create table file_record (file text not null, number integer not null references record (number), primary key (file, number))',
    )
  },
}
