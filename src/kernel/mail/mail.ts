/** E-mails that leave the node: written down in the transaction that causes them, sent afterwards, once or more. */
import { sql, type Generated, type Kysely } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Migration } from '../database/migrate.ts'
import { mayHold } from '../database/like.ts'
import { isAddress, takeAddressOut } from '../personal-data.ts'

export type Letter = {
  to: string
  subject: string
  text: string
  language: string
  /** Where a POST unsubscribes from such e-mails (RFC 8058). */
  unsubscribe?: string | null
}

export type MailState = Letter & {
  number: Generated<number>
  createdAt: string
  /** When it may be tried next; null once it was sent, or given up. */
  dueAt: string | null
  sentAt: string | null
  tries: number
  lastError: string | null
}
type Tables = { mail: MailState }

/** Takes an e-mail on its way. @throws when it could not. */
export type Carrier = (letter: Letter & { number: number }) => Promise<void>

export const mailMigration: Migration = {
  name: '0003-core-mail',
  up: async (db, types) => {
    await sql
      .raw(
        `create table mail (number ${types.counted}, "to" text not null, subject text not null, text text not null, language text not null, "createdAt" text not null, "dueAt" text, "sentAt" text, tries integer not null, "lastError" text)`,
      )
      .execute(db)
    await sql`create index mail_due on mail ("dueAt")`.execute(db)
  },
}

export const unsubscribeMigration: Migration = {
  name: '0061-core-mail-unsubscribe',
  up: async (db) => {
    await sql`alter table mail add column unsubscribe text`.execute(db)
  },
}

/** Writes an e-mail down; it goes out with the transaction, or not at all. */
export async function post(tx: Kysely<unknown>, letter: Letter, now: Date): Promise<void> {
  const at = now.toISOString()
  await tx
    .withTables<Tables>()
    .insertInto('mail')
    .values({ ...letter, createdAt: at, dueAt: at, sentAt: null, tries: 0, lastError: null })
    .execute()
}

const atOnce = 20
const firstRetryMs = 60_000
/** The waits between them double: the last try is 34 hours after the first. */
const mostTries = 12
const leaseMs = 5 * 60_000
const longestErrorKept = 500
const later = (now: Date, ms: number) => new Date(now.getTime() + ms).toISOString()

/** Sends what is due. An e-mail is leased first, so that of several processes one sends it. Answers how many went. */
export async function deliverMail(database: Database, carry: Carrier, now: () => Date): Promise<number> {
  if (!(await isAnyDue(database.read, now()))) return 0
  const due = await database.write((tx) => lease(tx, now()))
  let sent = 0
  for (const letter of due) {
    const failure = await carry(letter).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    await database.write((tx) => settle(tx, letter, now(), failure))
    if (failure === undefined) sent++
  }
  return sent
}

async function isAnyDue(db: Kysely<unknown>, now: Date): Promise<boolean> {
  const due = db.withTables<Tables>().selectFrom('mail').select('number').where('dueAt', '<=', now.toISOString())
  return (await due.limit(1).executeTakeFirst()) !== undefined
}

async function lease(tx: Kysely<unknown>, now: Date) {
  const own = tx.withTables<Tables>()
  const due = await own
    .selectFrom('mail')
    .selectAll()
    .where('dueAt', '<=', now.toISOString())
    // News can wait; a link or a code that somebody sits waiting for cannot.
    .orderBy(({ eb }) => eb.case().when('unsubscribe', 'is', null).then(0).else(1).end())
    .orderBy('number')
    .limit(atOnce)
    .execute()
  if (due.length > 0)
    await own
      .updateTable('mail')
      .set({ dueAt: later(now, leaseMs) })
      .where(
        'number',
        'in',
        due.map(({ number }) => number),
      )
      .execute()
  return due
}

type Due = Awaited<ReturnType<typeof lease>>[number]

async function settle(tx: Kysely<unknown>, { number, tries }: Due, now: Date, failure: string | undefined) {
  const isOver = failure === undefined || tries + 1 >= mostTries
  await tx
    .withTables<Tables>()
    .updateTable('mail')
    .set({
      tries: tries + 1,
      sentAt: failure === undefined ? now.toISOString() : null,
      dueAt: isOver ? null : later(now, firstRetryMs * 2 ** tries),
      lastError: failure?.slice(0, longestErrorKept) ?? null,
      // What was sent may hold a link that opens an account: it is not kept.
      ...(failure === undefined && { text: '', unsubscribe: null }),
    })
    .where('number', '=', number)
    .execute()
}

/**
 * Forgets whom letters went to: those to an address, sent or not, and the address in those to others.
 */
export async function forgetLettersTo(tx: Kysely<unknown>, email: string, marks: readonly string[]): Promise<void> {
  const own = tx.withTables<Tables>()
  const toLikely = await own.selectFrom('mail').select(['number', 'to']).where(mayHold('to', email)).execute()
  for (const { number } of toLikely.filter(({ to }) => isAddress(to, email)))
    await own.deleteFrom('mail').where('number', '=', number).execute()
  for (const mark of marks)
    await takeAddressOut(tx, { table: 'mail', keys: ['number'], columns: ['subject', 'text', 'lastError'] }, mark)
}

export type MailQueue = { waiting: number; failing: number; lost: number; lastError: string }

/** E-mails that are on their way, that were tried in vain, and that were given up. */
export async function mailQueue(db: Kysely<unknown>): Promise<MailQueue> {
  const own = db.withTables<Tables>()
  const unsent = own.selectFrom('mail').where('sentAt', 'is', null)
  const count = async (query: typeof unsent) =>
    Number((await query.select(({ fn }) => fn.countAll<number | string>().as('count')).executeTakeFirstOrThrow()).count)
  const last = await unsent
    .select('lastError')
    .where('lastError', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    waiting: await count(unsent.where('dueAt', 'is not', null)),
    failing: await count(unsent.where('dueAt', 'is not', null).where('tries', '>', 0)),
    lost: await count(unsent.where('dueAt', 'is', null)),
    lastError: last?.lastError ?? '',
  }
}
