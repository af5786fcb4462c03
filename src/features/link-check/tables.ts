import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** `new`: not looked at yet. `failing`: it did not answer lately; that may pass. */
export const linkStates = ['new', 'works', 'moved', 'failing', 'broken', 'notCheckable'] as const
export type LinkState = (typeof linkStates)[number]

export type LinkRow = {
  address: string
  host: string
  state: LinkState
  /** Why it cannot be checked or did not answer, as a key of the catalogues. */
  reason: string
  /** The status of the last answer; null where there was none. */
  status: number | null
  movedTo: string | null
  checkedAt: string | null
  /** Consecutive failures: on how many days, the first of them, and the last. */
  failures: number
  firstFailedOn: string | null
  lastFailedOn: string | null
  dueAt: string
  /** When the owners of records were told that it is broken. */
  toldAt: string | null
}
export type FileCheckRow = { file: string; state: 'sound' | 'damaged' | 'missing'; checkedAt: string }

export type LinkTables = {
  link_address: LinkRow
  link_use: { number: number; address: string }
  /** One row: the place in the journal up to which addresses were gathered. */
  link_place: { one: number; seq: number }
  file_check: FileCheckRow
}

export const linkMigration: Migration = {
  name: '0062-house-links',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table link_address (address text primary key, host text not null, state text not null, reason text not null, status integer, "movedTo" text, "checkedAt" text, failures integer not null, "firstFailedOn" text, "lastFailedOn" text, "dueAt" text not null, "toldAt" text)',
    )
    await run('create index link_address_by_host on link_address (host, "dueAt")')
    await run('create index link_address_by_state on link_address (state, address)')
    await run(
      'create table link_use (number integer not null references record (number), address text not null, primary key (number, address))',
    )
    await run('create index link_use_by_address on link_use (address)')
    await run('create table link_place (one integer primary key check (one = 1), seq integer not null)')
    await run('insert into link_place (one, seq) values (1, 0)')
    await run('create table file_check (file text primary key, state text not null, "checkedAt" text not null)')
  },
}
