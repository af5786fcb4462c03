import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'
import type { Blindness } from './policy.ts'

/** The collection that a draft is submitted to, and the blindness its people were promised then. */
export type DraftCollectionRow = { draftId: string; collectionId: string; blindness: Blindness }
export type CuratorRow = { collectionId: string; accountId: string }
export type MemberRow = {
  collectionId: string
  recordId: string
  state: 'invited' | 'member' | 'declined'
  at: string
  /** Who invited or took it in. */
  byId: string
}

export type CurationTables = {
  draft_collection: DraftCollectionRow
  collection_curator: CuratorRow
  collection_member: MemberRow
}

export const curationMigration: Migration = {
  name: '0051-house-curation',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table draft_collection ("draftId" text primary key references draft (id), "collectionId" text not null, blindness text not null)',
    )
    await run('create index draft_collection_by_collection on draft_collection ("collectionId")')
    await run(
      'create table collection_curator ("collectionId" text not null, "accountId" text not null references account (id), primary key ("collectionId", "accountId"))',
    )
    await run('create index collection_curator_by_account on collection_curator ("accountId")')
    await run(
      'create table collection_member ("collectionId" text not null, "recordId" text not null, state text not null, at text not null, "byId" text not null, primary key ("collectionId", "recordId"))',
    )
    await run('create index collection_member_by_record on collection_member ("recordId")')
  },
}

/** Each page of a record asks for them in this order: without it in the index all that may fit is read and sorted. */
export const memberOrderMigration: Migration = {
  name: '0194-members-in-order',
  up: async (db) => {
    await sql.raw('drop index collection_member_by_record').execute(db)
    await sql
      .raw('create index collection_member_in_order on collection_member ("recordId", state, at, "collectionId")')
      .execute(db)
  },
}
