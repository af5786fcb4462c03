import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** A record whose further words changed, though the record itself did not. */
type FurtherWordsRow = {
  recordId: string
  /** Counts up over all records in the order of commits. */
  seq: number
}
export type FurtherWordsTables = {
  search_further_words: FurtherWordsRow
  search_further_words_head: { one: number; seq: number }
}

export const furtherWordsMigration: Migration = {
  name: '0169-search-further-words',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run('create table search_further_words ("recordId" text primary key, seq integer not null)')
    await run('create index search_further_words_by_seq on search_further_words (seq)')
    await run('create table search_further_words_head (one integer primary key check (one = 1), seq integer not null)')
    await run('insert into search_further_words_head (one, seq) values (1, 0)')
  },
}
