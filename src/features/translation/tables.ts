import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const suggestionStates = ['waiting', 'accepted', 'declined', 'withdrawn'] as const
export type SuggestionState = (typeof suggestionStates)[number]

export type SuggestionRow = {
  id: string
  recordId: string
  kind: string
  language: string
  /** The version of the original text that it was made from. */
  ofRevision: number
  /** JSON: by place. */
  texts: string
  machine: number
  byId: string
  at: string
  state: SuggestionState
  judgedBy: string | null
  judgedAt: string | null
  reason: string
  /** The version that it became. */
  revision: number | null
}
/** Who translated what was published, and who accepted it; null where nobody had to. */
export type MadeRow = {
  recordId: string
  revision: number
  language: string
  translatorId: string
  acceptedBy: string | null
  at: string
}
export type TranslatorRow = { accountId: string; language: string; givenBy: string; at: string }

export type TranslationTables = {
  translation_suggestion: SuggestionRow
  translation_made: MadeRow
  /** People whom curators trust with a language. */
  translator: TranslatorRow
}

export const translationMigration: Migration = {
  name: '0091-house-translations',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table translation_suggestion (id text primary key, "recordId" text not null, kind text not null, language text not null, "ofRevision" integer not null, texts text not null, machine integer not null, "byId" text not null, at text not null, state text not null, "judgedBy" text, "judgedAt" text, reason text not null, revision integer)',
    )
    await run('create index translation_suggestion_by_state on translation_suggestion (state, at)')
    await run('create index translation_suggestion_by_record on translation_suggestion ("recordId", state)')
    await run('create index translation_suggestion_by_person on translation_suggestion ("byId", at)')
    await run(
      'create table translation_made ("recordId" text not null, revision integer not null, language text not null, "translatorId" text not null, "acceptedBy" text, at text not null, primary key ("recordId", revision))',
    )
    await run(
      'create table translator ("accountId" text not null, language text not null, "givenBy" text not null, at text not null, primary key ("accountId", language))',
    )
  },
}
