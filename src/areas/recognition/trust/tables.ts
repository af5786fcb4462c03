import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** A signed trust list of somebody else, as it was read last. */
export type SignedListRow = {
  id: string
  /** Where it is read anew; empty where it came as a file. */
  address: string
  /** The DID or address that signs it, which stays the same. */
  issuer: string
  /** The key that signed what was read last. */
  fingerprint: string
  /** JSON: what stands in it. */
  list: string
  readAt: string
  triedAt: string
  /** Why it could not be read the last time; empty where it could. */
  failed: string
  addedAt: string
}
export type TrustTables = { signed_trust_list: SignedListRow }

export const trustMigration: Migration = {
  name: '0168-signed-trust-lists',
  up: async (db) => {
    await sql
      .raw(
        'create table signed_trust_list ("id" text primary key, "address" text not null, "issuer" text not null, "fingerprint" text not null, "list" text not null, "readAt" text not null, "triedAt" text not null, "failed" text not null, "addedAt" text not null)',
      )
      .execute(db)
  },
}
