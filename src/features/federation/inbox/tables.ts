import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** `undone`: its sender took it back. */
export const notificationStates = ['waiting', 'accepted', 'dismissed', 'undone'] as const

/** What a service elsewhere told of a record here (COAR Notify). */
export type NotificationRow = {
  id: string
  /** As the sender names it; the same is kept once. */
  uri: string
  pattern: string
  /** The record here that it is about. */
  recordId: string
  /** What was reviewed, endorsed or announced elsewhere; empty where there is none. */
  objectUri: string
  senderUri: string
  senderName: string
  /** The payload as it came. */
  payload: string
  state: (typeof notificationStates)[number]
  receivedAt: string
}
/** What goes to the inbox of another service: what the sender of a request is told of the decision, or an announcement. */
export type AnswerRow = {
  /** That of the notification or of the announcement, or what an announcement names as its `undo`. */
  id: string
  inbox: string
  payload: string
  tries: number
  /** When it may be tried next; null once it was sent, or given up. */
  dueAt: string | null
  sentAt: string | null
  /** Code of a problem, or the status that came back. */
  lastError: string | null
}
/** A review or an endorsement that a curator had announced to a service elsewhere. */
export type AnnouncementRow = {
  id: string
  recordId: string
  /** The notification that asked for it; empty for the page of what it is about. */
  request: string
  /** That page, or the service that asked. */
  target: string
  announcedAt: string
  /** Code of why nothing could be sent; empty where it was, or is to be. */
  problem: string
  /** The answer that takes it back; empty where it stands. */
  undo: string
}
export type InboxTables = {
  inbox_notification: NotificationRow
  inbox_answer: AnswerRow
  inbox_announcement: AnnouncementRow
}

export const inboxMigration: Migration = {
  name: '0155-inbox',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table inbox_notification (id text primary key, uri text not null unique, pattern text not null, "recordId" text not null, "objectUri" text not null, "senderUri" text not null, "senderName" text not null, payload text not null, state text not null, "receivedAt" text not null)',
    )
    await run('create index inbox_notification_by_state on inbox_notification (state, "receivedAt")')
  },
}

export const answerMigration: Migration = {
  name: '0171-inbox-answer',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table inbox_answer (id text primary key, inbox text not null, payload text not null, tries integer not null, "dueAt" text, "sentAt" text, "lastError" text)',
    )
    await run('create index inbox_answer_due on inbox_answer ("dueAt")')
  },
}

export const announcementMigration: Migration = {
  name: '0182-inbox-announcement',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table inbox_announcement (id text primary key, "recordId" text not null, request text not null, target text not null, "announcedAt" text not null, problem text not null)',
    )
    await run('create index inbox_announcement_by_record on inbox_announcement ("recordId")')
    await run('create index inbox_notification_by_record on inbox_notification ("recordId", state)')
  },
}

export const undoMigration: Migration = {
  name: '0188-inbox-undo',
  up: async (db) => {
    await sql.raw(`alter table inbox_announcement add column undo text not null default ''`).execute(db)
    await sql.raw('create index inbox_announcement_by_time on inbox_announcement ("announcedAt", id)').execute(db)
  },
}

/** Each page of a record asks for them in this order: without it in the index all that may fit is read and sorted. */
export const orderMigration: Migration = {
  name: '0192-inbox-in-order',
  up: async (db) => {
    await sql.raw('drop index inbox_notification_by_record').execute(db)
    await sql
      .raw(
        'create index inbox_notification_by_record_in_order on inbox_notification ("recordId", state, "receivedAt" desc, id)',
      )
      .execute(db)
  },
}
