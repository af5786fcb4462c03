/**
 * Which key signs the log, noted in the database too: one that is put back without its folder of keys is known as one
 * whose log was signed, so that no stranger's key goes on with it.
 */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'
import type { Database } from '#kernel/database/database.ts'

type SignerTables = { log_signer: { one: number; verifier: string } }

export const signerMigration: Migration = {
  name: '0197-log-signer',
  up: async (db) => {
    await sql`create table log_signer (one integer primary key check (one = 1), verifier text not null)`.execute(db)
  },
}

/** The public part of the key that signed last; undefined where nothing was signed, or by a version that noted none. */
export const notedSigner = async (db: Kysely<unknown>): Promise<string | undefined> =>
  (await db.withTables<SignerTables>().selectFrom('log_signer').select('verifier').executeTakeFirst())?.verifier

export const noteSigner = (database: Database, verifier: string): Promise<void> =>
  database.write(async (tx) => {
    await tx
      .withTables<SignerTables>()
      .insertInto('log_signer')
      .values({ one: 1, verifier })
      .onConflict((conflict) => conflict.column('one').doUpdateSet({ verifier }))
      .execute()
  })
