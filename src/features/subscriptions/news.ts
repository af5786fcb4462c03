/**
 * What is new in what people watch. Searches are asked of the index among the few records that changed since, so a
 * saved search costs what changed and not what the node holds.
 */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { journalBetween } from '#kernel/journal.ts'
import { findStrict, understandFor } from '#search/find.ts'
import { toRequest } from '#search/input.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { ingest } from '#records/sources/ingest.ts'
import { lineOf, type News, type Since } from './news-line.ts'
import { newsOfRecords } from './record-news.ts'
import { inputOf } from './subject.ts'
import type { SubscriptionRow } from './tables.ts'

type Reading = Pick<Context, 'db' | 'services'>

/** More lines than this are not looked through for one letter: then the newest count. */
const mostLines = 50_000
const searchesAtOnce = 8
const nothingFound = Promise.resolve({ total: 0, numbers: [] as number[] })

/** Records that came, and those that people changed; what an import changes by the thousand is no news. */
type Changed = { numbers: number[]; came: ReadonlySet<number> }

async function changedBetween(db: Kysely<unknown>, after: number, upTo: number): Promise<Changed> {
  if (after >= upTo) return { numbers: [], came: new Set() }
  const lines = await journalBetween(db, { after, upTo })
    .where(({ eb, or }) => or([eb('action', 'in', ['share', 'restore']), eb('operation', '<>', ingest.name)]))
    .orderBy('seq', 'desc')
    .limit(mostLines)
    .execute()
  const came = lines.filter(({ action }) => action === 'share' || action === 'restore')
  return {
    numbers: [...new Set(lines.map(({ recordNumber }) => recordNumber))],
    came: new Set(came.map(({ recordNumber }) => recordNumber)),
  }
}

/**
 * By watch, what is new since its place in the journal and up to this one, at most so many lines of each. What could not
 * be asked is not among them.
 */
export async function newsOf(
  { db, services }: Reading,
  watched: readonly Since[],
  { upTo, most }: { upTo: number; most: number },
  failed: (error: unknown) => void = () => {},
): Promise<Map<string, News>> {
  const searches = watched.filter(({ recordId }) => recordId === null)
  const changed = new Map<number, Changed>()
  for (const { seq } of searches) if (!changed.has(seq)) changed.set(seq, await changedBetween(db, seq, upTo))

  const hits = new Map<string, { total: number; numbers: number[] }>()
  for (let at = 0; at < searches.length; at += searchesAtOnce)
    await Promise.all(
      searches.slice(at, at + searchesAtOnce).map(async (one) => {
        const { numbers } = changed.get(one.seq)!
        // One search that cannot be asked any more keeps nobody else from their news.
        const found = numbers.length > 0 ? foundAmong(services, one, numbers, most) : nothingFound
        await found.then((answer) => hits.set(one.id, answer)).catch(failed)
      }),
    )
  const all = [...new Set([...hits.values()].flatMap(({ numbers }) => numbers))]
  const known = new Map((await records(db).byNumbers(all)).map((record) => [record.number, record]))
  const news = await newsOfRecords(db, watched, { upTo, most })
  for (const one of searches.filter(({ id }) => hits.has(id))) {
    const { total, numbers } = hits.get(one.id)!
    const { came } = changed.get(one.seq)!
    const shown = numbers.flatMap((number) => known.get(number) ?? []).filter(({ status }) => status === 'published')
    news.set(one.id, {
      total: shown.length < numbers.length ? total - (numbers.length - shown.length) : total,
      lines: shown.map((record) => lineOf(record, came.has(record.number) ? 'new' : 'changed')),
    })
  }
  return news
}

type SavedSearch = Pick<SubscriptionRow, 'query' | 'language'>

const newestOnly = ({ query, language }: SavedSearch, limit: number) => ({
  ...inputOf(query),
  sort: 'newest' as const,
  editions: true,
  limit,
  facets: [],
  facetLimit: 0,
  languages: [language],
})

/** All the words must be there: what a page would show for want of better is no reason for an e-mail. */
async function foundAmong(
  services: Context['services'],
  since: Since,
  among: readonly number[],
  limit: number,
): Promise<{ total: number; numbers: number[] }> {
  const input = newestOnly(since, limit)
  const understood = (await understandFor(services, input)).query
  if (input.q.trim() && understood.required.length + understood.excluded.length === 0) return { total: 0, numbers: [] }
  // What changed is told, not another edition of it.
  const { readIn: _, ...request } = toRequest(input, understood)
  const found = await services.search.search({ ...request, among })
  return { total: found.total, numbers: found.hits.map(({ number }) => number) }
}

/** The newest that a search finds, whenever it came. */
export async function newestOf({ db, services }: Reading, search: SavedSearch, limit: number): Promise<StoredRecord[]> {
  const { hits } = await findStrict(services, newestOnly(search, limit))
  const found = await records(db).byNumbers(hits.map(({ number }) => number))
  return found.filter(({ status }) => status === 'published')
}
