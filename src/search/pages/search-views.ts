/** The results as a table, a map, a line of time, or charts: the same finds, looked at otherwise. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import type { Found } from '../search.ts'
import { barChart, worldMap, yearChart } from '#ui/charts.ts'
import { countsOf, type Shown } from './search-shown.ts'
import { resultTable } from './search-table.ts'
import { changed, pathOf, withOnly, withoutValue } from '../address.ts'
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

function map(view: View, { query, shape, found }: Shown): Html {
  const { t, href } = view
  const counts = countsOf(found, 'country')
  if (counts.length === 0) return html`<p class="notice">${t('search.noCountries')}</p>`
  const listOf = (codes: readonly string[]) =>
    changed(asList(query), (copy) => (copy.delete('country'), codes.forEach((code) => copy.append('country', code))))
  return worldMap(
    view,
    { id: 'found-map', title: t('chart.by.country'), of: t('facet.country') },
    counts.map(({ value, count }) => ({
      code: value,
      name: valueName(view, 'country', value),
      count,
      href: href(pathOf(listOf([value]))),
    })),
    {
      zoom: {
        region: shape.zoom,
        href: (region) => href(pathOf(region ? withOnly(query, 'zoom', region) : withoutValue(query, 'zoom'))),
      },
      together: (codes) => href(pathOf(listOf(codes))),
    },
  )
}

const asList = (query: URLSearchParams) => changed(query, (copy) => (copy.delete('view'), copy.delete('zoom')))

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

/** The first that most of the finds say something of, and not all the same; else the first that can be drawn. */
function mostTelling(found: Found, offered: readonly FacetName[]): FacetName | undefined {
  const tells = (facet: FacetName) => {
    const counts = countsOf(found, facet).map(({ count }) => count)
    const said = counts.reduce((sum, count) => sum + count, 0)
    return counts.length >= leastBars && said >= leastShare * found.total && Math.max(...counts) <= mostShare * said
  }
  const inOrder = [...telling, ...offered].filter((facet) => offered.includes(facet))
  return inOrder.find(tells) ?? inOrder[0]
}

function chart(view: View, { query, shape, found }: Shown): Html {
  const { t, href } = view
  const offered = drawable(found)
  const of = shape.of && offered.includes(shape.of) ? shape.of : mostTelling(found, offered)
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
