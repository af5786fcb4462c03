/** What the drawing, the list and the table of the evidence map say alike. */
import type { MapCell, MapFilters, RowFacet } from '../map/map.ts'
import { practicesBehind, searchBehind, unsaid, usualRows, type EvidenceMap } from '../map/map.ts'
import { pathOf, queryOf } from '#search/address.ts'
import { plainLabel, plainTitle, type View } from '#ui/view.ts'

export type Shown = {
  map: EvidenceMap
  filters: MapFilters
}

export const rowsOf = ({ rows = usualRows }: MapFilters): RowFacet => rows

/** What the rows are, as a heading. */
export const rowsName = ({ t }: View, rows: RowFacet): string =>
  rows === 'approach' ? t('gaps.approach') : t(`facet.${rows}`)

export function rowName(view: View, { map, filters }: Shown, row: string): string {
  const rows = rowsOf(filters)
  if (rows === 'approach') {
    const found = map.approaches.find(({ id }) => id === row)
    return found ? plainTitle(view, found) : row
  }
  if (rows === 'technology')
    return row === unsaid ? view.t('gaps.unsaidTechnology') : plainLabel(view, 'technologies', row)
  return row === unsaid ? view.t('gaps.unsaidType') : plainLabel(view, 'intervention-types', row)
}
export const columnName = (view: View, column: string): string =>
  column === unsaid ? view.t('gaps.unsaidOutcome') : plainLabel(view, 'outcome-areas', column)

export const cellWords = (view: View, { count, levels }: MapCell): string =>
  `${view.t('gaps.findings', { count })}${view.f.bracketed(levels.map(({ value, count: n }) => `${value}${view.f.colon}${view.f.number(n)}`).join(view.f.comma))}`

export const linkTo = ({ href }: View, filters: MapFilters, place: { row?: string; outcome?: string }): string =>
  href(pathOf(queryOf(searchBehind(filters, place))))

export const practicesLink = ({ href }: View, filters: MapFilters, row: string): string =>
  href(pathOf(queryOf(practicesBehind(filters, row))))

/** Practices stand beside the findings where rows are technologies or approaches, which both have. */
export const hasPractices = ({ filters }: Shown): boolean => rowsOf(filters) !== 'interventionType'

export const practicesAt = ({ practices }: EvidenceMap, row: string): number =>
  practices.find(({ value }) => value === row)?.count ?? 0

export const cellsByPlace = ({ cells }: EvidenceMap) => {
  const found = new Map(cells.map((cell) => [`${cell.row} ${cell.outcome}`, cell]))
  return (row: string, outcome: string): MapCell | undefined => found.get(`${row} ${outcome}`)
}
