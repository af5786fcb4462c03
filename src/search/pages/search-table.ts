/** The results as a table: for records of one kind its own columns, for several what all kinds are filtered by. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { Cells } from '#records/columns/cells.ts'
import type { KindColumn } from '#records/columns/columns.ts'
import { columnName } from '#features/export/file-columns.ts'
import type { Kind } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { changed } from '../address.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import { searchDocument } from '../document.ts'
import { leaf, recordPath, withinRecord } from '#ui/cards.ts'
import { wholeWorld } from './search-filters.ts'
import { countsOf, type Shown, type TableData } from './search-shown.ts'
import { textOf, valueName, type View } from '#ui/view.ts'

const usualColumns: readonly FacetName[] = ['kind', 'country', 'level', 'language', 'year']
const mostValues = 4

type Column = { name: string; title: string; isAmount: boolean; show: (record: StoredRecord) => Content }

export function resultTable(view: View, shown: Shown): Html {
  const { t, href } = view
  const offered = columnsFor(view, shown)
  const chosen = chosenNames(shown)
  const columns = chosen.flatMap((name) => offered.find((one) => one.name === name) ?? [])
  return html`<details class="columns-form">
      <summary>${t('search.columns')}</summary>
      <form action="${href('/search')}">
        ${[...changed(shown.query, (copy) => copy.delete('columns'))].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <fieldset>
          <legend class="hidden">${t('search.columns')}</legend>
          ${offered.map(({ name, title }) => html`<label><input type="checkbox" name="columns" value="${name}" ${chosen.includes(name) ? html` checked` : nothing} /> ${title}</label> `)}
        </fieldset>
        <button>${t('search.apply')}</button>
      </form>
    </details>
    <div class="scroll" role="region" tabindex="0" aria-label="${t('view.table')}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('field.title')}</th>
            ${columns.map(({ title, isAmount }) => html`<th scope="col"${isAmount && html` class="amount"`}>${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.found.records.map(
            (record) =>
              html`<tr>
                <th scope="row">
                  <a href="${href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a>
                </th>
                ${columns.map(({ isAmount, show }) => html`<td${isAmount && html` class="amount"`}>${show(record)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${shown.table && sums(view, shown.table)}`
}

const chosenNames = ({ shape, table }: Shown): readonly string[] => {
  if (shape.columns.length > 0) return shape.columns
  return table ? table.columns.filter((one) => isShown(table, one)).map(({ name }) => name) : usualColumns
}

/** A column that nothing on the page fills is only offered, as are texts, which no cell has room for. */
const isShown = ({ kind, cells }: TableData, { name, field }: KindColumn): boolean =>
  kind.mainColumns?.includes(name) ||
  (field.type !== 'text' && Object.values(cells.values).some((row) => (row[name] ?? []).length > 0))

function columnsFor(view: View, shown: Shown): Column[] {
  const { kinds, found, shape, table } = shown
  const own = table ? table.columns.map((column) => columnOfKind(view, table, column)) : []
  const isOwn = (facet: FacetName) =>
    table !== undefined &&
    (facet === 'kind' ||
      fieldsOf(table.kind).some(({ name, field }) => field.facet === facet && own.some((one) => one.name === name)))
  const isWorthIt = (facet: FacetName) => countsOf(found, facet).length > 0 && !isLent(kinds, facet) && !isOwn(facet)
  const facets = facetNames.filter(
    (facet) => !own.some(({ name }) => name === facet) && (shape.columns.includes(facet) || isWorthIt(facet)),
  )
  return [
    ...own,
    ...facets.map((name) => ({
      name,
      title: view.t(`facet.${name}`),
      isAmount: false,
      show: (record: StoredRecord) => cell(view, kinds.get(record.kind)!, record, name),
    })),
  ]
}

function columnOfKind(view: View, { kind, cells }: TableData, { name, field }: KindColumn): Column {
  const titles = new Map(cells.linked.map((one) => [one.id, one]))
  return {
    name,
    title: columnName(view, kind.name, name),
    isAmount: field.type === 'number' || field.type === 'money',
    show: ({ id, body }) => {
      const values = cells.values[id]?.[name] ?? []
      if (values.length === 0 && kind.mainColumns?.includes(name))
        return html`<span class="unsaid">${view.t('home.notTold')}</span>`
      if (field.type === 'link') return linkedTitles(view, values as string[], titles)
      if (field.type === 'number' && values.length > 1) return spread(view, values as number[])
      return some(
        view,
        values.map((value) => leaf(withinRecord(view, body), field, value)),
      )
    },
  }
}

function linkedTitles(
  view: View,
  ids: readonly string[],
  titles: ReadonlyMap<string, Cells['linked'][number]>,
): Content {
  const here = ids.flatMap((id) => titles.get(id) ?? [])
  const missing = ids.length - here.length
  return some(view, [
    ...here.map(
      ({ id, title, originalLanguage }) =>
        html`<a href="${view.href(recordPath(id))}">${textOf(view, title, originalLanguage)}</a>`,
    ),
    ...(missing > 0 ? [html`<span class="small">${view.t('record.notHere', { count: missing })}</span>`] : []),
  ])
}

/** Several numbers, such as the effects that a study found: how many, from the lowest to the highest. */
function spread({ t, f }: View, values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return t('table.spread', { low: f.decimal(low), high: f.decimal(high), count: values.length })
}

function some(view: View, values: readonly Content[]): Content {
  const shown = joined(values.slice(0, mostValues), view.f.comma)
  return values.length > mostValues ? html`${shown} +${values.length - mostValues}` : shown
}

/** What all that was found adds up to, not this page alone. */
function sums(view: View, { kind, totals }: TableData): Content {
  const { t, f } = view
  if (totals.length === 0) return nothing
  return html`<table class="totals">
    <caption>${t('table.totals')}</caption>
    <tbody>
      ${totals.map(
        ({ column, currency, amount, count }) =>
          html`<tr>
            <th scope="row">${t('table.total', { column: columnName(view, kind.name, column), count })}</th>
            <td class="amount">${f.money(amount, currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** What only the index knows of a record, from another that it links to, no column can show. */
const isLent = (kinds: ReadonlyMap<string, Kind>, facet: FacetName): boolean =>
  [...kinds.values()].some((kind) =>
    fieldsOf(kind).some(({ field }) => Object.values(field.lends ?? {}).includes(facet)),
  ) && ![...kinds.values()].some((kind) => fieldsOf(kind).some(({ field }) => field.facet === facet))
/** What a record says of one filter, in words. */
function cell(view: View, kind: Kind, record: StoredRecord, facet: FacetName): Content {
  if (facet === 'kind') return view.t(`kind.${kind.name}.one`)
  if (facet === 'collection') return valueName(view, 'collection', record.origin?.collection ?? '')
  const fields = fieldsOf(kind).filter(({ field }) => field.facet === facet)
  if (facet === 'year')
    return [
      ...new Set(fields.flatMap(({ valuesIn }) => valuesIn(record.body).map((day) => String(day).slice(0, 4)))),
    ].join(' ')
  // Regions come from countries, some areas from the kind: they are in no field.
  if (fields.length === 0) {
    const derived = searchDocument(kind, record, { labels: false }).values[facet] ?? []
    return derived
      .filter((value) => value !== wholeWorld)
      .map((value) => valueName(view, facet, value))
      .join(view.f.comma)
  }
  const here = withinRecord(view, record.body)
  return some(
    view,
    fields.flatMap(({ field, valuesIn }) => valuesIn(record.body).map((value) => leaf(here, field, value))),
  )
}
