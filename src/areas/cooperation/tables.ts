import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type ExpertRow = {
  /** By which others know the entry; it says nothing of the account. */
  id: string
  accountId: string
  /** JSON: what they chose to show. */
  profile: string
  changedAt: string
  /** A curator has hidden it. */
  hiddenAt: string | null
}

/** One message to somebody in the network of expertise, its answer, and what came of it. */
export type ExpertMessageRow = {
  id: string
  fromId: string
  toId: string
  text: string
  at: string
  answer: string | null
  answeredAt: string | null
  result: string | null
}

export type CooperationTables = { expert: ExpertRow; expert_message: ExpertMessageRow }

export const expertMigration: Migration = {
  name: '0159-experts',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table expert ("id" text primary key, "accountId" text not null unique references account (id), "profile" text not null, "changedAt" text not null, "hiddenAt" text)',
    )
    await run(
      'create table expert_message ("id" text primary key, "fromId" text not null references account (id), "toId" text not null references account (id), "text" text not null, "at" text not null, "answer" text, "answeredAt" text, "result" text)',
    )
    await run('create index expert_message_from on expert_message ("fromId")')
    await run('create index expert_message_to on expert_message ("toId")')
  },
}
