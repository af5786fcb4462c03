import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** Which credential somebody asked for, for which of their contributions; gone when they take it back. */
export type ContributionCredentialRow = { credentialId: string; accountId: string; recordId: string }
export type ContributionTables = { contribution_credential: ContributionCredentialRow }

export const contributionMigration: Migration = {
  name: '0169-contribution-credentials',
  up: async (db) => {
    await sql
      .raw(
        'create table contribution_credential ("credentialId" text primary key, "accountId" text not null references account (id), "recordId" text not null, unique ("accountId", "recordId"))',
      )
      .execute(db)
  },
}
