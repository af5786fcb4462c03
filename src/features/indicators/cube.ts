/** The values of an indicator as a cube of series, for messages that tell many of them: read some series at a time. */
import type { Kysely } from 'kysely'
import type { IndicatorTables, ReleaseRow, SeriesRow, Status } from './tables.ts'

export type Series = SeriesRow
export type Release = ReleaseRow
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
  const columns = ['series', 'period', 'release', 'ended', 'value', 'status', 'reason'] as const
  return {
    /** By which breakdowns each indicator has series. */
    breakdowns: (): Promise<{ indicator: string; dimensions: string }[]> =>
      own.selectFrom('statistical_series').select(['indicator', 'dimensions']).distinct().execute(),
    areas: (indicator: string): Promise<{ area: string; dimensions: string }[]> =>
      own.selectFrom('statistical_series').select(['area', 'dimensions']).where('indicator', '=', indicator).execute(),
    series: (indicator: string): Promise<Series[]> =>
      own.selectFrom('statistical_series').selectAll().where('indicator', '=', indicator).execute(),
    /** What holds, in the order of series and periods. */
    observations: (series: readonly number[], window: Window): Promise<Observed[]> =>
      held(series, window).select(columns).orderBy('series').orderBy('period').execute(),
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
