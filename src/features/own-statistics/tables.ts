import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const importStates = ['preview', 'done', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/** A file of statistics that somebody brought, how it is read, and what became of it. */
export type ImportRow = {
  id: string
  ownerId: string
  fileName: string
  /** SHA-256 of the file. */
  file: string
  /** JSON: `Choices`. */
  choices: string
  state: ImportState
  /** The release that it became; null where it brought nothing new. */
  release: number | null
  /** JSON: `Counts` of what was done. */
  counts: string
  createdAt: string
  changedAt: string
}

export type OwnStatisticsTables = { statistics_import: ImportRow }

export const ownStatisticsMigration: Migration = {
  name: '0142-own-statistics',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table statistics_import (id text primary key, "ownerId" text not null, "fileName" text not null, file text not null, choices text not null, state text not null, release integer, counts text not null, "createdAt" text not null, "changedAt" text not null)',
    )
    await run('create index statistics_import_by_state on statistics_import (state, "changedAt")')
  },
}
