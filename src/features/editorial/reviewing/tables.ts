import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What one reviewer writes of one submission. Each time it is submitted anew, a new round begins. */
export type SpreadsheetRow = {
  draftId: string
  reviewerId: string
  round: number
  rubricId: string | null
  rubricRevision: number | null
  /** The language it is written in. */
  language: string
  /** JSON: scores, verdict, and what was found in words. */
  body: string
  changedAt: string
  /** Null while it is being written: nobody else sees it. */
  handedInAt: string | null
}

export type ReviewingTables = { review_sheet: SpreadsheetRow }

export const reviewingMigration: Migration = {
  name: '0050-house-review-sheets',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table review_sheet ("draftId" text not null references draft (id), "reviewerId" text not null, round integer not null, "rubricId" text, "rubricRevision" integer, language text not null, body text not null, "changedAt" text not null, "handedInAt" text, primary key ("draftId", "reviewerId", round))',
    )
    await run('create index review_sheet_by_reviewer on review_sheet ("reviewerId", "handedInAt")')
    // So that readers of a review whose reviewers stay unnamed learn who appointed them.
    await run('alter table verdict add column "collectionId" text')
  },
}
