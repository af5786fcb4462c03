/** What is new of records that people follow: versions, what review found, and records that now lead to them. */
import type { Kysely } from 'kysely'
import type { JournalTables } from '#kernel/journal.ts'
import { waitingStates } from '#features/editorial/drafts/states.ts'
import type { DraftTables } from '#features/editorial/drafts/tables.ts'
import { chunks, records } from '#records/store.ts'
import type { StoredRecord } from '#records/record.ts'
import type { RecordTables } from '#records/tables.ts'
import { lineOf, type News, type NewsLine, type Since } from './news-line.ts'

type Span = { upTo: number; most: number }
const rowsIn = (db: Kysely<unknown>) => db.withTables<RecordTables & JournalTables & DraftTables>()
/** Of what leads to them, no more is read for one letter. */
const mostLinks = 5_000

/** By watch; those of searches are left out. */
export async function newsOfRecords(
  db: Kysely<unknown>,
  watched: readonly Since[],
  { upTo, most }: Span,
): Promise<Map<string, News>> {
  const followed = watched.filter((one): one is Since & { recordId: string } => one.recordId !== null)
  const news = new Map<string, News>()
  if (followed.length === 0) return news
  const ids = [...new Set(followed.map(({ recordId }) => recordId))]
  const after = Math.min(...followed.map(({ seq }) => seq))
  const since = followed.map(({ at }) => at).sort()[0]!
  const known = await records(db).findMany(ids)
  const own = await ownLines(db, [...known.values()], after, upTo)
  const leading = await leadingTo(db, ids, after, upTo)
  const reviews = [...(await verdictsOf(db, ids, after, upTo)), ...(await underReview(db, ids, since))]
  const others = await records(db).byNumbers([...new Set(leading.map(({ number }) => number))])
  const byNumber = new Map(others.map((record) => [record.number, record]))
  for (const one of followed) {
    const record = known.get(one.recordId)
    const found = reviews.filter(({ id }) => id === one.recordId)
    const lines = record ? linesOf(one, record, own.get(record.number) ?? 0, found) : []
    const numbers = leading.filter(({ toId, seq }) => toId === one.recordId && seq > one.seq)
    for (const { number } of numbers) {
      const other = byNumber.get(number)
      if (other?.status === 'published') lines.push(lineOf(other, 'linked'))
    }
    news.set(one.id, { total: lines.length, lines: lines.slice(0, most) })
  }
  return news
}

/** Known by its place in the journal, or by its time where it stands in none. */
type Found = { id: string } & ({ what: 'reviewed'; seq: number } | { what: 'underReview'; at: string })

function linesOf({ seq, at }: Since, record: StoredRecord, changedSeq: number, reviews: readonly Found[]): NewsLine[] {
  const isWithdrawn = record.status === 'withdrawn'
  const changed = lineOf(record, isWithdrawn ? 'withdrawn' : 'changed')
  const first = changedSeq > seq ? [isWithdrawn ? { ...changed, title: null } : changed] : []
  if (isWithdrawn) return first
  const isNew = (one: Found) => (one.what === 'reviewed' ? one.seq > seq : one.at > at)
  const found = new Set(reviews.filter(isNew).map(({ what }) => what))
  return [...first, ...[...found].map((what) => lineOf(record, what))]
}

/** By number of record, the last place in the journal where it changed. */
async function ownLines(db: Kysely<unknown>, of: readonly StoredRecord[], after: number, upTo: number) {
  const last = new Map<number, number>()
  for (const some of chunks(of.map(({ number }) => number))) {
    const rows = await rowsIn(db)
      .selectFrom('journal')
      .select(({ fn }) => ['recordNumber', fn.max('seq').as('seq')])
      .where('recordNumber', 'in', some)
      .where('seq', '>', after)
      .where('seq', '<=', upTo)
      .groupBy('recordNumber')
      .execute()
    for (const row of rows) last.set(row.recordNumber, Number(row.seq))
  }
  return last
}

/** Records that came since and lead to one of these, the latest first. */
async function leadingTo(db: Kysely<unknown>, ids: readonly string[], after: number, upTo: number) {
  const found: { toId: string; number: number; seq: number }[] = []
  for (const some of chunks(ids)) {
    const rows = await rowsIn(db)
      .selectFrom('link')
      .innerJoin('journal', 'journal.recordNumber', 'link.fromNumber')
      .select(({ fn }) => ['link.toId', 'link.fromNumber', fn.max('journal.seq').as('seq')])
      .where('link.toId', 'in', some)
      .where('journal.seq', '>', after)
      .where('journal.seq', '<=', upTo)
      .where('journal.action', 'in', ['share', 'restore'])
      .groupBy(['link.toId', 'link.fromNumber'])
      .orderBy('seq', 'desc')
      .limit(mostLinks)
      .execute()
    found.push(...rows.map(({ toId, fromNumber, seq }) => ({ toId, number: fromNumber, seq: Number(seq) })))
  }
  return found
}

/** What review found is known from when the version that it is of was published. */
async function verdictsOf(db: Kysely<unknown>, ids: readonly string[], after: number, upTo: number): Promise<Found[]> {
  const found: Found[] = []
  for (const some of chunks(ids)) {
    const rows = await rowsIn(db)
      .selectFrom('verdict')
      .innerJoin('record', 'record.id', 'verdict.recordId')
      .innerJoin('journal', (join) =>
        join.onRef('journal.recordNumber', '=', 'record.number').onRef('journal.revision', '=', 'verdict.revision'),
      )
      .select(['verdict.recordId', 'journal.seq'])
      .where('verdict.recordId', 'in', some)
      .where('journal.seq', '>', after)
      .where('journal.seq', '<=', upTo)
      .execute()
    for (const { recordId, seq } of rows) found.push({ id: recordId, what: 'reviewed', seq: Number(seq) })
  }
  return found
}

/** Everybody may know that a change is under review, while it is. */
async function underReview(db: Kysely<unknown>, ids: readonly string[], since: string): Promise<Found[]> {
  const found: Found[] = []
  for (const some of chunks(ids)) {
    const rows = await rowsIn(db)
      .selectFrom('draft_step')
      .innerJoin('draft', 'draft.id', 'draft_step.draftId')
      .select(['draft.recordId', 'draft_step.at'])
      .where('draft.recordId', 'in', some)
      .where('draft.state', 'in', waitingStates)
      .where('draft_step.toState', '=', 'submitted')
      .where('draft_step.at', '>', since)
      .execute()
    for (const { recordId, at } of rows) found.push({ id: recordId, what: 'underReview', at })
  }
  return found
}
