/**
 * Found records as a workbook, in the reader's language: of one kind with its columns, numbers as numbers, and sums on a
 * sheet of their own; of several with what each is, and its country and year.
 */
import type { Cell, Spreadsheet } from '#codecs/xlsx/write-xlsx.ts'
import type { Cells } from '#records/columns/cells.ts'
import type { KindColumn } from '#records/columns/columns.ts'
import type { Totals } from '#records/columns/total.ts'
import type { Kind } from '#records/kind.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { StoredRecord } from '#records/record.ts'
import { dateOf } from './csv.ts'
import { cellsIn, columnName, namedColumns, titlesOf, type FileColumn } from './file-columns.ts'
import { plainText } from './plain-value.ts'

type OfOneKind = { kind: Kind; columns: readonly KindColumn[] }

type Rows = {
  head: string[]
  lines: (found: readonly StoredRecord[], cells: Cells | undefined) => Cell[][]
  sums: (totals: Totals) => Spreadsheet[]
}

export function workbookRows(view: View, kinds: ReadonlyMap<string, Kind>, of: OfOneKind | undefined): Rows {
  const { t } = view
  const around = (named: string[], rest: string[]) => [t('field.title'), ...named, ...rest]
  if (!of)
    return {
      head: around([t('facet.kind'), t('facet.country'), t('facet.year')], [t('record.address')]),
      lines: (found) => found.map((record) => mixedLine(view, kinds, record)),
      sums: () => [],
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
        ...cellsIn(inFile, cells.values[record.id], titles).map((text, i) => reckoned(inFile[i]!, text)),
        addressOf(view, record),
      ])
    },
    sums: (totals) =>
      totals.length > 0
        ? [
            {
              name: t('table.totals'),
              rows: [
                [t('field.amount'), t('column.currency'), t('table.sumOf')],
                ...totals.map(({ column, currency, amount, count }) => [
                  amount,
                  currency,
                  t('table.total', { column: columnName(view, kind.name, column), count }),
                ]),
              ],
            },
          ]
        : [],
  }
}

const reckoned = ({ isNumber }: FileColumn, text: string): Cell =>
  isNumber && /^-?[\d.]+$/.test(text) ? Number(text) : text

const titleOf = (view: View, { body }: StoredRecord) => plainText(view, body.title, body.originalLanguage)
const addressOf = ({ absolute }: View, { id }: StoredRecord) => absolute(`/records/${id}`)

const mixedLine = (view: View, kinds: ReadonlyMap<string, Kind>, record: StoredRecord): string[] => [
  titleOf(view, record),
  view.t(`kind.${kinds.get(record.kind)!.name}.one`),
  ((record.body.countries ?? []) as string[]).map((code) => plainLabel(view, 'countries', code)).join('; '),
  String(dateOf(record.body) ?? '').slice(0, 4),
  addressOf(view, record),
]
