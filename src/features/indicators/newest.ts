import type { Kysely } from 'kysely'
import { observations } from './store.ts'
import type { LatestRow } from './tables.ts'

export type Newest = Omit<LatestRow, 'area'>

/** The newest value that a country or region has of each of these, where it has one. */
export const newestOf = (
  db: Kysely<unknown>,
  area: string,
  wanted: readonly { indicator: string; dimensions: string }[],
): Promise<Newest[]> => observations(db).latest(wanted, [area])
