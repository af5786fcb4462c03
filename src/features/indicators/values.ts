/** What is known of indicators and their values, for pages and programs. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { keptOf } from '#records/kind.ts'
import { idOf } from '#records/identifier.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { DimensionKey, dimensionKey, dimensionsIn, nationally } from './dimensions.ts'
import { identifierOf, indicator, type Indicator } from './indicator.ts'
import { Area, Code, PublishedOn, Year } from './observe.ts'
import { observations, type Held } from './store.ts'
import { statuses, type ReleaseRow } from './tables.ts'

const IndicatorRecord = keptOf(indicator)
type IndicatorRecord = StoredRecord<Indicator>

/** @throws Problem notFound */
export async function indicatorNamed(db: Kysely<unknown>, code: string): Promise<IndicatorRecord> {
  const record =
    (await records(db).find(idOf(identifierOf(code)))) ??
    (await records(db).find(idOf(identifierOf(code.toLowerCase()))))
  if (!record || record.status !== 'published') throw noSuch('indicator', code)
  return record as unknown as IndicatorRecord
}

const Release = Type.Object({ publishedOn: Type.String(), revision: Type.String(), takenAt: Type.String() })
const withoutNumber = ({ publishedOn, revision, takenAt }: ReleaseRow) => ({ publishedOn, revision, takenAt })

/** Of whoever publishes the indicator, and what countries published of it themselves. */
async function releasesOf(db: Kysely<unknown>, { body, origin }: IndicatorRecord, breakdowns: readonly string[]) {
  const all = await observations(db).releases()
  const isNational = (key: string) => dimensionsIn(key)?.['source'] === nationally.source
  const besides = origin?.collection ? breakdowns.filter(isNational) : breakdowns
  const own = new Set(await observations(db).releasesWith(body.code, besides))
  return all.filter(({ number, source }) => own.has(number) || source === origin?.collection).sort(newestFirst)
}

/** What was taken in last need not be what was published last: older releases come later too. */
const newestFirst = (a: ReleaseRow, b: ReleaseRow) => b.publishedOn.localeCompare(a.publishedOn) || b.number - a.number

const Breakdown = Type.Object({
  dimensions: Type.String({ description: 'As `level=1;sex=F`; empty for the total' }),
  areas: Type.Integer({ description: 'How many areas have values' }),
  newest: Type.Integer({ description: 'The newest year of any' }),
})

export const describeIndicator = operation({
  name: 'indicators.describe',
  summary:
    'Read an indicator: what it means, by what it is broken down, for which areas there are values, and its releases',
  http: 'GET /indicators/:code',
  input: Type.Object({ code: Code }, closed),
  output: Type.Object({
    record: IndicatorRecord,
    breakdowns: Type.Array(Breakdown),
    areas: Type.Array(Type.String()),
    releases: Type.Array(Release, { description: 'The newest first' }),
  }),
  allow: () => true,
  run: async ({ db }, { code }) => {
    const record = await indicatorNamed(db, code)
    const series = await observations(db).shape(record.body.code)
    const breakdowns = [...Map.groupBy(series, (one) => one.dimensions)].map(([dimensions, all]) => ({
      dimensions,
      areas: all.length,
      newest: Math.max(...all.map(({ to }) => to)),
    }))
    return {
      record,
      breakdowns: breakdowns.sort((a, b) => (a.dimensions < b.dimensions ? -1 : 1)),
      areas: [...new Set(series.map(({ area }) => area))].sort(),
      releases: (
        await releasesOf(
          db,
          record,
          breakdowns.map(({ dimensions }) => dimensions),
        )
      ).map(withoutNumber),
    }
  },
})
export type Description = Static<(typeof describeIndicator)['output']>

const Value = Type.Object({
  area: Type.String(),
  period: Type.Integer(),
  dimensions: Type.String(),
  value: Type.Union([Type.Number(), Type.Null()]),
  status: Type.Enum([...statuses]),
  reason: Type.String(),
  publishedOn: Type.String({ description: 'When the release was published that first had this value' }),
})
export type Value = Static<typeof Value>

export const mostValues = 10_000

export const indicatorValues = operation({
  name: 'indicators.values',
  summary: 'List values of an indicator by breakdown, area and year: those that hold, or those published by a day',
  http: 'GET /indicators/:code/values',
  input: Type.Object(
    {
      code: Code,
      area: Type.Optional(Type.Array(Area, { maxItems: 300, description: 'Only these areas' })),
      dimensions: Type.Optional(
        Type.Array(DimensionKey, { maxItems: 100, description: 'Only these breakdowns; an empty one is the total' }),
      ),
      from: Type.Optional(Year),
      to: Type.Optional(Year),
      asOf: Type.Optional({ ...PublishedOn, description: 'As they were published by this day, month or year' }),
      offset: Type.Integer({ minimum: 0, maximum: 10_000_000, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: mostValues, default: 1_000 }),
    },
    closed,
  ),
  output: Type.Object({
    code: Type.String(),
    values: Type.Array(Value),
    next: Type.Union([Type.Integer(), Type.Null()], { description: '`offset` of the following page' }),
  }),
  allow: () => true,
  run: async ({ db }, { code, area, dimensions, from, to, asOf, offset, limit }) => {
    const { body } = await indicatorNamed(db, code)
    const releases = await observations(db).releases()
    const out = asOf === undefined ? undefined : releasesBy(releases, asOf)
    const found = await observations(db).values(
      { indicator: body.code, areas: area, dimensions: dimensions?.map(inOneWay), from, to, out },
      { offset, limit: limit + 1 },
    )
    const published = new Map(releases.map((one) => [one.number, one.publishedOn]))
    return {
      code: body.code,
      values: found.slice(0, limit).map((one) => valueOf(one, published)),
      next: found.length > limit ? offset + limit : null,
    }
  },
})

const inOneWay = (written: string): string => dimensionKey(dimensionsIn(written) ?? { unknown: 'true' })

/** The releases that were out by then: a year means its end. */
export const releasesBy = (releases: readonly ReleaseRow[], asOf: string): number[] =>
  releases.filter(({ publishedOn }) => publishedOn.slice(0, asOf.length) <= asOf).map(({ number }) => number)

const valueOf = (
  { area, period, dimensions, value, status, reason, release }: Held,
  published: ReadonlyMap<number, string>,
): Value => ({ area, period, dimensions, value, status, reason, publishedOn: published.get(release) ?? '' })

const Latest = Type.Object({
  area: Type.String(),
  period: Type.Integer(),
  value: Type.Number(),
  status: Type.Enum([...statuses]),
  first: Type.Optional(
    Type.Object(
      { period: Type.Integer(), value: Type.Number() },
      { description: 'The first value in or after the year `since`, where it is earlier than this one' },
    ),
  ),
})
export type Latest = Static<typeof Latest>

export const latestValues = operation({
  name: 'indicators.latest',
  summary:
    'Read the newest value of each area for one breakdown of an indicator, or the values of one year, beside the first since a year',
  http: 'GET /indicators/:code/latest',
  input: Type.Object(
    {
      code: Code,
      dimensions: Type.Optional(DimensionKey),
      year: Type.Optional(Year),
      since: Type.Optional({ ...Year, description: 'Give the first value in or after this year too' }),
      asOf: Type.Optional({ ...PublishedOn, description: 'As they were published by this day, month or year' }),
    },
    closed,
  ),
  output: Type.Object({
    code: Type.String(),
    dimensions: Type.String(),
    years: Type.Array(Type.Integer(), { description: 'Years of which there are values' }),
    values: Type.Array(Latest),
  }),
  allow: () => true,
  run: async ({ db }, { code, dimensions: asked, ...more }) => {
    const { body } = await indicatorNamed(db, code)
    const dimensions = inOneWay(asked ?? body.headline ?? '')
    const store = observations(db)
    return {
      code: body.code,
      dimensions,
      years: await store.periods(body.code, dimensions),
      values: await latestOf(store, { indicator: body.code, dimensions, ...more }),
    }
  },
})

type LatestQuery = { indicator: string; dimensions: string } & Partial<Record<'year' | 'since', number>> & {
    asOf?: string
  }

async function latestOf(
  store: ReturnType<typeof observations>,
  { indicator: code, dimensions, year, since, asOf }: LatestQuery,
): Promise<Latest[]> {
  const out = asOf === undefined ? undefined : releasesBy(await store.releases(), asOf)
  const among = { indicator: code, dimensions: [dimensions] as const, out }
  const found =
    year !== undefined
      ? await store.values({ ...among, from: year, to: year })
      : out !== undefined
        ? await store.outermost(among, 'last')
        : await store.latest([{ indicator: code, dimensions }])
  const firsts = since === undefined ? [] : await store.outermost({ ...among, from: since }, 'first')
  const firstOf = new Map(firsts.map(({ area, period, value }) => [area, { period, value: value! }]))
  return found.flatMap(({ area, period, value, status }): Latest[] => {
    if (value === null) return []
    const first = firstOf.get(area)
    return [{ area, period, value, status, ...(first && first.period < period && { first }) }]
  })
}

const Listed = Type.Object({
  record: IndicatorRecord,
  areas: Type.Integer({ description: 'Areas with values' }),
  newest: Type.Union([Type.Integer(), Type.Null()], { description: 'The newest year' }),
})

export const listIndicators = operation({
  name: 'indicators.overview',
  summary: 'List all indicators, each with how many areas have values and the newest year',
  http: 'GET /indicators/overview',
  input: Type.Object({}, closed),
  output: Type.Object({ indicators: Type.Array(Listed) }),
  allow: () => true,
  run: async ({ db }) => {
    const counts = new Map((await observations(db).counts()).map((one) => [one.indicator, one]))
    const found: IndicatorRecord[] = []
    for (let after = 0, page: StoredRecord[] = []; after === 0 || page.length > 0; after = page.at(-1)?.number ?? -1) {
      page = after < 0 ? [] : await records(db).list(indicator.name, { after, limit: 500 })
      found.push(...(page as unknown as IndicatorRecord[]))
    }
    return {
      indicators: found.map((record) => {
        const known = counts.get(record.body.code)
        return { record, areas: Number(known?.areas ?? 0), newest: known?.newest ?? null }
      }),
    }
  },
})
export type Listed = Static<typeof Listed>
