/** What the ways of looking at results are given. */
import type { Cells } from '#records/columns/cells.ts'
import type { KindColumn } from '#records/columns/columns.ts'
import type { Totals } from '#records/columns/total.ts'
import type { Kind } from '#records/kind.ts'
import type { Shape } from '../address.ts'
import type { FacetCount } from '../contract.ts'
import type { Found } from '../search.ts'
import { wholeWorld } from './search-filters.ts'

/** A table of records of one kind: its columns, their values, and the totals of everything found. */
export type TableData = { kind: Kind; columns: readonly KindColumn[]; cells: Cells; totals: Totals }

export type Shown = {
  query: URLSearchParams
  shape: Shape
  found: Found
  kinds: ReadonlyMap<string, Kind>
  table: TableData | undefined
}

export const countsOf = ({ facets }: Found, facet: string): readonly FacetCount[] =>
  (facets[facet] ?? []).filter(({ value, count }) => count > 0 && value !== wholeWorld)
