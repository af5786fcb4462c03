import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type EmbeddingRow = {
  /** Number of the record. */
  number: number
  model: string
  /** SHA-256 of the text that the vector is of. */
  digest: string
  /** Counts up over all rows, so that what is new is read without the rest. */
  made: number
  /** Float32, smallest byte first; nothing in it where the service refused the text. */
  vector: Uint8Array
}
export type EmbeddingState = {
  one: number
  /** The place in the journal up to which vectors are made. */
  seq: number
  made: number
  /** Vectors made before this are gone. */
  begun: number
  /** How many numbers a vector of this model has; 0 while there is none. */
  dimensions: number
  model: string
}
export type EmbeddingTables = { embedding: EmbeddingRow; embedding_state: EmbeddingState }

export const embeddingMigration: Migration = {
  name: '0086-house-embeddings',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    // PostgreSQL calls bytes so; SQLite keeps bytes as they are whatever their column is called.
    await run(
      'create table embedding (number integer primary key references record (number), model text not null, digest text not null, made integer not null, vector bytea not null)',
    )
    await run('create index embedding_by_made on embedding (made)')
    await run(
      'create table embedding_state (one integer primary key check (one = 1), seq integer not null, made integer not null, begun integer not null, dimensions integer not null, model text not null)',
    )
    await run("insert into embedding_state (one, seq, made, begun, dimensions, model) values (1, 0, 0, 0, 0, '')")
  },
}
