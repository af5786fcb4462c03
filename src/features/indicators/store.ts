/** The queries of observations. No rules in here. */
import type { Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { IndicatorTables, LatestRow, ObservationRow, ReleaseRow, SeriesRow, Status } from './tables.ts'

/** Seven columns each; both engines take some 32,000 values in one statement. */
const rowsAtOnce = 4_000

export type Held = {
  series: number
  area: string
  dimensions: string
  period: number
  release: number
  value: number | null
  status: Status
  reason: string
}
export type ValueQuery = {
  indicator: string
  areas?: readonly string[] | undefined
  dimensions?: readonly string[] | undefined
  from?: number | undefined
  to?: number | undefined
  /** The releases that were out then; what holds now where absent. */
  out?: readonly number[] | undefined
}

export const observations = (db: Kysely<unknown>) => {
  const own = db.withTables<IndicatorTables>()
  const values = ({ indicator, areas, dimensions, from, to, out }: ValueQuery) => {
    let query = own
      .selectFrom('statistical_series as s')
      .innerJoin('observation as o', 'o.series', 's.number')
      .where('s.indicator', '=', indicator)
    if (areas) query = query.where('s.area', 'in', areas)
    if (dimensions) query = query.where('s.dimensions', 'in', dimensions)
    if (from !== undefined) query = query.where('o.period', '>=', from)
    if (to !== undefined) query = query.where('o.period', '<=', to)
    if (out === undefined) return query.where('o.ended', 'is', null)
    if (out.length === 0) return query.where('o.release', 'is', null)
    return query
      .where('o.release', 'in', out)
      .where((is) => is.or([is('o.ended', 'is', null), is('o.ended', 'not in', out)]))
  }
  return {
    /** In the order of dimensions, areas and periods. */
    values: (query: ValueQuery, page?: { offset: number; limit: number }): Promise<Held[]> => {
      const found = values(query)
        .select(['o.series', 's.area', 's.dimensions', 'o.period', 'o.release', 'o.value', 'o.status', 'o.reason'])
        .orderBy('s.dimensions')
        .orderBy('s.area')
        .orderBy('o.period')
        .orderBy('o.release')
      return (page ? found.offset(page.offset).limit(page.limit) : found).execute()
    },

    /** What an area says of several indicators, each of one breakdown. */
    ofArea: async (
      area: string,
      wanted: readonly { indicator: string; dimensions: string }[],
    ): Promise<(Held & { indicator: string })[]> =>
      own
        .selectFrom('statistical_series as s')
        .innerJoin('observation as o', 'o.series', 's.number')
        .select([
          's.indicator',
          'o.series',
          's.area',
          's.dimensions',
          'o.period',
          'o.release',
          'o.value',
          'o.status',
          'o.reason',
        ])
        .where('s.area', '=', area)
        .where('o.ended', 'is', null)
        .where((is) =>
          is.or(wanted.map((one) => is.and({ 's.indicator': one.indicator, 's.dimensions': one.dimensions }))),
        )
        .orderBy('s.indicator')
        .orderBy('o.period')
        .execute(),

    /** The series of an indicator, each with the years that it has. */
    shape: (indicator: string) =>
      own
        .selectFrom('latest_observation')
        .select(({ fn }) => ['dimensions', 'area', fn.max('period').as('to')])
        .where('indicator', '=', indicator)
        .groupBy(['dimensions', 'area'])
        .execute() as Promise<{ dimensions: string; area: string; to: number }[]>,

    /** Of all indicators: what each is broken down by. */
    breakdowns: () => own.selectFrom('latest_observation').select(['indicator', 'dimensions']).distinct().execute(),

    periods: async (indicator: string, dimensions: string): Promise<number[]> => {
      const rows = await values({ indicator, dimensions: [dimensions] })
        .select('o.period')
        .where('o.value', 'is not', null)
        .distinct()
        .orderBy('o.period')
        .execute()
      return rows.map(({ period }) => period)
    },

    latest: (
      wanted: readonly { indicator: string; dimensions: string }[],
      areas?: readonly string[],
    ): Promise<LatestRow[]> => {
      const found = own
        .selectFrom('latest_observation')
        .selectAll()
        .where((is) => is.or(wanted.map((one) => is.and(one))))
      return (areas ? found.where('area', 'in', areas) : found).orderBy('indicator').orderBy('area').execute()
    },

    /** The first or the last value of each area among those asked for, of one breakdown. */
    outermost: (query: ValueQuery & { dimensions: readonly [string] }, end: 'first' | 'last') => {
      const held = values(query).where('o.value', 'is not', null)
      const years = held
        .select(({ fn }) => ['o.series as of', (end === 'first' ? fn.min : fn.max)('o.period').as('year')])
        .groupBy('o.series')
      return held
        .innerJoin(years.as('outer'), (join) =>
          join.onRef('outer.of', '=', 'o.series').onRef('outer.year', '=', 'o.period'),
        )
        .select(['s.area', 'o.period', 'o.value', 'o.status'])
        .orderBy('s.area')
        .execute()
    },

    /** How many areas each indicator has, or each of these, and its newest year. */
    counts: (indicators?: readonly string[]) =>
      (indicators
        ? own.selectFrom('latest_observation').where('indicator', 'in', indicators)
        : own.selectFrom('latest_observation')
      )
        .select(({ fn }) => [
          'indicator',
          fn.count<number | string>('area').distinct().as('areas'),
          fn.max('period').as('newest'),
        ])
        .groupBy('indicator')
        .execute(),

    releases: (source?: string): Promise<ReleaseRow[]> => {
      const all = own.selectFrom('statistical_release').selectAll().orderBy('number')
      return (source === undefined ? all : all.where('source', '=', source)).execute()
    },
    newestRelease: async (source?: string): Promise<ReleaseRow | undefined> => {
      const all = own.selectFrom('statistical_release').selectAll().orderBy('number', 'desc').limit(1)
      return (source === undefined ? all : all.where('source', '=', source)).executeTakeFirst()
    },
    /** When anything was last taken in. */
    lastTaken: async (): Promise<string | null> =>
      (
        await own
          .selectFrom('statistical_release')
          .select(({ fn }) => fn.max('takenAt').as('at'))
          .executeTakeFirst()
      )?.at ?? null,
    addRelease: async (row: Omit<ReleaseRow, 'number'>): Promise<number> =>
      (
        await own
          .insertInto('statistical_release')
          .values(row as ReleaseRow)
          .returning('number')
          .executeTakeFirstOrThrow()
      ).number,

    /** Something more was taken in with it. */
    touchRelease: async (number: number, takenAt: string): Promise<void> => {
      await own.updateTable('statistical_release').set({ takenAt }).where('number', '=', number).execute()
    },

    series: (indicator: string): Promise<SeriesRow[]> =>
      own.selectFrom('statistical_series').selectAll().where('indicator', '=', indicator).execute(),
    addSeries: async (rows: readonly Omit<SeriesRow, 'number'>[]): Promise<SeriesRow[]> => {
      const added: SeriesRow[] = []
      for (const some of chunks(rows, rowsAtOnce))
        added.push(
          ...(await own
            .insertInto('statistical_series')
            .values(some as SeriesRow[])
            .returningAll()
            .execute()),
        )
      return added
    },
    add: async (rows: readonly ObservationRow[]): Promise<void> => {
      for (const some of chunks(rows, rowsAtOnce)) await own.insertInto('observation').values(some).execute()
    },
    /** They held until this release. */
    end: async (held: readonly Pick<Held, 'series' | 'period' | 'release'>[], by: number): Promise<void> => {
      for (const { series, period, release } of held)
        await own
          .updateTable('observation')
          .set({ ended: by })
          .where('series', '=', series)
          .where('period', '=', period)
          .where('release', '=', release)
          .execute()
    },

    /** Makes anew what is derived: the newest value of each series of an indicator with these breakdowns. */
    renewLatest: async (indicator: string, dimensions: readonly string[]): Promise<void> => {
      await own
        .deleteFrom('latest_observation')
        .where('indicator', '=', indicator)
        .where('dimensions', 'in', dimensions)
        .execute()
      const rows = await values({ indicator, dimensions })
        .select(['s.dimensions', 's.area', 'o.period', 'o.value', 'o.status'])
        .where('o.value', 'is not', null)
        .execute()
      const newest = new Map<string, LatestRow>()
      for (const row of rows) {
        const { area, period, value, status } = row
        const key = `${row.dimensions} ${area}`
        if ((newest.get(key)?.period ?? -1) < period)
          newest.set(key, { indicator, dimensions: row.dimensions, area, period, value: value!, status })
      }
      for (const some of chunks([...newest.values()], rowsAtOnce))
        await own.insertInto('latest_observation').values(some).execute()
    },

    /** Of a release, and what it ended: for taking it back. */
    heldBy: (release: number) =>
      own
        .selectFrom('observation as o')
        .innerJoin('statistical_series as s', 's.number', 'o.series')
        .select(['s.indicator', 's.dimensions', 'o.series', 'o.period', 'o.release', 'o.ended'])
        .where((is) => is.or([is('o.release', '=', release), is('o.ended', '=', release)]))
        .execute(),
    /** When each of these years of a series was told again, in the order of releases. */
    tellings: (series: readonly number[]) =>
      own
        .selectFrom('observation')
        .select(['series', 'period', 'release'])
        .where('series', 'in', series)
        .orderBy('release')
        .execute(),
    setEnded: async (
      { series, period, release }: Pick<ObservationRow, 'series' | 'period' | 'release'>,
      ended: number | null,
    ): Promise<void> => {
      await own
        .updateTable('observation')
        .set({ ended })
        .where('series', '=', series)
        .where('period', '=', period)
        .where('release', '=', release)
        .execute()
    },
    removeRelease: async (release: number): Promise<void> => {
      await own.deleteFrom('observation').where('release', '=', release).execute()
      await own.deleteFrom('statistical_release').where('number', '=', release).execute()
    },
    /** Series without any value, left behind by a release that was taken back. */
    removeEmptySeries: async (series: readonly number[]): Promise<void> => {
      for (const some of chunks(series, 1_000))
        await own
          .deleteFrom('statistical_series')
          .where('number', 'in', some)
          .where((is) =>
            is.not(
              is.exists(
                is.selectFrom('observation').select('series').whereRef('series', '=', 'statistical_series.number'),
              ),
            ),
          )
          .execute()
    },
    /** Releases with values of an indicator, of some breakdowns. */
    releasesWith: async (indicator: string, dimensions: readonly string[]): Promise<number[]> => {
      if (dimensions.length === 0) return []
      const rows = await own
        .selectFrom('statistical_series as s')
        .innerJoin('observation as o', 'o.series', 's.number')
        .select('o.release')
        .where('s.indicator', '=', indicator)
        .where('s.dimensions', 'in', dimensions)
        .distinct()
        .execute()
      return rows.map(({ release }) => release)
    },

    indicators: async (): Promise<string[]> =>
      (await own.selectFrom('statistical_series').select('indicator').distinct().orderBy('indicator').execute()).map(
        (row) => row.indicator,
      ),
    /** The series of an area whose breakdown says that the country tells them itself, and those of some indicators. */
    seriesOfArea: (area: string): Promise<LatestRow[]> =>
      own
        .selectFrom('latest_observation')
        .selectAll()
        .where('area', '=', area)
        .orderBy('indicator')
        .orderBy('dimensions')
        .execute(),
    /** Every observation of an indicator that was ever held, by series, for taking along. */
    history: (indicator: string) =>
      own
        .selectFrom('statistical_series as s')
        .innerJoin('observation as o', 'o.series', 's.number')
        .select(['s.area', 's.dimensions', 'o.period', 'o.release', 'o.ended', 'o.value', 'o.status', 'o.reason'])
        .where('s.indicator', '=', indicator)
        .orderBy('s.area')
        .orderBy('s.dimensions')
        .orderBy('o.period')
        .orderBy('o.release')
        .execute(),
  }
}
