import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const registeredActions = ['issued', 'revoked', 'suspended', 'restored'] as const
export type RegisteredAction = (typeof registeredActions)[number]

/**
 * What happened to a credential, by its digest. `batch` is the version of the register that it was entered with, and `place`
 * where it stands in it; both are null until then.
 */
export type RegisteredRow = {
  id: string
  sha256: string
  action: RegisteredAction
  at: string
  batch: number | null
  place: number | null
}
export type RegisterTables = { credential_event: RegisteredRow }

export const registerMigration: Migration = {
  name: '0167-credential-register',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table credential_event ("id" text primary key, "sha256" text not null, "action" text not null, "at" text not null, "batch" integer, "place" integer)',
    )
    await run('create index credential_event_by_digest on credential_event ("sha256")')
    await run('create index credential_event_by_batch on credential_event ("batch", "place")')
  },
}
