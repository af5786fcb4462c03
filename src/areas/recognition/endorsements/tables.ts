import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What an organisation, or the site where it is none, vouches for: the signed credential is public, and names nobody else. */
export type EndorsementRow = {
  credentialId: string
  targetId: string
  organisationId: string
  comment: string
  credential: string
  validUntil: string
  at: string
}
export type EndorsementTables = { endorsement_credential: EndorsementRow }

export const endorsementMigration: Migration = {
  name: '0181-endorsement-credentials',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table endorsement_credential ("credentialId" text primary key, "targetId" text not null, "organisationId" text not null, "comment" text not null, "credential" text not null, "validUntil" text not null, "at" text not null)',
    )
    await run('create index endorsement_credential_by_target on endorsement_credential ("targetId")')
  },
}
