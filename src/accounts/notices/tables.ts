import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** `queue`: what any reviewer or curator may take up. `own`: what concerns this person alone. */
export const topics = ['own', 'queue'] as const
export type Topic = (typeof topics)[number]

export const frequencies = ['immediately', 'daily', 'weekly', 'never'] as const
export type Frequency = (typeof frequencies)[number]

/** Waits for the next digest; gone once it was sent. */
export type NoticeRow = {
  number: number
  accountId: string
  topic: Topic
  title: string
  text: string
  link: string
  createdAt: string
}
/** How often somebody wants e-mails of a topic, and when they said so. */
export type ChoiceRow = { accountId: string; topic: Topic; frequency: Frequency; changedAt: string }
/** Secrets in e-mails: each can unsubscribe without signing in, from one topic, or from all where it is empty. */
export type StopRow = { tokenHash: string; accountId: string; topic: Topic | ''; createdAt: string }

export type NoticeTables = {
  notice: Omit<NoticeRow, 'number'> & { number?: number }
  notice_choice: ChoiceRow
  notice_stop: StopRow
}

export const noticeMigration: Migration = {
  name: '0092-accounts-notices',
  up: async (db, types) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      `create table notice (number ${types.counted}, "accountId" text not null references account (id), topic text not null, title text not null, text text not null, link text not null, "createdAt" text not null)`,
    )
    await run('create index notice_by_account on notice ("accountId")')
    await run(
      'create table notice_choice ("accountId" text not null references account (id), topic text not null, frequency text not null, "changedAt" text not null, primary key ("accountId", topic))',
    )
    await run(
      'create table notice_stop ("tokenHash" text primary key, "accountId" text not null references account (id), topic text not null, "createdAt" text not null)',
    )
    await run('create index notice_stop_by_account on notice_stop ("accountId")')
  },
}
