import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What is known of a value beside the value: how it came to be, or why there is none. */
export const statuses = ['reported', 'adjusted', 'estimated', 'modelled', 'monitored', 'unstated', 'missing'] as const
export type Status = (typeof statuses)[number]

export type ReleaseRow = { number: number; source: string; publishedOn: string; revision: string; takenAt: string }
export type SeriesRow = { number: number; indicator: string; area: string; dimensions: string }
/** A value holds from the release that brought it until the one that ended it; null while it holds. */
export type ObservationRow = {
  series: number
  period: number
  release: number
  ended: number | null
  value: number | null
  status: Status
  reason: string
}
/** Derived of the others: the newest value of each series that has one. */
export type LatestRow = {
  indicator: string
  dimensions: string
  area: string
  period: number
  value: number
  status: Status
}

export type IndicatorTables = {
  statistical_release: ReleaseRow
  statistical_series: SeriesRow
  observation: ObservationRow
  latest_observation: LatestRow
}

export const indicatorMigration: Migration = {
  name: '0130-indicators',
  up: async (db, { counted }) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      `create table statistical_release (number ${counted}, source text not null, "publishedOn" text not null, revision text not null, "takenAt" text not null)`,
    )
    await run('create index statistical_release_by_source on statistical_release (source, number)')
    await run(
      `create table statistical_series (number ${counted}, indicator text not null, area text not null, dimensions text not null)`,
    )
    await run('create unique index statistical_series_of on statistical_series (indicator, dimensions, area)')
    await run('create index statistical_series_by_area on statistical_series (area, indicator)')
    await run(
      'create table observation (series integer not null, period integer not null, release integer not null, ended integer, value double precision, status text not null, reason text not null, primary key (series, period, release))',
    )
    await run(
      'create table latest_observation (indicator text not null, dimensions text not null, area text not null, period integer not null, value double precision not null, status text not null, primary key (indicator, dimensions, area))',
    )
    await run('create index latest_observation_by_area on latest_observation (area, indicator)')
  },
}
