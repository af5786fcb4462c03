import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'
import type { State } from './states.ts'

/** What somebody works on: a record that is to be, or a change of one that is. */
export type DraftRow = {
  /** The record that it is or will become. */
  recordId: string
  id: string
  kind: string
  ownerId: string
  state: State
  /** Counts saves. */
  revision: number
  /** JSON: as far as it goes. */
  body: string
  /** JSON: what was typed and could not be read, by field. */
  unread: string
  /** The version of the record that it changes; null where there is none yet. */
  baseRevision: number | null
  createdAt: string
  changedAt: string
  changedBy: string
}
/** Each save, so that two who write at once can be brought together. */
type SaveRow = { draftId: string; revision: number; body: string; changedBy: string; changedAt: string }
type AuthorRow = { draftId: string; accountId: string }
/** Each change of state, for good. */
export type StepRow = {
  draftId: string
  at: string
  actorId: string
  fromState: State
  toState: State
  reason: string
  note: string
}
export type CommentRow = {
  id: string
  draftId: string
  recordId: string
  /** The field it is pinned to; empty where it is about the whole. */
  place: string
  /** The comment it answers. */
  parentId: string | null
  authorId: string
  text: string
  at: string
  resolvedAt: string | null
  resolvedBy: string | null
}
export type AssignmentRow = {
  draftId: string
  reviewerId: string
  assignedBy: string
  assignedAt: string
  dueOn: string | null
  /** What the reviewer said of their own interest; null until they did. */
  interest: string | null
}
/** An account whose name is looked up when it is shown, so that it disappears when they erase it; or a name as older versions stored it. */
export type ToldReviewer = { account: string } | string
/** What a review found of a version, as readers see it. */
export type VerdictRow = {
  recordId: string
  revision: number
  verdict: 'sound' | 'weaknesses'
  /** JSON: those who reviewed it, or none where they stay unnamed. */
  reviewers: string
  /** The account of who accepted it; told to nobody. */
  appointedBy: string
  /** The collection whose curators appointed the reviewers; null where the node did. */
  collectionId: string | null
  at: string
  note: string
}

export type DraftTables = {
  draft: DraftRow
  draft_save: SaveRow
  draft_author: AuthorRow
  draft_step: StepRow & { number?: number }
  draft_comment: CommentRow
  assignment: AssignmentRow
  verdict: VerdictRow
}

export const draftMigration: Migration = {
  name: '0004-house-drafts',
  up: async (db, types) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table draft (id text primary key, "recordId" text not null, kind text not null, "ownerId" text not null, state text not null, revision integer not null, body text not null, unread text not null, "baseRevision" integer, "createdAt" text not null, "changedAt" text not null, "changedBy" text not null)',
    )
    await run('create index draft_by_state on draft (state, "changedAt")')
    await run('create index draft_by_record on draft ("recordId")')
    await run(
      'create table draft_save ("draftId" text not null references draft (id), revision integer not null, body text not null, "changedBy" text not null, "changedAt" text not null, primary key ("draftId", revision))',
    )
    await run(
      'create table draft_author ("draftId" text not null references draft (id), "accountId" text not null, primary key ("draftId", "accountId"))',
    )
    await run('create index draft_author_by_account on draft_author ("accountId")')
    await run(
      `create table draft_step (number ${types.counted}, "draftId" text not null references draft (id), at text not null, "actorId" text not null, "fromState" text not null, "toState" text not null, reason text not null, note text not null)`,
    )
    await run('create index draft_step_by_draft on draft_step ("draftId", number)')
    await run(
      'create table draft_comment (id text primary key, "draftId" text not null references draft (id), "recordId" text not null, place text not null, "parentId" text, "authorId" text not null, text text not null, at text not null, "resolvedAt" text, "resolvedBy" text)',
    )
    await run('create index draft_comment_by_draft on draft_comment ("draftId", at)')
    await run(
      'create table assignment ("draftId" text not null references draft (id), "reviewerId" text not null, "assignedBy" text not null, "assignedAt" text not null, "dueOn" text, interest text, primary key ("draftId", "reviewerId"))',
    )
    await run('create index assignment_by_reviewer on assignment ("reviewerId")')
    await run(
      'create table verdict ("recordId" text not null, revision integer not null, verdict text not null, reviewers text not null, "appointedBy" text not null, at text not null, note text not null, primary key ("recordId", revision))',
    )
  },
}
