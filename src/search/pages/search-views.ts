/** The results as a table, a map, a line of time, or charts: the same finds, looked at otherwise. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import type { Found } from '../search.ts'
import { barChart, worldMap, yearChart, zoomRegions } from '#ui/charts.ts'
import { countsOf, type Shown } from './search-shown.ts'
import { resultTable } from './search-table.ts'
import { changed, pathOf, withOnly, withoutValue, type SearchView } from '../address.ts'
import { valueName, type View } from '#ui/view.ts'

const mostBars = 30
const earliestYear = 1900

/** The other way of looking that was asked for; the list itself is the page's. */
export function otherView(view: View, shown: Shown): Html {
  switch (shown.shape.view) {
    case 'table':
      return resultTable(view, shown)
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

/** What is drawn, in words and numbers: each value with the search that it leads to. */
export type Counted = {
  title: string
  of: string
  rows: readonly { value: string; name: string; count: number; query: URLSearchParams }[]
}
const drawnViews = ['map', 'timeline', 'charts'] as const
export type DrawnView = (typeof drawnViews)[number]
export const isDrawn = (view: SearchView): view is DrawnView => drawnViews.some((one) => one === view)

/** Without rows where nothing that was found says anything of it. */
export const countedOf = (view: View, drawn: DrawnView, shown: Shown): Counted =>
  ({ map: byCountry, timeline: byYear, charts: byFacet })[drawn](view, shown)

const inCountries = (query: URLSearchParams, codes: readonly string[]) =>
  changed(asList(query), (copy) => (copy.delete('country'), codes.forEach((code) => copy.append('country', code))))

const byCountry = (view: View, { query, found }: Shown): Counted => ({
  title: view.t('chart.by.country'),
  of: view.t('facet.country'),
  rows: countsOf(found, 'country').map(({ value, count }) => ({
    value,
    name: valueName(view, 'country', value),
    count,
    query: inCountries(query, [value]),
  })),
})

function map(view: View, shown: Shown): Html {
  const { query, shape } = shown
  const { t, href } = view
  const { rows, ...words } = byCountry(view, shown)
  if (rows.length === 0) return html`<p class="notice">${t('search.noCountries')}</p>`
  return worldMap(
    view,
    { id: 'found-map', ...words },
    rows.map(({ value, name, count, query: one }) => ({ code: value, name, count, href: href(pathOf(one)) })),
    {
      zoom: {
        region: shape.zoom,
        href: (region) => href(pathOf(region ? withOnly(query, 'zoom', region) : withoutValue(query, 'zoom'))),
      },
      together: (codes) => href(pathOf(inCountries(query, codes))),
    },
  )
}

const asList = (query: URLSearchParams) => changed(query, (copy) => (copy.delete('view'), copy.delete('zoom')))

const byYear = ({ t }: View, { query, found }: Shown): Counted => ({
  title: t('chart.by.year'),
  of: t('facet.year'),
  rows: countsOf(found, 'year')
    .filter(({ value }) => Number(value) >= earliestYear)
    .map(({ value, count }) => ({
      value,
      name: value,
      count,
      query: changed(query, (copy) => (copy.set('from', value), copy.set('to', value))),
    })),
})

function timeline(view: View, shown: Shown): Html {
  const { t, href } = view
  const { rows, ...words } = byYear(view, shown)
  if (rows.length === 0) return html`<p class="notice">${t('search.noYears')}</p>`
  return yearChart(
    view,
    { id: 'found-years', ...words },
    rows.map(({ value, count, query }) => ({ year: Number(value), count, href: href(pathOf(query)) })),
  )
}

/** The filters that can be drawn: those that have more than one value among what was found. */
export const drawable = (found: Found): FacetName[] =>
  facetNames.filter((facet) => facet !== 'year' && !isSettled(found, facet) && countsOf(found, facet).length > 1)

/** With one value asked for, the counts of the others are of what was not found. */
const isSettled = ({ understood }: Found, facet: FacetName): boolean => understood[facet]?.length === 1

/** What people compare records by, most telling first; the rest follows in the order of the filters. */
const telling: readonly FacetName[] = [
  'outcome',
  'country',
  'technology',
  'evidence',
  'direction',
  'level',
  'subject',
  'design',
  'language',
  'region',
  'licence',
]
const leastBars = 3
const [leastShare, mostShare] = [0.4, 0.9]

const areEqual = (counts: readonly number[]) => counts.every((count) => count === counts[0])

/** A region lies within another, so that its bars count the same records again: it is drawn where asked for alone. */
const nested: ReadonlySet<FacetName> = new Set(['region'])

/**
 * The first that most of the finds say something of, and not all the same; else the first of which the bars differ.
 * Equal bars tell nothing: where there are no others, none are drawn until one is asked for.
 */
function mostTelling(found: Found, offered: readonly FacetName[]): FacetName | undefined {
  const numbersOf = (facet: FacetName) => countsOf(found, facet).map(({ count }) => count)
  const tells = (facet: FacetName) => {
    const counts = numbersOf(facet)
    const said = counts.reduce((sum, count) => sum + count, 0)
    return counts.length >= leastBars && said >= leastShare * found.total && Math.max(...counts) <= mostShare * said
  }
  const inOrder = [...telling, ...offered].filter(
    (facet) => offered.includes(facet) && !nested.has(facet) && !areEqual(numbersOf(facet)),
  )
  return inOrder.find(tells) ?? inOrder[0]
}

const drawnFacet = ({ shape, found }: Shown, offered: readonly FacetName[]): FacetName | undefined =>
  shape.of && offered.includes(shape.of) ? shape.of : mostTelling(found, offered)

function byFacet(view: View, shown: Shown): Counted {
  const { query, found } = shown
  const of = drawnFacet(shown, drawable(found))
  if (!of) return { title: view.t('search.title'), of: '', rows: [] }
  const facet = view.t(`facet.${of}`)
  return {
    title: view.t('search.chartOf', { facet }),
    of: facet,
    rows: barsOf(found, of)
      .slice(0, mostBars)
      .map(({ value, count }) => ({
        value,
        name: valueName(view, of, value),
        count,
        query: changed(query, (copy) => (copy.delete('view'), copy.delete('of'), copy.append(of, value))),
      })),
  }
}

/** Of regions those that fill a map each: their parts would count the same records again. */
const barsOf = (found: Found, facet: FacetName) =>
  countsOf(found, facet).filter(({ value }) => facet !== 'region' || zoomRegions.some((region) => region === value))

/** Of these a record says one at most, so that what is left says nothing. */
const single: ReadonlySet<FacetName> = new Set(['outcome', 'stage', 'evidence', 'direction', 'design'])

/** What a chart leaves out: values beyond its bars, and records that do not say it. */
function restOf({ t }: View, { found }: Shown, of: FacetName): string {
  const counts = barsOf(found, of)
  const left = found.total - counts.reduce((sum, { count }) => sum + count, 0)
  return [
    counts.length > mostBars && t('chart.most', { shown: mostBars, all: counts.length }),
    single.has(of) && left > 0 && t('chart.notStated', { count: left }),
  ]
    .filter(Boolean)
    .join(' · ')
}

function chart(view: View, shown: Shown): Html {
  const { query, found } = shown
  const { t, href } = view
  const offered = drawable(found)
  const of = drawnFacet(shown, offered)
  const { rows, ...words } = byFacet(view, shown)
  if (offered.length === 0) return html`<p class="notice">${t('search.noCharts')}</p>`
  return html`<nav aria-label="${t('search.chartsOf')}">
      <ul class="chips">
        ${offered.map((facet) => html`<li><a href="${href(pathOf(withOnly(query, 'of', facet)))}" rel="nofollow"${facet === of ? html` aria-current="true"` : nothing}>${t(`facet.${facet}`)}</a></li>`)}
      </ul>
    </nav>
    ${
      of
        ? barChart(
            view,
            { id: 'found-chart', ...words },
            rows.map(({ name, count, query: one }) => ({ name, count, href: href(pathOf(one)) })),
            restOf(view, shown, of),
          )
        : html`<p class="notice">${t('search.equalCharts')}</p>`
    }`
}
