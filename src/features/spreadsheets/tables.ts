import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const spreadsheetStates = ['mapping', 'running', 'done', 'undoing', 'undone'] as const
export type SpreadsheetState = (typeof spreadsheetStates)[number]

/** A spreadsheet that somebody brought, and how far its import is. */
export type SpreadsheetRow = {
  id: string
  ownerId: string
  kind: string
  fileName: string
  /** SHA-256 of the file. */
  file: string
  /** The encoding it was read in; `xlsx` where the file states it. */
  encoding: string
  /** JSON: the sheet of the workbook, the row of headers and the kept mapping that were chosen; empty where they are guessed. */
  reading: string
  /** JSON: language, separator, columns, words. */
  mapping: string
  state: SpreadsheetState
  /** 1: rows that are complete become records at once. */
  publishes: number
  rows: number
  /** Rows gone through; of those, what became of them. */
  done: number
  made: number
  published: number
  known: number
  refused: number
  /** Why it was undone, as readers of what it had published see it. */
  reason: string
  createdAt: string
  changedAt: string
}

/** What became of a row: a draft, or a record, of that identifier. */
export type ItemRow = {
  sheetId: string
  row: number
  ownerId: string
  /** By which the same row is known again. */
  key: string
  recordId: string
  isPublished: number
  /** After undoing: gone, or kept because somebody had changed it. */
  undone: 'gone' | 'kept' | null
}

/** What somebody said that a word of their tables stands for. */
export type WordRow = { ownerId: string; kind: string; field: string; word: string; target: string; changedAt: string }

/** How somebody matches the columns of files of one shape; `columns`: JSON, by the plain names of the columns. */
export type MappingRow = {
  ownerId: string
  kind: string
  name: string
  columns: string
  separator: string
  language: string
  changedAt: string
}

export type SheetTables = {
  sheet: SpreadsheetRow
  sheet_item: ItemRow
  sheet_word: WordRow
  sheet_mapping: MappingRow
}

export const mappingMigration: Migration = {
  name: '0112-spreadsheets-mappings',
  up: async (db) => {
    const statement =
      'create table sheet_mapping ("ownerId" text not null, kind text not null, name text not null, columns text not null, separator text not null, language text not null, "changedAt" text not null, primary key ("ownerId", kind, name))'
    await sql.raw(statement).execute(db)
  },
}

export const wordMigration: Migration = {
  name: '0111-spreadsheets-words',
  up: async (db) => {
    const statement =
      'create table sheet_word ("ownerId" text not null, kind text not null, field text not null, word text not null, target text not null, "changedAt" text not null, primary key ("ownerId", kind, field, word))'
    await sql.raw(statement).execute(db)
    await sql.raw(`alter table sheet add column reading text not null default '{}'`).execute(db)
  },
}

export const spreadsheetMigration: Migration = {
  name: '0040-house-sheets',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table sheet (id text primary key, "ownerId" text not null, kind text not null, "fileName" text not null, file text not null, encoding text not null, mapping text not null, state text not null, publishes integer not null, rows integer not null, done integer not null, made integer not null, published integer not null, known integer not null, refused integer not null, reason text not null, "createdAt" text not null, "changedAt" text not null)',
    )
    await run('create index sheet_by_owner on sheet ("ownerId", "createdAt")')
    await run('create index sheet_by_state on sheet (state, "changedAt")')
    await run(
      'create table sheet_item ("sheetId" text not null references sheet (id), row integer not null, "ownerId" text not null, key text not null, "recordId" text not null, "isPublished" integer not null, undone text, primary key ("sheetId", row))',
    )
    await run('create index sheet_item_by_key on sheet_item ("ownerId", key)')
  },
}
