/** Addresses that somebody had here before: texts and e-mails may name them by one, and must not once they are erased. */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

type FormerEmailRow = { accountId: string; email: string; until: string }
type Tables = { former_email: FormerEmailRow }

export const formerEmailMigration: Migration = {
  name: '0140-accounts-former-emails',
  up: async (db) => {
    await sql`create table former_email ("accountId" text not null, email text not null, until text not null, primary key ("accountId", email))`.execute(
      db,
    )
  },
}

export const formerEmails = (db: Kysely<unknown>) => {
  const own = db.withTables<Tables>()
  return {
    /** Their former addresses, the latest first. */
    of: (accountId: string) =>
      own
        .selectFrom('former_email')
        .select(['email', 'until'])
        .where('accountId', '=', accountId)
        .orderBy('until', 'desc')
        .execute(),
    add: async (row: FormerEmailRow): Promise<void> => {
      await own
        .insertInto('former_email')
        .values(row)
        .onConflict((conflict) => conflict.columns(['accountId', 'email']).doUpdateSet({ until: row.until }))
        .execute()
    },
    removeAllOf: async (accountId: string): Promise<void> => {
      await own.deleteFrom('former_email').where('accountId', '=', accountId).execute()
    },
  }
}
