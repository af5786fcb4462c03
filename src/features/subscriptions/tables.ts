import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export const rhythms = ['daily', 'weekly', 'never'] as const
/** How often an e-mail may tell of it; never: it is only kept. */
export type Rhythm = (typeof rhythms)[number]

/** What somebody watches: a saved search, or a record. */
export type SubscriptionRow = {
  id: string
  accountId: string
  /** The same thing is watched once: `record` and its identifier, or `search` and its address. */
  subject: string
  /** The record that is followed; null for a saved search. */
  recordId: string | null
  /** The query string of a saved search. */
  query: string
  /** As its owner calls it; empty where the page says it better. */
  name: string
  /** The words of a search are understood in this language. */
  language: string
  often: Rhythm
  /** When its owner last said how often: an e-mail written before changes nothing. */
  oftenAt: string
  createdAt: string
  /** The place in the journal up to which e-mails covered it, and when. */
  toldSeq: number
  toldAt: string
  /** The same for what its owner has seen on the page. */
  seenSeq: number
  seenAt: string
  /** When it was ended; kept for some days, so that ending can be undone. */
  endedAt: string | null
}
/** Who watches anything: when an e-mail was last due, and the digest of the secret in the address of their feed. */
export type SubscriberRow = { accountId: string; lookedAt: string; feedHash: string | null }
/** Secrets in e-mails: each can unsubscribe without signing in. */
export type SubscriptionLetterRow = { tokenHash: string; accountId: string; createdAt: string }

export type SubscriptionTables = { watch: SubscriptionRow; watcher: SubscriberRow; watch_letter: SubscriptionLetterRow }

export const subscriptionMigration: Migration = {
  name: '0060-house-watching',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table watch (id text primary key, "accountId" text not null references account (id), subject text not null, "recordId" text, query text not null, name text not null, language text not null, often text not null, "oftenAt" text not null, "createdAt" text not null, "toldSeq" integer not null, "toldAt" text not null, "seenSeq" integer not null, "seenAt" text not null, "endedAt" text, unique ("accountId", subject))',
    )
    await run('create index watch_by_record on watch ("recordId")')
    await run(
      'create table watcher ("accountId" text primary key references account (id), "lookedAt" text not null, "feedHash" text unique)',
    )
    await run('create index watcher_by_time on watcher ("lookedAt")')
    await run(
      'create table watch_letter ("tokenHash" text primary key, "accountId" text not null references account (id), "createdAt" text not null)',
    )
    await run('create index watch_letter_by_account on watch_letter ("accountId")')
  },
}
