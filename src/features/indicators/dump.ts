/** All observations as lines, for taking along: releases, then each series with every value that it ever had. */
import type { Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import { validate } from '#kernel/schema.ts'
import { observations } from './store.ts'
import { statuses, type Status } from './tables.ts'
import { chunks } from '#records/store.ts'
import { Area, Code, observationsAtOnce, Year, type ObserveInput } from './observe.ts'
import { DimensionKey, dimensionNames } from './dimensions.ts'
import type { TakeObservations } from './import-values.ts'

const Release = Type.Object({
  release: Type.Object({
    number: Type.Integer(),
    source: Type.String(),
    publishedOn: Type.String(),
    revision: Type.String(),
  }),
})
/** Year, value, status, the releases from and until which it holds, and why there is no value. */
type Kept = [number, number | null, Status, number, number | null, string]
const Kept = Type.Unsafe<Kept>({
  type: 'array',
  prefixItems: [
    Year,
    Type.Union([Type.Number(), Type.Null()]),
    Type.Enum([...statuses]),
    Type.Integer(),
    Type.Union([Type.Integer(), Type.Null()]),
    Type.String(),
  ],
  items: false,
  minItems: 6,
})
const Series = Type.Object({ indicator: Code, area: Area, dimensions: DimensionKey, values: Type.Array(Kept) })
type Release = Static<typeof Release>['release']
type Series = Static<typeof Series>

/** Lines of JSON, in one order whatever the order in which they came. */
export async function* observationLines(db: Kysely<unknown>): AsyncGenerator<string> {
  const store = observations(db)
  for (const { number, source, publishedOn, revision } of await store.releases())
    yield JSON.stringify({ release: { number, source, publishedOn, revision } })
  for (const indicator of await store.indicators()) {
    const all = Map.groupBy(await store.history(indicator), ({ area, dimensions }) => `${area} ${dimensions}`)
    for (const [, rows] of all) {
      const { area, dimensions } = rows[0]!
      const values = rows.map((row) => [row.period, row.value, row.status, row.release, row.ended, row.reason])
      yield JSON.stringify({ indicator, area, dimensions, values } as Series)
    }
  }
}

/** Changes whenever values were taken in; null where there are none. */
export const lastTaken = (db: Kysely<unknown>): Promise<string | null> => observations(db).lastTaken()

/**
 * Takes in what `observationLines` wrote, release by release, as if each had been imported when it was published.
 * @throws Problem invalid for a line that is none of these
 */
export async function takeObservationLines(
  lines: AsyncIterable<unknown>,
  take: (source: string) => TakeObservations,
): Promise<number> {
  const releases = new Map<number, Release>()
  let waiting: Series[] = []
  let count = 0
  const send = async () => {
    count += waiting.length
    await takeIndicator(waiting, releases, take)
    waiting = []
  }
  for await (const line of lines) {
    if (typeof line === 'object' && line !== null && 'release' in line) {
      const { release } = validate(Release, line)
      releases.set(release.number, release)
      count++
      continue
    }
    const series = validate(Series, line)
    if (waiting.length > 0 && waiting[0]!.indicator !== series.indicator) await send()
    waiting.push(series)
  }
  if (waiting.length > 0) await send()
  return count
}

async function takeIndicator(
  series: readonly Series[],
  releases: ReadonlyMap<number, Release>,
  take: (source: string) => TakeObservations,
): Promise<void> {
  const code = series[0]!.indicator
  const steps = new Set(
    series.flatMap(({ values }) => values.flatMap(([, , , from, to]) => (to ? [from, to] : [from]))),
  )
  for (const step of [...steps].sort((a, b) => a - b)) {
    const known = releases.get(step)
    if (!known) continue
    const { source, publishedOn, revision } = known
    const rows = series.flatMap((one) => rowsAt(one, step))
    // What one transaction does not hold comes in several, which end nothing.
    const parts = chunks(rows, observationsAtOnce)
    for (const part of parts)
      await take(source)({
        code,
        source,
        release: { publishedOn, revision },
        rows: part,
        ...(parts.length === 1 && { scope: { fixed: {}, free: [...dimensionNames] } }),
      })
  }
}

/** What a series held when a release was out. */
const rowsAt = ({ area, dimensions, values }: Series, step: number): ObserveInput['rows'] =>
  values
    .filter(([, , , from, to]) => from <= step && (to === null || to > step))
    .map(([period, value, status, , , reason]) => ({
      place: `${area} ${dimensions} ${period}`,
      area,
      period,
      dimensions,
      value,
      status,
      ...(reason && { reason }),
    }))
