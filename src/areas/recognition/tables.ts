import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** A key that signs credentials: its public part, and the private one closed with a key that is not in the database. */
export type IssuingKeyRow = { publicKey: string; closed: string; since: string; until: string | null }
/**
 * That a credential was issued, and its status: not what stands in it nor whose it is. The digest is of its canonical
 * JSON, so that somebody who has it can be told from others.
 */
export type IssuedRow = {
  id: string
  listNumber: number
  listIndex: number
  sha256: string
  issuedBy: string
  issuedAt: string
  state: 'valid' | 'revoked' | 'suspended'
  reason: string
  changedAt: string
}
export type RecognitionTables = { issuing_key: IssuingKeyRow; issued_credential: IssuedRow }

export const issuingMigration: Migration = {
  name: '0157-issued-credentials',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table issuing_key ("publicKey" text primary key, "closed" text not null, "since" text not null, "until" text)',
    )
    await run(
      'create table issued_credential ("id" text primary key, "listNumber" integer not null, "listIndex" integer not null, "sha256" text not null, "issuedBy" text not null, "issuedAt" text not null, "state" text not null, "reason" text not null, "changedAt" text not null, unique ("listNumber", "listIndex"))',
    )
    await run('create index issued_credential_by_state on issued_credential ("listNumber", "state")')
  },
}
