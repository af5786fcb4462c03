/**
 * A request that writes and is sent again is done once (draft-ietf-httpapi-idempotency-key-header). What it was answered is
 * kept in the transaction that did the work, so whatever falls when, both are there or neither is.
 */
import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Migration } from './database/migrate.ts'
import type { Once } from './operation.ts'
import { Problem } from './problem.ts'

type Row = { accountId: string; key: string; fingerprint: string; answer: string; expiresAt: string }
type Tables = { idempotency: Row }

export const idempotencyMigration: Migration = {
  name: '0094-core-idempotency',
  up: async (db) => {
    await sql`create table idempotency ("accountId" text not null, key text not null, fingerprint text not null, answer text not null, "expiresAt" text not null, primary key ("accountId", key))`.execute(
      db,
    )
    await sql`create index idempotency_by_end on idempotency ("expiresAt")`.execute(db)
  },
}

/** For how long a request may be sent again. */
export const keptMs = 24 * 60 * 60_000

/** An sf-string (RFC 9651 §3.3.3) of the draft, or the same characters without quotes, as many programs send them. */
const written = /^"([\x21\x23-\x5b\x5d-\x7e]{1,200})"$|^([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,200})$/

/** @throws Problem badHeader */
export function idempotencyKeyIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  const [, quoted, plain] = written.exec(String(header).trim()) ?? []
  const key = quoted ?? plain
  if (key === undefined) throw new Problem('badHeader', { header: 'Idempotency-Key', example: '"8e03978e-40d5"' })
  return key
}

/** The same request has the same; the order of names within an object says nothing. */
export const fingerprintOf = (operation: string, given: unknown): string =>
  createHash('sha256')
    .update(operation)
    .update('\n')
    .update(JSON.stringify(given, (_name, value: unknown) => (isObject(value) ? inOrder(value) : value)))
    .digest('base64url')

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const inOrder = (value: object) => Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))

type Asked = { accountId: string; key: string; fingerprint: string }

/** What was done once in this node. Between processes the second waits for the first to end, and gets its answer. */
export function idempotency(now: () => Date) {
  const running = new Set<string>()

  const answered = async (db: Kysely<unknown>, { accountId, key, fingerprint }: Asked) => {
    const kept = await db
      .withTables<Tables>()
      .selectFrom('idempotency')
      .select(['fingerprint', 'answer'])
      .where('accountId', '=', accountId)
      .where('key', '=', key)
      .where('expiresAt', '>', now().toISOString())
      .executeTakeFirst()
    if (!kept) return undefined
    if (kept.fingerprint !== fingerprint) throw new Problem('idempotencyKeyReused', { key })
    return JSON.parse(kept.answer) as unknown
  }

  const keep = async (tx: Kysely<unknown>, { accountId, key, fingerprint }: Asked, answer: unknown) => {
    const values = {
      fingerprint,
      answer: JSON.stringify(answer),
      expiresAt: new Date(now().getTime() + keptMs).toISOString(),
    }
    await tx
      .withTables<Tables>()
      .insertInto('idempotency')
      .values({ accountId, key, ...values })
      // Only what is over can stand there.
      .onConflict((conflict) => conflict.columns(['accountId', 'key']).doUpdateSet(values))
      .execute()
  }

  return {
    /**
     * Does the work as one of a kind.
     * @throws Problem stillRunning while the first of them is under way; idempotencyKeyReused where it asked for something else
     */
    once: async <Answer>(asked: Asked, work: (once: Once) => Promise<Answer>): Promise<Answer> => {
      const name = `${asked.accountId} ${asked.key}`
      if (running.has(name)) throw new Problem('stillRunning', { key: asked.key })
      running.add(name)
      try {
        return await work({
          answered: (db) => answered(db, asked),
          keep: (tx, answer) => keep(tx, asked, answer),
        })
      } finally {
        running.delete(name)
      }
    },
  }
}
export type Idempotency = ReturnType<typeof idempotency>

export const dropOldKeys = (tx: Kysely<unknown>, now: Date) =>
  tx.withTables<Tables>().deleteFrom('idempotency').where('expiresAt', '<=', now.toISOString()).execute()

export const dropKeysOf = (tx: Kysely<unknown>, accountId: string) =>
  tx.withTables<Tables>().deleteFrom('idempotency').where('accountId', '=', accountId).execute()
