/** The results as a table, a map, a line of time, or charts: the same finds, looked at otherwise. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { Kind } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import type { FacetCount } from '../contract.ts'
import { searchDocument } from '../document.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import type { Found } from '../search.ts'
import { leaf, recordPath } from '#ui/cards.ts'
import { barChart, worldMap, yearChart } from '#ui/charts.ts'
import { changed, pathOf, withOnly, type Shape } from '../address.ts'
import { environment } from './search-filters.ts'
import { textOf, valueName, type View } from '#ui/view.ts'

export const usualColumns: readonly FacetName[] = ['kind', 'country', 'level', 'language', 'year']
const mostBars = 30
const mostValues = 4
const earliestYear = 1900

type Shown = { query: URLSearchParams; shape: Shape; found: Found; kinds: ReadonlyMap<string, Kind> }

/** The other way of looking that was asked for; the list itself is the page's. */
export function otherView(view: View, shown: Shown): Html {
  switch (shown.shape.view) {
    case 'table':
      return table(view, shown)
    case 'map':
      return map(view, shown)
    case 'timeline':
      return timeline(view, shown)
    case 'charts':
      return chart(view, shown)
    default:
      return nothing
  }
}

const countsOf = ({ facets }: Found, facet: string): readonly FacetCount[] =>
  (facets[facet] ?? []).filter(({ value, count }) => count > 0 && value !== environment)

/** What only the index knows of a record, from another that it links to, no column can show. */
const isLent = (kinds: ReadonlyMap<string, Kind>, facet: FacetName): boolean =>
  [...kinds.values()].some((kind) =>
    fieldsOf(kind).some(({ field }) => Object.values(field.lends ?? {}).includes(facet)),
  )

function table(view: View, { query, shape, found, kinds }: Shown): Html {
  const { t, href } = view
  const { columns } = shape
  const offered = facetNames.filter(
    (facet) => columns.includes(facet) || (countsOf(found, facet).length > 0 && !isLent(kinds, facet)),
  )
  return html`<details class="columns-form">
      <summary>${t('search.columns')}</summary>
      <form action="${href('/search')}">
        ${[...changed(query, (copy) => copy.delete('columns'))].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <fieldset>
          <legend class="hidden">${t('search.columns')}</legend>
          ${offered.map((facet) => html`<label><input type="checkbox" name="columns" value="${facet}" ${columns.includes(facet) ? html` checked` : nothing} /> ${t(`facet.${facet}`)}</label> `)}
        </fieldset>
        <button>${t('search.apply')}</button>
      </form>
    </details>
    <div class="scroll" role="region" tabindex="0" aria-label="${t('view.table')}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('field.title')}</th>
            ${columns.map((facet) => html`<th scope="col">${t(`facet.${facet}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${found.records.map(
            (record) =>
              html`<tr>
                <th scope="row">
                  <a href="${href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a>
                </th>
                ${columns.map((facet) => html`<td>${cell(view, kinds.get(record.kind)!, record, facet)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

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
      .filter((value) => value !== environment)
      .map((value) => valueName(view, facet, value))
      .join(view.f.comma)
  }
  const values = fields.flatMap(({ field, valuesIn }) => valuesIn(record.body).map((value) => leaf(view, field, value)))
  const shown = joined(values.slice(0, mostValues), view.f.comma)
  return values.length > mostValues ? html`${shown} +${values.length - mostValues}` : shown
}

function map(view: View, { query, found }: Shown): Html {
  const { t, href } = view
  const counts = countsOf(found, 'country')
  if (counts.length === 0) return html`<p class="notice">${t('search.noCountries')}</p>`
  return worldMap(
    view,
    { id: 'found-map', title: t('chart.by.country'), of: t('facet.country') },
    counts.map(({ value, count }) => ({
      code: value,
      name: valueName(view, 'country', value),
      count,
      href: href(pathOf(asList(withOnly(query, 'country', value)))),
    })),
  )
}

const asList = (query: URLSearchParams) => changed(query, (copy) => copy.delete('view'))

function timeline(view: View, { query, found }: Shown): Html {
  const { t, href } = view
  const years = countsOf(found, 'year')
    .map(({ value, count }) => ({ year: Number(value), count }))
    .filter(({ year }) => year >= earliestYear)
  if (years.length === 0) return html`<p class="notice">${t('search.noYears')}</p>`
  const within = (year: number) =>
    changed(query, (copy) => (copy.set('from', String(year)), copy.set('to', String(year))))
  return yearChart(
    view,
    { id: 'found-years', title: t('chart.by.year'), of: t('facet.year') },
    years.map(({ year, count }) => ({ year, count, href: href(pathOf(within(year))) })),
  )
}

/** The filters that can be drawn: those that have more than one value here. */
export const drawable = (found: Found): FacetName[] =>
  facetNames.filter((facet) => facet !== 'year' && countsOf(found, facet).length > 1)

function chart(view: View, { query, shape, found }: Shown): Html {
  const { t, href } = view
  const offered = drawable(found)
  const of = shape.of && offered.includes(shape.of) ? shape.of : offered[0]
  if (!of) return html`<p class="notice">${t('search.noCharts')}</p>`
  const title = t('search.chartOf', { facet: t(`facet.${of}`) })
  return html`<nav aria-label="${t('search.chartsOf')}">
      <ul class="chips">
        ${offered.map((facet) => html`<li><a href="${href(pathOf(withOnly(query, 'of', facet)))}" rel="nofollow"${facet === of ? html` aria-current="true"` : nothing}>${t(`facet.${facet}`)}</a></li>`)}
      </ul>
    </nav>
    ${barChart(
      view,
      { id: 'found-chart', title, of: t(`facet.${of}`) },
      countsOf(found, of)
        .slice(0, mostBars)
        .map(({ value, count }) => ({
          name: valueName(view, of, value),
          count,
          href: href(
            pathOf(changed(query, (copy) => (copy.delete('view'), copy.delete('of'), copy.append(of, value)))),
          ),
        })),
    )}`
}
