import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** A curator has verified that this person may speak for this organisation. */
export type MemberRow = { accountId: string; organisationId: string; givenBy: string; at: string }
export type AccountabilityTables = { organisation_member: MemberRow }

export const memberMigration: Migration = {
  name: '0136-organisation-members',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table organisation_member ("accountId" text not null references account (id), "organisationId" text not null, "givenBy" text not null, "at" text not null, primary key ("accountId", "organisationId"))',
    )
    await run('create index organisation_member_by_organisation on organisation_member ("organisationId")')
  },
}
