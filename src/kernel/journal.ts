/**
 * The journal: what happened, in the order in which it was committed. Its head is one row that every writing
 * transaction changes last and holds until it ends, so numbers have no holes and no reader ever sees line n+1
 * before line n, on either engine and with any number of writing processes.
 */
import { sql, type Kysely } from 'kysely'
import { compiledOnce } from './database/compiled.ts'

export type JournalLine = {
  seq: number
  /** ISO 8601, UTC. */
  at: string
  actor: string
  operation: string
  action: 'share' | 'revise' | 'withdraw' | 'restore' | 'translate'
  recordNumber: number
  recordId: string
  kind: string
  revision: number
}

/** `pages` counts what changed pages beside the records, of which there are no lines. */
export type JournalTables = { journal: JournalLine; journal_head: { one: number; seq: number; pages: number } }

const rowsPerInsert = 500

/** Writes the lines at the end of a transaction. Nothing else may follow in it. */
export async function appendToJournal(
  tx: Kysely<unknown>,
  lines: readonly Omit<JournalLine, 'seq'>[],
): Promise<number> {
  const own = tx.withTables<JournalTables>()
  const { seq } = await own
    .updateTable('journal_head')
    .set({ seq: sql<number>`seq + ${lines.length}` })
    .where('one', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow()
  const first = seq - lines.length + 1
  for (let start = 0; start < lines.length; start += rowsPerInsert) {
    const rows = lines.slice(start, start + rowsPerInsert).map((line, i) => ({ ...line, seq: first + start + i }))
    await own.insertInto('journal').values(rows).execute()
  }
  return seq
}

export async function journalHead(db: Kysely<unknown>): Promise<number> {
  const row = await db.withTables<JournalTables>().selectFrom('journal_head').select('seq').executeTakeFirst()
  return row?.seq ?? 0
}

/** Tells every process, at the end of a transaction, that pages it has kept are out of date though no record changed. */
export async function notePagesChanged(tx: Kysely<unknown>): Promise<void> {
  await tx
    .withTables<JournalTables>()
    .updateTable('journal_head')
    .set({ pages: sql<number>`pages + 1` })
    .where('one', '=', 1)
    .execute()
}

/** How often that was told: another number than before, and what was kept is out of date. */
export async function pagesHead(db: Kysely<unknown>): Promise<number> {
  const row = await db.withTables<JournalTables>().selectFrom('journal_head').select('pages').executeTakeFirst()
  return row?.pages ?? 0
}

const newestLine = compiledOnce((own: Kysely<JournalTables>) =>
  own.selectFrom('journal').select('at').orderBy('seq', 'desc').limit(1),
)

/** When the newest line was written, ISO 8601; undefined where nothing was yet. */
export const lastChangeAt = async (db: Kysely<unknown>): Promise<string | undefined> =>
  (await newestLine(db.withTables<JournalTables>()))[0]?.at

export const journalAfter = (db: Kysely<unknown>, seq: number, limit: number): Promise<JournalLine[]> =>
  db
    .withTables<JournalTables>()
    .selectFrom('journal')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()

/** The records that were withdrawn after a place; some may have been published again. */
export const withdrawnAfter = async (db: Kysely<unknown>, seq: number): Promise<string[]> =>
  (
    await db
      .withTables<JournalTables>()
      .selectFrom('journal')
      .select('recordId')
      .distinct()
      .where('seq', '>', seq)
      .where('action', '=', 'withdraw')
      .execute()
  ).map(({ recordId }) => recordId)

/** The kinds of which records were withdrawn after a place, but for those that keeping a source up to date withdrew. */
export const kindsWithdrawnAfter = async (db: Kysely<unknown>, seq: number): Promise<string[]> =>
  (
    await db
      .withTables<JournalTables>()
      .selectFrom('journal')
      .select('kind')
      .distinct()
      .where('seq', '>', seq)
      .where('action', '=', 'withdraw')
      .where('actor', 'not like', 'system:import/%')
      .execute()
  ).map(({ kind }) => kind)

/** The journal line of one version of a record. */
export const journalLineOf = (
  db: Kysely<unknown>,
  recordNumber: number,
  revision: number,
): Promise<JournalLine | undefined> =>
  db
    .withTables<JournalTables>()
    .selectFrom('journal')
    .selectAll()
    .where('recordNumber', '=', recordNumber)
    .where('revision', '=', revision)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()

/** Lines after one place, up to another, of all operations but these: what people did, beside what comes by the thousand. */
export const journalBeside = (
  db: Kysely<unknown>,
  operations: readonly string[],
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<JournalLine[]> =>
  db
    .withTables<JournalTables>()
    .selectFrom('journal')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .where('operation', 'not in', operations)
    .orderBy('seq')
    .limit(limit)
    .execute()

/** A span of the journal: after one place, up to another. */
export type Span = { after: number; upTo: number }

/** The lines of a span, as others may put them into their own queries. */
export const journalBetween = (db: Kysely<unknown>, { after, upTo }: Span) =>
  db
    .withTables<JournalTables>()
    .selectFrom('journal')
    .select(['seq', 'recordNumber', 'revision', 'action', 'operation'])
    .where('seq', '>', after)
    .where('seq', '<=', upTo)

/** The newest lines before a place, of all operations but this one. */
export function newestInJournal(
  db: Kysely<unknown>,
  { before, beside, limit }: { before: number | undefined; beside: string | undefined; limit: number },
): Promise<JournalLine[]> {
  let query = db.withTables<JournalTables>().selectFrom('journal').selectAll()
  if (beside !== undefined) query = query.where(isBeside(beside))
  if (before !== undefined) query = query.where('seq', '<', before)
  return query.orderBy('seq', 'desc').limit(limit).execute()
}

/** Written out as it is in the index that a feature adds for it: with a parameter the index would not be used. */
export const isBeside = (operation: string) => sql<boolean>`operation <> ${sql.lit(operation)}`

/** Something derived from the journal, that keeps its own place and can begin again from nothing. */
export type Follower = {
  name: string
  /** The last line it has taken in. */
  place: () => number
  /** How many lines it takes at most; fewer hold up less of what else this thread does. */
  atOnce?: number
  /** Takes in lines in order. Called again with the same lines after a failure. */
  take: (lines: readonly JournalLine[], db: Kysely<unknown>) => Promise<void>
  /** Takes in lines before their turn, without moving its place: it will be given them again. */
  takeAhead?: (lines: readonly JournalLine[], db: Kysely<unknown>) => Promise<void>
}

const linesAtOnce = 2_000

/** Brings a follower up to the head, and tells how far it has come. `between` is done after each step. */
export async function catchUp(
  follower: Follower,
  db: Kysely<unknown>,
  tell: (done: number, of: number) => void = () => {},
  between: () => Promise<void> = async () => {},
): Promise<void> {
  const head = await journalHead(db)
  while (follower.place() < head) {
    const before = follower.place()
    const lines = await journalAfter(db, before, follower.atOnce ?? linesAtOnce)
    if (lines.length === 0) return
    await follower.take(lines, db)
    if (follower.place() <= before) throw new Error(`follower ${follower.name} stands still at ${before}`)
    await between()
    tell(follower.place(), head)
    await new Promise((resume) => setImmediate(resume))
  }
}

/** A record that somebody changed: the first and last version that they made of it. */
export type RecordChanged = { recordNumber: number; recordId: string; first: number; last: number }

/** What somebody changed after one line and up to another, in the order of records. */
export const changedBetween = async (
  db: Kysely<unknown>,
  { fromSeq, toSeq, actor }: { fromSeq: number; toSeq: number; actor: string },
  { after, limit }: { after: number; limit: number },
): Promise<RecordChanged[]> =>
  (
    await db
      .withTables<JournalTables>()
      .selectFrom('journal')
      .select(({ fn }) => ['recordNumber', 'recordId', fn.min('revision').as('first'), fn.max('revision').as('last')])
      .where('seq', '>', fromSeq)
      .where('seq', '<=', toSeq)
      .where('actor', '=', actor)
      .where('recordNumber', '>', after)
      .groupBy(['recordNumber', 'recordId'])
      .orderBy('recordNumber')
      .limit(limit)
      .execute()
  ).map(({ first, last, recordNumber, recordId }) => ({
    recordNumber: Number(recordNumber),
    recordId,
    first: Number(first),
    last: Number(last),
  }))
