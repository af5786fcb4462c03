import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** The signed form of a quality decision for one of what it is on: public, and names no person. */
export type QualityLabelRow = {
  credentialId: string
  decisionId: string
  targetId: string
  /** In whose name; the site itself where it is empty. */
  organisationId: string
  credential: string
  validUntil: string
  at: string
}
export type QualityLabelTables = { quality_label: QualityLabelRow }

export const qualityLabelMigration: Migration = {
  name: '0183-quality-labels',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table quality_label ("credentialId" text primary key, "decisionId" text not null, "targetId" text not null, "organisationId" text not null, "credential" text not null, "validUntil" text not null, "at" text not null)',
    )
    await run('create index quality_label_by_decision on quality_label ("decisionId")')
    await run('create index quality_label_by_target on quality_label ("targetId")')
  },
}
