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
  /** It names the list of what is suspended too, beside that of what was revoked. */
  canBeSuspended: number
}
/** An organisation that a curator has verified, so that credentials are issued in its name. */
export type IssuerRow = { organisationId: string; verifiedBy: string; verifiedAt: string }
export type IssuerMemberRow = { organisationId: string; accountId: string; addedBy: string; at: string }
/** Credentials issued from one table. `total` rows, of which `wrong` have errors and `known` were issued before. */
export type BatchRow = {
  id: string
  achievementId: string
  organisationId: string
  period: string
  fileName: string
  language: string
  sendsMail: number
  canBeSuspended: number
  suite: string
  state: 'checked' | 'running' | 'done' | 'stopped' | 'revoked'
  total: number
  wrong: number
  known: number
  done: number
  issued: number
  /** JSON: the first errors, by the number of the row; nothing of what stands in it. */
  errors: string
  reason: string
  createdBy: string
  createdAt: string
  changedAt: string
}
/** Rows that wait to be issued, closed with a key that is not in the database; gone when they are. */
export type BatchPartRow = { batchId: string; part: number; rows: number; closed: string }
/**
 * For which achievement a credential was issued. The key is a keyed digest by which the same learner is known again, and
 * empty once it was revoked, so that it can be issued anew.
 */
export type AwardRow = {
  credentialId: string
  achievementId: string
  organisationId: string
  period: string
  learnerKey: string | null
  batchId: string
  row: number
}
/** A credential that waits for its learner: closed, with the digests of the secrets that open it. */
export type ClaimRow = {
  credentialId: string
  secretHash: string
  shownHash: string
  closed: string
  expiresAt: string
  keptUntil: string
}
/** The secret with which learners are known again, closed as keys are. */
export type LearnerSecretRow = { number: number; closed: string }
/** Which credential took the place of one that was corrected. */
export type ReplacementRow = { credentialId: string; nextId: string }

export type RecognitionTables = {
  credential_replacement: ReplacementRow
  issuing_key: IssuingKeyRow
  issued_credential: IssuedRow
  issuer: IssuerRow
  issuer_member: IssuerMemberRow
  credential_batch: BatchRow
  credential_batch_part: BatchPartRow
  credential_award: AwardRow
  credential_claim: ClaimRow
  learner_secret: LearnerSecretRow
}

const issuingMigration: Migration = {
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

const awardMigration: Migration = {
  name: '0165-credential-awards',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table issuer ("organisationId" text primary key, "verifiedBy" text not null, "verifiedAt" text not null)',
    )
    await run(
      'create table issuer_member ("organisationId" text not null, "accountId" text not null references account (id), "addedBy" text not null, "at" text not null, primary key ("organisationId", "accountId"))',
    )
    await run(
      'create table credential_batch ("id" text primary key, "achievementId" text not null, "organisationId" text not null, "period" text not null, "fileName" text not null, "language" text not null, "sendsMail" integer not null, "suite" text not null, "state" text not null, "total" integer not null, "wrong" integer not null, "known" integer not null, "done" integer not null, "issued" integer not null, "errors" text not null, "reason" text not null, "createdBy" text not null, "createdAt" text not null, "changedAt" text not null)',
    )
    await run(
      'create table credential_batch_part ("batchId" text not null, "part" integer not null, "rows" integer not null, "closed" text not null, primary key ("batchId", "part"))',
    )
    await run(
      'create table credential_award ("credentialId" text primary key, "achievementId" text not null, "organisationId" text not null, "period" text not null, "learnerKey" text, "batchId" text not null, "row" integer not null, unique ("achievementId", "organisationId", "period", "learnerKey"))',
    )
    await run('create index credential_award_by_batch on credential_award ("batchId", "row")')
    await run(
      'create table credential_claim ("credentialId" text primary key, "secretHash" text not null unique, "shownHash" text not null unique, "closed" text not null, "expiresAt" text not null, "keptUntil" text not null)',
    )
    await run('create index credential_claim_by_end on credential_claim ("keptUntil")')
    await run('create table learner_secret ("number" integer primary key, "closed" text not null)')
  },
}

/** What one learner has is found at once. */
const learnerMigration: Migration = {
  name: '0179-awards-of-learners',
  up: async (db) => {
    await sql.raw('create index credential_award_by_learner on credential_award ("learnerKey")').execute(db)
  },
}

/** What was issued before names both lists; tables that were under way then are gone on with as they were begun. */
const suspensionMigration: Migration = {
  name: '0190-suspension-by-choice',
  up: async (db) => {
    for (const table of ['issued_credential', 'credential_batch'])
      await sql.raw(`alter table ${table} add column "canBeSuspended" integer not null default 1`).execute(db)
  },
}

const replacementMigration: Migration = {
  name: '0180-credential-replacements',
  up: async (db) => {
    await sql
      .raw('create table credential_replacement ("credentialId" text primary key, "nextId" text not null)')
      .execute(db)
  },
}

export const issuingMigrations = [
  issuingMigration,
  awardMigration,
  learnerMigration,
  replacementMigration,
  suspensionMigration,
]
