import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** The best first of those that say the same. */
export const formatsRead = [
  'oai_dc',
  'oai_qdc',
  'qdc',
  'dcterms',
  'lom',
  'oai_lom',
  'ims_lom',
  'mods',
  'datacite',
  'oai_datacite',
  'amb',
  'qingdao',
] as const
export const inputNames = ['oai-pmh', 'sitemap', 'page', 'feed', 'dcat', 'citation', 'table'] as const
export type InputName = (typeof inputNames)[number]
export const everyHours = [0, 24, 168, 720] as const

export type HarvestRow = {
  /** The name of the source in the origin of records. */
  name: string
  title: string
  /** The base URL. */
  address: string
  /** JSON: format, set, what is assumed where records say nothing, how often. */
  settings: string
  /** JSON: for a field, values of the source and our codes. */
  mapping: string
  isPaused: number
  dueAt: string
  /** JSON: the run that goes on, as far as it is; null between runs. */
  run: string | null
  /** Counts pages over all runs: whoever continues a run says which one it read. */
  step: number
  beatAt: string
  /** From when the next run asks, as the source wrote its date; null where it asks for all. */
  nextFrom: string | null
  /** JSON: why the last run ended before its end; null where it did not. */
  problem: string | null
  lastAt: string | null
  /** Since when it is harvested no more; its records still name it. */
  removedAt: string | null
  /** 1 while its records are being withdrawn. */
  withdraws: number
}
export type RefusedRow = {
  source: string
  identifier: string
  code: string
  /** JSON */
  values: string
  bytes: string
  at: string
}
export type UnmappedRow = { source: string; field: string; value: string; count: number }
/** A document of a source: what is asked of it when it is asked for again. */
export type DocumentRow = {
  source: string
  address: string
  /** The document that lists it; empty for the first. */
  parent: string
  depth: number
  /** It lists others. */
  isList: number
  /** When it changed, as the list says; null where it does not, or where it could not be read. */
  changedAt: string | null
  etag: string | null
  /** Last-Modified */
  modified: string | null
  /** The run in which it was last listed, and the one in which it was last read, by their beginnings. */
  runAt: string
  readAt: string
  waits: number
}
/** A record that a document gave, and the run in which it last did. */
export type GivenRow = { source: string; identifier: string; address: string; runAt: string }

export type HarvestTables = {
  harvest_document: DocumentRow
  harvest_given: GivenRow
  harvest_source: HarvestRow
  harvest_refused: RefusedRow
  harvest_unmapped: UnmappedRow
}

export const harvestMigration: Migration = {
  name: '0151-harvest',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table harvest_source (name text primary key, title text not null, address text not null, settings text not null, mapping text not null, "isPaused" integer not null, "dueAt" text not null, run text, step integer not null, "beatAt" text not null, "nextFrom" text, problem text, "lastAt" text)',
    )
    await run(
      'create table harvest_refused (source text not null, identifier text not null, code text not null, "values" text not null, bytes text not null, at text not null, primary key (source, identifier))',
    )
    await run(
      'create table harvest_unmapped (source text not null, field text not null, value text not null, count integer not null, primary key (source, field, value))',
    )
  },
}

export const documentsMigration: Migration = {
  name: '0161-harvest-documents',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table harvest_document (source text not null, address text not null, parent text not null, depth integer not null, "isList" integer not null, "changedAt" text, etag text, modified text, "runAt" text not null, "readAt" text not null, waits integer not null, primary key (source, address))',
    )
    await run('create index harvest_document_waits on harvest_document (source, waits, "runAt", depth, address)')
    await run('create index harvest_document_parent on harvest_document (source, parent)')
    await run(
      'create table harvest_given (source text not null, identifier text not null, address text not null, "runAt" text not null, primary key (source, identifier))',
    )
    await run('create index harvest_given_run on harvest_given (source, "runAt")')
  },
}

export const harvestRemovalMigration: Migration = {
  name: '0199-harvest-removal',
  up: async (db) => {
    await sql.raw('alter table harvest_source add column "removedAt" text').execute(db)
    await sql.raw('alter table harvest_source add column "withdraws" integer not null default 0').execute(db)
  },
}
