/** A table whose rows stand by themselves on a phone: their values one under the other, each with the name of its column. */
import { html, type Content, type Html } from '#kernel/html/html.ts'

export type Head = {
  name: string
  /** Told to those who hear the table alone, such as of a column of buttons. */
  isHidden?: true
  isAmount?: true
  /** Of the first column: what a row is of says nothing without its name, as a number does. */
  isUnclear?: true
}

type RowsTable = {
  /** What the table is of; or the identifier of the heading that says so. */
  of: { label: string } | { headingId: string }
  heads: readonly Head[]
  /** The first value says what a row is of. */
  rows: readonly (readonly Content[])[]
  /** A frame within a form or beside others is no landmark of its own. */
  role?: 'region' | 'group'
}

/** Where columns do not fit otherwise it is moved within its own frame, by keyboard too. */
export const rowsTable = ({ of, heads, rows, role = 'region' }: RowsTable): Html =>
  html`<div class="wide rows" role="${role}" tabindex="0"${'label' in of ? html` aria-label="${of.label}"` : html` aria-labelledby="${of.headingId}"`}>
    <table>
      <thead>
        <tr>
          ${heads.map(({ name, isHidden, isAmount }) => html`<th scope="col"${isAmount && html` class="amount"`}>${isHidden ? html`<span class="hidden">${name}</span>` : name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row"${heads[0]!.isUnclear && html` data-label="${heads[0]!.name}"`}>${first}</th>
              ${others.map((value, at) => cell(heads[at + 1]!, value))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

const cell = ({ name, isHidden, isAmount }: Head, value: Content): Html =>
  html`<td${isAmount && html` class="amount"`}${!isHidden && html` data-label="${name}"`}>${value}</td>`
