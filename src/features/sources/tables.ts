import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const runStates = ['previewed', 'running', 'done', 'failed', 'undoing', 'undone'] as const
export type RunState = (typeof runStates)[number]

/** One reading of a source: looked at, applied, taken back. */
export type RunRow = {
  id: string
  source: string
  fileName: string
  /** SHA-256 of the file that was uploaded; empty where the command line read a folder. */
  file: string
  /** The account that began it; empty where it was the command line. */
  byId: string
  /** JSON: what was said of the file, and how it is taken. */
  how: string
  state: RunState
  /** JSON: counts, and the rows that were refused with their bytes. */
  report: string
  /** Changes of the run stand in the journal after `fromSeq` and up to `toSeq`. */
  fromSeq: number
  toSeq: number
  /** Undoing: the number of the last record that was looked at, and what became of them. */
  undoneTo: number
  restored: number
  leftAlone: number
  startedAt: string
  changedAt: string
}

export type RunTables = { source_run: RunRow }

export const runMigration: Migration = {
  name: '0122-source-runs',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table source_run (id text primary key, source text not null, "fileName" text not null, file text not null, "byId" text not null, how text not null, state text not null, report text not null, "fromSeq" integer not null, "toSeq" integer not null, "undoneTo" integer not null, restored integer not null, "leftAlone" integer not null, "startedAt" text not null, "changedAt" text not null)',
    )
    await run('create index source_run_by_source on source_run (source, "startedAt")')
    await run('create index source_run_by_state on source_run (state, "changedAt")')
  },
}
