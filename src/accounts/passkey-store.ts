/** Tables and queries of passkeys, and of the challenges that they answer. No rules in here. */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type PasskeyRow = {
  /** The credential’s identifier, as its authenticator made it: base64url. */
  id: string
  accountId: string
  name: string
  /** COSE key, base64url. */
  publicKey: string
  /** How often it signed, as it says itself; up to 2³² − 1, so as text. */
  counter: string
  /** JSON: by which ways browsers reach it. */
  transports: string
  createdAt: string
  lastUsedAt: string | null
}
type ChallengeRow = {
  challengeHash: string
  /** The account that adds a passkey; null when signing in. */
  accountId: string | null
  expiresAt: string
}
type PasskeyTables = { passkey: PasskeyRow; passkey_challenge: ChallengeRow }

export const passkeyMigration: Migration = {
  name: '0020-passkeys',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table passkey (id text primary key, "accountId" text not null references account (id), name text not null, "publicKey" text not null, counter text not null, transports text not null, "createdAt" text not null, "lastUsedAt" text)',
    )
    await run('create index passkey_by_account on passkey ("accountId")')
    await run(
      'create table passkey_challenge ("challengeHash" text primary key, "accountId" text, "expiresAt" text not null)',
    )
  },
}

export const passkeys = (db: Kysely<unknown>) => {
  const own = db.withTables<PasskeyTables>()
  return {
    of: (accountId: string) =>
      own.selectFrom('passkey').selectAll().where('accountId', '=', accountId).orderBy('createdAt').execute(),
    byId: (id: string) => own.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst(),
    /** False where there is one with this identifier already. */
    add: async (row: PasskeyRow): Promise<boolean> =>
      ((
        await own
          .insertInto('passkey')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
      ).numInsertedOrUpdatedRows ?? 0n) > 0n,
    rename: async (id: string, accountId: string, name: string): Promise<boolean> =>
      (
        await own
          .updateTable('passkey')
          .set({ name })
          .where('id', '=', id)
          .where('accountId', '=', accountId)
          .executeTakeFirst()
      ).numUpdatedRows > 0n,
    /** False where it was used since its counter was read. */
    use: async ({ id, counter }: PasskeyRow, newCounter: number, at: string): Promise<boolean> =>
      (
        await own
          .updateTable('passkey')
          .set({ counter: String(newCounter), lastUsedAt: at })
          .where('id', '=', id)
          .where('counter', '=', counter)
          .executeTakeFirst()
      ).numUpdatedRows > 0n,
    remove: async (id: string, accountId: string): Promise<boolean> =>
      (await own.deleteFrom('passkey').where('id', '=', id).where('accountId', '=', accountId).executeTakeFirst())
        .numDeletedRows > 0n,
    removeAllOf: async (accountId: string): Promise<void> => {
      await own.deleteFrom('passkey').where('accountId', '=', accountId).execute()
    },

    addChallenge: async (row: ChallengeRow): Promise<void> => {
      await own.insertInto('passkey_challenge').values(row).execute()
    },
    challenge: (challengeHash: string) =>
      own.selectFrom('passkey_challenge').selectAll().where('challengeHash', '=', challengeHash).executeTakeFirst(),
    /** Takes the challenge away; false where somebody else was first. */
    useChallenge: async (challengeHash: string): Promise<boolean> =>
      (await own.deleteFrom('passkey_challenge').where('challengeHash', '=', challengeHash).executeTakeFirst())
        .numDeletedRows > 0n,
    dropOldChallenges: async (at: string): Promise<void> => {
      await own.deleteFrom('passkey_challenge').where('expiresAt', '<=', at).execute()
    },
  }
}
