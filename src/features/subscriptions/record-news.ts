/** What is new of records that people follow: versions, what review found, and records that now lead to them. */
import type { Kysely } from 'kysely'
import { journalBetween, type Span } from '#kernel/journal.ts'
import { judgedVersions, submittedSince } from '#features/editorial/drafts/public-news.ts'
import { chunks, records } from '#records/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { linksLeadingTo } from '#records/queries.ts'
import { lineOf, type News, type NewsLine, type Since } from './news-line.ts'

/** No more linking records than these are read for one e-mail. */
const mostLinks = 5_000

/** By watch; those of searches are left out. */
export async function newsOfRecords(
  db: Kysely<unknown>,
  watched: readonly Since[],
  { upTo, most }: { upTo: number; most: number },
): Promise<Map<string, News>> {
  const followed = watched.filter((one): one is Since & { recordId: string } => one.recordId !== null)
  const news = new Map<string, News>()
  if (followed.length === 0) return news
  const ids = [...new Set(followed.map(({ recordId }) => recordId))]
  const span = { after: Math.min(...followed.map(({ seq }) => seq)), upTo }
  const since = followed.map(({ at }) => at).sort()[0]!
  const known = await records(db).findMany(ids)
  const own = await ownLines(db, [...known.values()], span)
  const leading = await leadingTo(db, ids, span)
  const reviews = [...(await verdictsOf(db, known, own)), ...(await underReview(db, ids, since))]
  const others = await records(db).byNumbers([...new Set(leading.map(({ number }) => number))])
  const byNumber = new Map(others.map((record) => [record.number, record]))
  for (const one of followed) {
    const record = known.get(one.recordId)
    const found = reviews.filter(({ id }) => id === one.recordId)
    const lines = record ? linesOf(one, record, lastOf(own.get(record.number)), found) : []
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

type Lines = { seq: number; revision: number }[]
const lastOf = (lines: Lines = []): number => Math.max(0, ...lines.map(({ seq }) => seq))

/** By number of record, where it changed. */
async function ownLines(
  db: Kysely<unknown>,
  of: readonly StoredRecord[],
  span: Span,
): Promise<ReadonlyMap<number, Lines>> {
  const found: (Lines[number] & { recordNumber: number })[] = []
  for (const some of chunks(of.map(({ number }) => number))) {
    const rows = await journalBetween(db, span).where('recordNumber', 'in', some).execute()
    found.push(...rows.map((row) => ({ ...row, seq: Number(row.seq) })))
  }
  return Map.groupBy(found, ({ recordNumber }) => recordNumber)
}

/** Records that came since and lead to one of these, the latest first. */
async function leadingTo(db: Kysely<unknown>, ids: readonly string[], span: Span) {
  const found: { toId: string; number: number; seq: number }[] = []
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom(linksLeadingTo(db, some).as('link'))
      .innerJoin(journalBetween(db, span).as('journal'), 'journal.recordNumber', 'link.fromNumber')
      .select(({ fn }) => ['link.toId', 'link.fromNumber', fn.max('journal.seq').as('seq')])
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
async function verdictsOf(
  db: Kysely<unknown>,
  known: ReadonlyMap<string, StoredRecord>,
  own: ReadonlyMap<number, Lines>,
): Promise<Found[]> {
  const changed = [...known].filter(([, { number }]) => own.has(number)).map(([id]) => id)
  const found: Found[] = []
  for (const some of chunks(changed))
    for (const { recordId, revision } of await judgedVersions(db, some)) {
      const published = own.get(known.get(recordId)!.number)!.filter((line) => line.revision === revision)
      found.push(...published.map(({ seq }) => ({ id: recordId, what: 'reviewed' as const, seq })))
    }
  return found
}

/** Everybody may know that a change is under review, while it is. */
async function underReview(db: Kysely<unknown>, ids: readonly string[], since: string): Promise<Found[]> {
  const found: Found[] = []
  for (const some of chunks(ids))
    for (const { recordId, at } of await submittedSince(db, some, since))
      found.push({ id: recordId, what: 'underReview', at })
  return found
}
