import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/**
 * That an issuer issues an achievement to who completes what it closes: after somebody of the issuer has confirmed it, or at
 * once, as the learner states it.
 */
export type CompletionOfferRow = {
  achievementId: string
  organisationId: string
  basis: 'confirmed' | 'stated'
  setBy: string
  setAt: string
}
/** Which steps of a course or pathway somebody has marked as completed. */
export type LearningProgressRow = { accountId: string; recordId: string; step: string; at: string }
/**
 * Who asked for which achievement, on completing what. `closed`: what the learner told the issuer, closed with a key that is
 * not in the database; gone when it was decided.
 */
export type CompletionClaimRow = {
  id: string
  accountId: string
  achievementId: string
  organisationId: string
  recordId: string
  language: string
  state: 'waiting' | 'issued' | 'refused'
  closed: string | null
  /** The day on which the last step was completed. */
  completedOn: string
  askedAt: string
  decidedBy: string
  reason: string
  credentialId: string | null
}
export type CompletionTables = {
  completion_offer: CompletionOfferRow
  learning_progress: LearningProgressRow
  completion_claim: CompletionClaimRow
}

export const completionMigration: Migration = {
  name: '0182-completions',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table completion_offer ("achievementId" text primary key, "organisationId" text not null, "basis" text not null, "setBy" text not null, "setAt" text not null)',
    )
    await run(
      'create table learning_progress ("accountId" text not null references account (id), "recordId" text not null, "step" text not null, "at" text not null, primary key ("accountId", "recordId", "step"))',
    )
    await run(
      'create table completion_claim ("id" text primary key, "accountId" text not null references account (id), "achievementId" text not null, "organisationId" text not null, "recordId" text not null, "language" text not null, "state" text not null, "closed" text, "completedOn" text not null, "askedAt" text not null, "decidedBy" text not null, "reason" text not null, "credentialId" text, unique ("accountId", "achievementId"))',
    )
    await run('create index completion_claim_by_state on completion_claim ("state", "organisationId")')
  },
}
