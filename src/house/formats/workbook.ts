/**
 * Found records as the rows of a workbook, in the reader's language: of one kind with its columns and with sums below,
 * of several with what each is and whose country and year it has.
 */
import type { Cells } from '../columns/cells.ts'
import type { KindColumn } from '../columns/columns.ts'
import type { Totals } from '../columns/totals.ts'
import type { Kind } from '../kind.ts'
import { plainLabel, type View } from '../pages/view.ts'
import type { Kept } from '../record/record.ts'
import { dateOf } from './csv.ts'
import { cellsIn, columnName, namedColumns, titlesOf } from './file-columns.ts'
import { plainText } from './plain-value.ts'

type OfOneKind = { kind: Kind; columns: readonly KindColumn[] }

type Rows = {
  head: string[]
  lines: (found: readonly Kept[], cells: Cells | undefined) => string[][]
  foot: (totals: Totals) => string[][]
}

export function workbookRows(view: View, kinds: ReadonlyMap<string, Kind>, of: OfOneKind | undefined): Rows {
  const { t } = view
  const around = (named: string[], rest: string[]) => [t('field.title'), ...named, ...rest]
  if (!of)
    return {
      head: around([t('facet.kind'), t('facet.country'), t('facet.year')], [t('record.address')]),
      lines: (found) => found.map((record) => mixedLine(view, kinds, record)),
      foot: () => [],
    }
  const { kind, columns } = of
  const inFile = namedColumns(view, kind.name, columns)
  return {
    head: around(
      inFile.map(({ head }) => head),
      [t('record.address')],
    ),
    lines: (found, cells = { values: {}, linked: [] }) => {
      const titles = titlesOf(view, cells)
      return found.map((record) => [
        titleOf(view, record),
        ...cellsIn(inFile, cells.values[record.id], titles),
        addressOf(view, record),
      ])
    },
    foot: (totals) => (totals.length > 0 ? [[], ...totals.map((total) => totalLine(view, kind, total))] : []),
  }
}

const titleOf = (view: View, { body }: Kept) => plainText(view, body.title, body.originalLanguage)
const addressOf = ({ absolute }: View, { id }: Kept) => absolute(`/records/${id}`)

const mixedLine = (view: View, kinds: ReadonlyMap<string, Kind>, record: Kept): string[] => [
  titleOf(view, record),
  view.t(`kind.${kinds.get(record.kind)!.name}.one`),
  ((record.body.countries ?? []) as string[]).map((code) => plainLabel(view, 'countries', code)).join('; '),
  String(dateOf(record.body) ?? '').slice(0, 4),
  addressOf(view, record),
]

const totalLine = (view: View, kind: Kind, { column, currency, amount, count }: Totals[number]): string[] => [
  view.t('table.total', { column: columnName(view, kind.name, column), count }),
  String(amount),
  currency,
]
