/** Taking back a release: what it brought goes, and what it ended holds again, as if it had never come. */
import type { Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import { observations } from './store.ts'

const seriesAtOnce = 1_000
const keyOf = ({ series, period }: { series: number; period: number }) => `${series} ${period}`

/** Later releases stay as they are. Answers how many values went. */
export async function undoRelease(db: Kysely<unknown>, release: number): Promise<number> {
  const store = observations(db)
  const all = await store.heldBy(release)
  const brought = all.filter((one) => one.release === release)
  const ended = all.filter((one) => one.ended === release)
  const until = new Map(brought.map((one) => [keyOf(one), one.ended]))
  const later = await laterTellings(db, release, ended)
  for (const one of ended) await store.setEnded(one, until.get(keyOf(one)) ?? later.get(keyOf(one)) ?? null)
  await store.removeRelease(release)
  await store.removeEmptySeries([...new Set(brought.map(({ series }) => series))])
  for (const [indicator, rows] of Map.groupBy(all, (one) => one.indicator))
    await store.renewLatest(indicator, [...new Set(rows.map(({ dimensions }) => dimensions))])
  return brought.length
}

/** The first release after this one that told each again: until then what it had ended holds. */
async function laterTellings(
  db: Kysely<unknown>,
  release: number,
  ended: readonly { series: number }[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const some of chunks([...new Set(ended.map(({ series }) => series))], seriesAtOnce))
    for (const one of await observations(db).tellings(some))
      if (one.release > release && !found.has(keyOf(one))) found.set(keyOf(one), one.release)
  return found
}
