/** The columns of a kind in files: an amount stands apart from its currency, and several values share a cell. */
import type { KindColumn } from '#records/columns/columns.ts'
import type { Cells } from '#records/columns/cells.ts'
import { fieldName, type View } from '#ui/view.ts'
import type { Field } from '#records/fields.ts'
import { plainText, plainValue } from './plain-value.ts'

type Titles = ReadonlyMap<string, string>
export type FileColumn = {
  /** The column of the kind that it is part of. */
  name: string
  head: string
  /** A single value is one that can be reckoned with. */
  isNumber: boolean
  cell: (values: readonly unknown[], titles: Titles) => string
}
type Money = { amount: number; currency: string }

const between = '; '
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('.', '_')
const join = (values: readonly unknown[]) => values.map(String).join(between)

/** For programs: names and codes as the API has them, so that a file reads the same in every language. */
export function codedColumns(view: View, columns: readonly KindColumn[], taken: readonly string[]): FileColumn[] {
  const coded = ({ type }: Field, value: unknown, titles: Titles) =>
    type === 'choice' || type === 'language' || type === 'flag'
      ? String(value)
      : plainValue(view, { type }, value, titles)
  return columns
    .filter(({ name }) => !taken.includes(snake(name)))
    .flatMap(({ name, field }) =>
      inParts({ name, field }, [snake(name), `${snake(name)}_currency`], (value, titles) =>
        coded(field, value, titles),
      ),
    )
}

/** For people: headings and values in their language. */
export const namedColumns = (view: View, kind: string, columns: readonly KindColumn[]): FileColumn[] =>
  columns.flatMap(({ name, field }) => {
    const head = columnName(view, kind, name)
    return inParts({ name, field }, [head, `${head} (${view.t('column.currency')})`], (value, titles) =>
      plainValue(view, field, value, titles),
    )
  })

/** `ratings.rating` is called by its last part. */
export const columnName = (view: View, kind: string, column: string): string =>
  fieldName(view, kind, column.split('.').at(-1)!)

type Words = (value: unknown, titles: Titles) => string

type Part = Pick<KindColumn, 'name' | 'field'>

function inParts({ name, field }: Part, [head, ofCurrency]: readonly [string, string], words: Words): FileColumn[] {
  /** What a link leads to has no name where it is not in the node. */
  const named = (values: readonly unknown[], titles: Titles) =>
    field.type === 'link' ? values.filter((id) => titles.has(String(id))) : values
  if (field.type !== 'money')
    return [
      {
        name,
        head,
        isNumber: field.type === 'number' || field.type === 'year',
        cell: (values, titles) =>
          named(values, titles)
            .map((value) => words(value, titles))
            .join(between),
      },
    ]
  return [
    { name, head, isNumber: true, cell: (values) => join((values as Money[]).map(({ amount }) => amount)) },
    {
      name,
      head: ofCurrency,
      isNumber: false,
      cell: (values) => join((values as Money[]).map(({ currency }) => currency)),
    },
  ]
}

/** The cells of a record in these columns. */
export const cellsIn = (
  columns: readonly FileColumn[],
  values: Cells['values'][string] = {},
  titles: Titles,
): string[] => columns.map(({ name, cell }) => cell(values[name] ?? [], titles))

/** What the records are called that links lead to, in the reader's language. */
export const titlesOf = (view: View, { linked }: Cells): Titles =>
  new Map(linked.map(({ id, title, originalLanguage }) => [id, plainText(view, title, originalLanguage)]))
