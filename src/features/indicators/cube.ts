/** The values of an indicator as a cube of series, for messages that tell many of them: read some series at a time. */
import type { ExpressionBuilder, Kysely } from 'kysely'
import type { IndicatorTables, ObservationRow, ReleaseRow, SeriesRow, Status } from './tables.ts'

export type Series = Omit<SeriesRow, 'indicator'>
export type Release = ReleaseRow
/** What holds. */
export type Held = Omit<Observed, 'ended'>
export type Observed = {
  series: number
  period: number
  release: number
  ended: number | null
  value: number | null
  status: Status
  reason: string
}
export type Span = { series: number; from: number; to: number; count: number }
/** Of an indicator, every series that has one of these breakdowns and one of these areas. */
export type Part = { indicator: string; dimensions: readonly string[]; areas: readonly string[] }
/** `upTo` is the number of the newest release that counts. */
export type Window = { from?: number | undefined; to?: number | undefined; upTo: number }

export function cube(db: Kysely<unknown>) {
  const own = db.withTables<IndicatorTables>()
  const rows = (series: readonly number[], { from, to, upTo }: Window) => {
    let query = own.selectFrom('observation').where('series', 'in', series).where('release', '<=', upTo)
    if (from !== undefined) query = query.where('period', '>=', from)
    if (to !== undefined) query = query.where('period', '<=', to)
    return query
  }
  const held = (series: readonly number[], window: Window) =>
    rows(series, window).where((is) => is.or([is('ended', 'is', null), is('ended', '>', window.upTo)]))
  const heldColumns = ['series', 'period', 'release', 'value', 'status', 'reason'] as const
  const columns = ['series', 'period', 'release', 'ended', 'value', 'status', 'reason'] as const
  return {
    /** By which breakdowns each indicator has series. */
    breakdowns: (): Promise<{ indicator: string; dimensions: string }[]> =>
      own.selectFrom('statistical_series').select(['indicator', 'dimensions']).distinct().execute(),
    areas: (indicator: string): Promise<{ area: string; dimensions: string }[]> =>
      own.selectFrom('statistical_series').select(['area', 'dimensions']).where('indicator', '=', indicator).execute(),
    breakdownsOf: async (indicator: string): Promise<string[]> =>
      (
        await own
          .selectFrom('statistical_series')
          .select('dimensions')
          .distinct()
          .where('indicator', '=', indicator)
          .execute()
      ).map(({ dimensions }) => dimensions),
    /** Those of these breakdowns and areas; of all areas where absent. */
    series: (indicator: string, dimensions: readonly string[], areas?: readonly string[]): Promise<Series[]> => {
      const found = own
        .selectFrom('statistical_series')
        .select(['number', 'area', 'dimensions'])
        .where('indicator', '=', indicator)
        .where('dimensions', 'in', dimensions)
      return (areas ? found.where('area', 'in', areas) : found).execute()
    },
    /** What holds, in the order of series and periods. */
    observations: (series: readonly number[], window: Window): Promise<Held[]> =>
      held(series, window).select(heldColumns).orderBy('series').orderBy('period').execute(),
    /** The newest that holds of each series with one of these breakdowns and areas, in no order. */
    newest: ({ indicator, dimensions, areas }: Part, { from, to, upTo }: Window): Promise<Held[]> => {
      const holds = (is: ExpressionBuilder<{ o: ObservationRow; i: ObservationRow }, 'o' | 'i'>, of: 'o' | 'i') =>
        is.and([is(`${of}.release`, '<=', upTo), is.or([is(`${of}.ended`, 'is', null), is(`${of}.ended`, '>', upTo)])])
      return own
        .selectFrom('statistical_series as s')
        .innerJoin('observation as o', 'o.series', 's.number')
        .where('s.indicator', '=', indicator)
        .where('s.dimensions', 'in', dimensions)
        .where('s.area', 'in', areas)
        .where((is) => holds(is as never, 'o'))
        .where('o.period', '=', (is) => {
          let query = is
            .selectFrom('observation as i')
            .select(({ fn }) => fn.max('i.period').as('period'))
            .whereRef('i.series', '=', 's.number')
            .where((one) => holds(one as never, 'i'))
          if (from !== undefined) query = query.where('i.period', '>=', from)
          if (to !== undefined) query = query.where('i.period', '<=', to)
          return query
        })
        .select(['o.series', 'o.period', 'o.release', 'o.value', 'o.status', 'o.reason'])
        .execute()
    },
    /** At most so many observations have these breakdowns in the period: those that no longer hold are counted too. */
    countOf: async (indicator: string, dimensions: readonly string[], { from, to }: Window): Promise<number> => {
      let query = own
        .selectFrom('statistical_series as s')
        .innerJoin('observation as o', 'o.series', 's.number')
        .where('s.indicator', '=', indicator)
        .where('s.dimensions', 'in', dimensions)
      if (from !== undefined) query = query.where('o.period', '>=', from)
      if (to !== undefined) query = query.where('o.period', '<=', to)
      const { count } = await query
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    /** All that ever held up to then. */
    history: (series: readonly number[], window: Window): Promise<Observed[]> =>
      rows(series, window).select(columns).orderBy('series').orderBy('period').orderBy('release').execute(),
    /** The first and last year of each series, and how many observations it has. */
    spans: async (series: readonly number[], window: Window): Promise<Span[]> => {
      const found = await held(series, window)
        .select(({ fn }) => [
          'series',
          fn.min('period').as('from'),
          fn.max('period').as('to'),
          fn.countAll<number | string>().as('count'),
        ])
        .groupBy('series')
        .execute()
      return found.map((one) => ({ ...one, count: Number(one.count) }))
    },
    reasons: async (series: readonly number[]): Promise<string[]> =>
      (await own.selectFrom('observation').select('reason').where('series', 'in', series).distinct().execute()).map(
        ({ reason }) => reason,
      ),
    releases: (): Promise<Release[]> => own.selectFrom('statistical_release').selectAll().orderBy('number').execute(),
  }
}
