/** Tables and queries of who somebody is at a provider, and of sign-ins there that have begun. No rules in here. */
import type { Language } from '#kernel/i18n/languages.ts'
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type IdentityRow = { issuer: string; subject: string; accountId: string; createdAt: string }
export type TryRow = {
  stateHash: string
  /** Digest of the secret kept by the browser that started it. */
  browserHash: string
  verifier: string
  nonce: string
  next: string
  language: Language
  expiresAt: string
}
/** An identity whose address has an account: joined once its person signed in with what they have. */
export type JoinRow = { browserHash: string; issuer: string; subject: string; accountId: string; expiresAt: string }
type IdentityTables = { identity: IdentityRow; provider_try: TryRow; provider_join: JoinRow }

export const identityMigration: Migration = {
  name: '0021-identities',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table identity (issuer text not null, subject text not null, "accountId" text not null references account (id), "createdAt" text not null, primary key (issuer, subject))',
    )
    await run('create index identity_by_account on identity ("accountId")')
    await run(
      'create table provider_try ("stateHash" text primary key, "browserHash" text not null, verifier text not null, nonce text not null, next text not null, language text not null, "expiresAt" text not null)',
    )
    await run(
      'create table provider_join ("browserHash" text primary key, issuer text not null, subject text not null, "accountId" text not null references account (id), "expiresAt" text not null)',
    )
  },
}

export const identities = (db: Kysely<unknown>) => {
  const own = db.withTables<IdentityTables>()
  return {
    find: (issuer: string, subject: string) =>
      own
        .selectFrom('identity')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst(),
    of: (accountId: string) =>
      own.selectFrom('identity').selectAll().where('accountId', '=', accountId).orderBy('createdAt').execute(),
    add: async (row: IdentityRow): Promise<void> => {
      await own.insertInto('identity').values(row).execute()
    },
    remove: async ({ issuer, subject, accountId }: Omit<IdentityRow, 'createdAt'>): Promise<boolean> =>
      (
        await own
          .deleteFrom('identity')
          .where('issuer', '=', issuer)
          .where('subject', '=', subject)
          .where('accountId', '=', accountId)
          .executeTakeFirst()
      ).numDeletedRows > 0n,
    removeAllOf: async (accountId: string): Promise<void> => {
      await own.deleteFrom('identity').where('accountId', '=', accountId).execute()
      await own.deleteFrom('provider_join').where('accountId', '=', accountId).execute()
    },

    addTry: async (row: TryRow): Promise<void> => {
      await own.insertInto('provider_try').values(row).execute()
    },
    tryBy: (stateHash: string) =>
      own.selectFrom('provider_try').selectAll().where('stateHash', '=', stateHash).executeTakeFirst(),
    /** Takes it away; false where somebody else was first. */
    useTry: async (stateHash: string): Promise<boolean> =>
      (await own.deleteFrom('provider_try').where('stateHash', '=', stateHash).executeTakeFirst()).numDeletedRows > 0n,

    addJoin: async (row: JoinRow): Promise<void> => {
      await own.deleteFrom('provider_join').where('browserHash', '=', row.browserHash).execute()
      await own.insertInto('provider_join').values(row).execute()
    },
    joinBy: (browserHash: string) =>
      own.selectFrom('provider_join').selectAll().where('browserHash', '=', browserHash).executeTakeFirst(),
    dropJoin: async (browserHash: string): Promise<void> => {
      await own.deleteFrom('provider_join').where('browserHash', '=', browserHash).execute()
    },
    dropOld: async (at: string): Promise<void> => {
      await own.deleteFrom('provider_try').where('expiresAt', '<=', at).execute()
      await own.deleteFrom('provider_join').where('expiresAt', '<=', at).execute()
    },
  }
}
