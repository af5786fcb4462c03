import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const nodeStates = ['known', 'following', 'suspended', 'removed'] as const
/** `known`: its records came by way of another, or from a file. `removed`: followed no more, kept as the name of what came from it. */
export type NodeState = (typeof nodeStates)[number]

/** What its reviews are here: shown as any record that comes, or told beside the review of this site. */
export const reviewChoices = ['shown', 'counted'] as const

/** Another node, whose records came here. */
export type NodeRow = {
  /** As the node names itself. */
  id: string
  address: string
  /** JSON: by language. */
  name: string
  /** JSON: its keys as its manifest says them, all of which are trusted: the first was taken at its word. */
  keys: string
  state: NodeState
  /** JSON: the kinds of records that are taken; null: all. */
  kinds: string | null
  reviews: (typeof reviewChoices)[number]
  /** 1 while what came from it is being withdrawn. */
  withdraws: number
  /** How far its journal was read. */
  place: number
  /** JSON: what the last reading gave; null before the first. */
  lastRun: string | null
  lastRunAt: string | null
  createdAt: string
}

/** A record that began at another node, as it was signed there. */
export type CopyRow = {
  recordId: string
  /** The node at which it began. */
  home: string
  /** JSON: the nodes that it passed through, its home first. */
  chain: string
  /** JSON: when it came to each of these, as they say; null where they do not. */
  taken: string | null
  revision: number
  /** The signed document, as it came. */
  document: string
  takenAt: string
}

/** A copy that was refused, as it came: until it can be taken, or a newer one is. */
export type RefusedCopyRow = {
  recordId: string
  /** The node that it came from. */
  via: string
  code: string
  /** JSON. */
  values: string
  chain: string
  /** JSON, as of copies. */
  taken: string | null
  document: string
  refusedAt: string
}

export type FederationTables = { node: NodeRow; node_copy: CopyRow; node_refused: RefusedCopyRow }

export const federationMigration: Migration = {
  name: '0153-nodes',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table node (id text primary key, address text not null, name text not null, keys text not null, state text not null, kinds text, place integer not null, "lastRun" text, "lastRunAt" text, "createdAt" text not null)',
    )
    await run(
      'create table node_copy ("recordId" text primary key, home text not null, chain text not null, revision integer not null, document text not null, "takenAt" text not null)',
    )
    await run('create index node_copy_by_home on node_copy (home)')
    await run(
      'create table node_refused ("recordId" text not null, via text not null, code text not null, "values" text not null, chain text not null, document text not null, "refusedAt" text not null, primary key ("recordId", via))',
    )
  },
}

export const copyTimesMigration: Migration = {
  name: '0163-copy-times',
  up: async (db) => {
    for (const table of ['node_copy', 'node_refused'])
      await sql.raw(`alter table ${table} add column "taken" text`).execute(db)
  },
}

export const reviewChoiceMigration: Migration = {
  name: '0191-node-reviews',
  up: async (db) => {
    await sql.raw(`alter table node add column "reviews" text not null default 'shown'`).execute(db)
  },
}

export const removalMigration: Migration = {
  name: '0198-node-removal',
  up: async (db) => {
    await sql.raw(`alter table node add column "withdraws" integer not null default 0`).execute(db)
  },
}
