/** The evidence gap map: a drawing whose cells lead to what they count, and the table that says the same. */
import { searchFeed } from '#ui/feed-link.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { mapFilters, mapRowFacets, searchBehind, usualRows, type EvidenceMap, type MapFilters } from '../map/map.ts'
import { pathOf, queryOf } from '#search/address.ts'
import { bubble, drawing } from './evidence-map-drawing.ts'
import { outcomeList, table } from './evidence-map-table.ts'
import { hasPractices, rowsName, rowsOf, type Shown } from './evidence-map-words.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { SearchInput } from '#search/input.ts'
import { select } from '#ui/select.ts'
import { label, valueName, type View } from '#ui/view.ts'

export const mapQuery = (filters: MapFilters): URLSearchParams => {
  const query = new URLSearchParams()
  for (const name of mapFilters) for (const value of filters[name] ?? []) query.append(name, value)
  if (rowsOf(filters) !== usualRows) query.set('rows', rowsOf(filters))
  return query
}

export function evidenceMapPage(view: View, shown: Shown): HttpResponse {
  const { t, href } = view
  const { map, filters } = shown
  const title = t('gaps.title')
  const query = mapQuery(filters)
  return page(view, {
    title,
    feed: searchFeed(view, title, queryOf(searchBehind(filters)).toString()),
    description: t('gaps.lead'),
    unlisted: query.size > 0,
    main: html`${crumbs(view, [{ name: t('kind.evidence.many'), path: '/search?kind=evidence' }])}
      <h1>${title}</h1>
      <p class="lead">${t('gaps.lead')}</p>
      ${filterForm(view, map, filters)}
      <p class="count" role="status">
        <strong>${t('gaps.found', { count: map.total })}</strong>
        <a href="${href(pathOf(queryOf(searchBehind(filters))))}" rel="nofollow">${t('gaps.all')}</a>
      </p>
      ${scopeOf(view, shown)} ${legend(view, shown)}
      <figure class="chart gaps gaps-wide">
        <figcaption id="gap-map">${title}</figcaption>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="gap-map">${drawing(view, shown)}</div>
      </figure>
      ${outcomeList(view, shown)} ${table(view, shown)}
      <p>
        <a href="${href(pathOf(query, '/evidence-map.csv'))}" rel="nofollow" download>${t('gaps.csv')}</a> ·
        <a href="${pathOf(query, '/api/evidence-map')}" rel="nofollow">${t('gaps.data')}</a>
      </p>
      <h2>${t('gaps.how')}</h2>
      <div class="prose">
        <p>${t('gaps.how1')}</p>
        <p>${t('gaps.how2')}</p>
      </div>`,
  })
}

function filterForm(view: View, { offered, practices }: EvidenceMap, filters: MapFilters): Html {
  const { t, href, f } = view
  const options = (facet: (typeof mapFilters)[number]) => {
    const known = [...(offered[facet] ?? []), ...(facet === 'technology' ? practices : [])].map(({ value }) => value)
    return [...new Set([...(filters[facet] ?? []), ...known])]
      .map((value) => ({ value, name: valueName(view, facet, value) }))
      .sort((a, b) => f.compare(a.name, b.name))
  }
  const [usual, ...others] = mapRowFacets
  return html`<form class="asking" action="${href('/evidence-map')}">
    ${select(view, {
      name: 'rows',
      label: t('gaps.rows'),
      none: rowsName(view, usual),
      options: others.map((value) => ({ value, name: rowsName(view, value) })),
      chosen: [rowsOf(filters)],
    })}
    ${mapFilters.map((facet) => select(view, { name: facet, label: t(`facet.${facet}`), options: options(facet), chosen: filters[facet] ?? [] }))}
    <p class="go"><button>${t('gaps.show')}</button> <a href="${href('/evidence-map')}">${t('gaps.reset')}</a></p>
  </form>`
}

/** What the findings are mostly of, which the drawing does not show. */
function scopeOf(view: View, { map, filters }: Shown): Content {
  const { t, f, href } = view
  const [first] = map.offered['country'] ?? []
  const isMostlyThere = !filters.country?.length && first !== undefined && first.count > map.total / 2
  const isOfAll = rowsOf(filters) === 'interventionType' && !filters.technology?.length
  if (!isMostlyThere && !isOfAll && map.unplaced === 0) return nothing
  const from =
    isMostlyThere &&
    t('gaps.mostlyFrom', { country: valueName(view, 'country', first.value), count: f.number(first.count) })
  const byTechnology = html`<a href="${href(pathOf(mapQuery({ ...filters, rows: 'technology' }), '/evidence-map'))}" rel="nofollow">${t('gaps.byTechnology')}</a>`
  const unplaced = map.unplaced > 0 && t('gaps.unplaced', { count: map.unplaced })
  return html`<p class="small">${from} ${isOfAll && html`${t('gaps.notOnlyTechnology')} ${byTechnology}`} ${unplaced}</p>`
}

const legend = (view: View, shown: Shown): Html =>
  html`<div class="legend">
    <p class="small">${view.t('gaps.legend')} ${hasPractices(shown) && view.t('gaps.legendPractices')}</p>
    <ul>
      ${['E6', 'E5', 'E4', 'E3', 'E2', 'E1', 'E0'].map(
        (level) =>
          html`<li>
            <svg class="gap-key" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${bubble(12, 12, 9, level)}</svg>
            ${label(view, 'evidence-levels', level)}
          </li>`,
      )}
    </ul>
  </div>`

/** On the page of a search for findings: the same drawn otherwise; the filters that the map has too go along. */
export function toEvidenceMap({ t, href }: View, input: SearchInput): Content {
  if (input.kind?.length !== 1 || input.kind[0] !== 'evidence') return nothing
  const { country, level, subject, technology } = input
  return html`<p><a href="${href(pathOf(mapQuery({ country, level, subject, technology } as MapFilters), '/evidence-map'))}">${t('gaps.title')}</a></p>`
}
