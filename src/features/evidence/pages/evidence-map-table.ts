/** What the evidence map says, in words: a table, a list of one outcome at a time for narrow screens, and lines of a file. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { practicesBehind, searchBehind } from '../map/map.ts'
import { pathOf, queryOf } from '#search/address.ts'
import {
  cellsByPlace,
  columnName,
  hasPractices,
  linkTo,
  practicesAt,
  practicesLink,
  rowName,
  rowsName,
  rowsOf,
  type Shown,
} from './evidence-map-words.ts'
import type { View } from '#ui/view.ts'

const strengths = ['E6', 'E5', 'E4', 'E3', 'E2', 'E1', 'E0']

const levelsOf = ({ f }: View, levels: readonly { value: string; count: number }[]): Content =>
  html`<span class="small">${levels.map(({ value, count }, i) => html`${i > 0 ? f.comma : nothing}<bdi>${value}${f.colon}${f.number(count)}</bdi>`)}</span>`

export function table(view: View, shown: Shown): Html {
  const { t, f } = view
  const { map, filters } = shown
  const at = cellsByPlace(map)
  const cellOf = (row: string, outcome: string): Content => {
    const cell = at(row, outcome)
    if (!cell)
      return html`<td class="amount gap"><span class="hidden">${t('gaps.gap')}</span><span aria-hidden="true">–</span></td>`
    return html`<td class="amount">
      <a href="${linkTo(view, filters, cell)}" rel="nofollow">${f.number(cell.count)}</a>
      ${levelsOf(view, cell.levels)}
    </td>`
  }
  return html`<section class="gaps-wide">
    <h2 id="gap-table">${t('gaps.table')}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="gap-table">
      <table class="gap-table">
        <thead>
          <tr>
            <th scope="col">${rowsName(view, rowsOf(filters))}</th>
            ${hasPractices(shown) && html`<th scope="col" class="amount">${t('kind.practice.many')}</th>`}
            ${map.columns.map((column) => html`<th scope="col" class="amount">${columnName(view, column)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${map.rows.map((row) => html`<tr><th scope="row">${rowName(view, shown, row)}</th>${hasPractices(shown) && html`<td class="amount">${practicesOf(view, shown, row)}</td>`}${map.columns.map((column) => cellOf(row, column))}</tr>`)}
        </tbody>
      </table>
    </div>
  </section>`
}

function practicesOf(view: View, { map, filters }: Shown, row: string): Content {
  const count = practicesAt(map, row)
  return count > 0
    ? html`<a href="${practicesLink(view, filters, row)}" rel="nofollow">${view.f.number(count)}</a>`
    : html`<span aria-hidden="true">–</span>`
}

/** One outcome at a time: what a phone can show. Opening one shuts the one before. */
export function outcomeList(view: View, shown: Shown): Html {
  const { t } = view
  const { map, filters } = shown
  const at = cellsByPlace(map)
  const told = (row: string, outcome: string): Content => {
    const cell = at(row, outcome)
    return cell
      ? html`<a href="${linkTo(view, filters, cell)}" rel="nofollow">${t('gaps.findings', { count: cell.count })}</a> ${levelsOf(view, cell.levels)}`
      : html`<span class="soft">${t('gaps.gap')}</span>`
  }
  /** Gaps are told after what there is. */
  const filledFirst = (isFilled: (row: string) => boolean) =>
    [...map.rows].sort((a, b) => Number(isFilled(b)) - Number(isFilled(a)))
  const part = (
    name: string,
    { isOpen = false, rows, tell }: { isOpen?: boolean; rows: readonly string[]; tell: (row: string) => Content },
  ) =>
    html`<details name="gap-outcome" ${isOpen ? html` open` : nothing}>
      <summary>${name}</summary>
      <dl>
        ${rows.map((row) => html`<div><dt>${rowName(view, shown, row)}</dt><dd>${tell(row)}</dd></div>`)}
      </dl>
    </details>`
  return html`<section class="gaps-narrow" aria-labelledby="gap-list">
    <h2 id="gap-list">${t('gaps.oneByOne')}</h2>
    ${
      hasPractices(shown) &&
      part(t('kind.practice.many'), {
        rows: filledFirst((row) => practicesAt(map, row) > 0),
        tell: (row) => practicesOf(view, shown, row),
      })
    }
    ${map.columns.map((column, i) =>
      part(columnName(view, column), {
        isOpen: i === 0,
        rows: filledFirst((row) => at(row, column) !== undefined),
        tell: (row) => told(row, column),
      }),
    )}
  </section>`
}

/** The same as lines of a file: one for each cell, the gaps too. */
export function evidenceRows(view: View, shown: Shown): string[][] {
  const { t } = view
  const { map, filters } = shown
  const at = cellsByPlace(map)
  const head = [
    rowsName(view, rowsOf(filters)),
    t('facet.outcomeArea'),
    t('kind.evidence.many'),
    ...strengths,
    t('record.address'),
  ]
  const lineOf = (row: string, outcome: string) => {
    const cell = at(row, outcome)
    const countAt = (level: string) => String(cell?.levels.find(({ value }) => value === level)?.count ?? 0)
    return [
      rowName(view, shown, row),
      columnName(view, outcome),
      String(cell?.count ?? 0),
      ...strengths.map(countAt),
      view.absolute(pathOf(queryOf(searchBehind(filters, { row, outcome })))),
    ]
  }
  const practiceLine = (row: string) => [
    rowName(view, shown, row),
    t('kind.practice.many'),
    String(practicesAt(map, row)),
    ...strengths.map(() => ''),
    view.absolute(pathOf(queryOf(practicesBehind(filters, row)))),
  ]
  return [
    head,
    ...map.rows.flatMap((row) => [
      ...(practicesAt(map, row) > 0 ? [practiceLine(row)] : []),
      ...map.columns.map((column) => lineOf(row, column)),
    ]),
  ]
}
