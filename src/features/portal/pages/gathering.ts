/** Pages that gather what belongs together: an area, a country, a language, a subject. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { shareWays } from '#ui/share-ways.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { pathOf } from '#search/address.ts'
import type { FacetCount } from '#search/contract.ts'
import type { Found } from '#search/search.ts'
import type { StoredRecord } from '#records/record.ts'
import { card } from '#ui/cards.ts'
import { barChart, worldMap, yearChart, type Bar, type MapLinks } from '#ui/charts.ts'
import { areaNames, crumbs, page } from '#ui/layout.ts'
import { searchFeed } from '#ui/feed-link.ts'
import { picture } from '#ui/pictures.ts'
import { practiceTile } from '#features/clearing-house/pages/practice-tile.ts'
import { gatheredBy } from '#features/subscriptions/subject.ts'
import type { AreaTask } from '#ui/mounting.ts'
import { label, plainLabel, valueName, type View } from '#ui/view.ts'
import { followButton, type SubscriptionState } from '#features/subscriptions/pages/subscriptions.ts'

export type Gathering = {
  /** The filter that gathers: `country`, and its value. */
  facet: 'area' | 'country' | 'region' | 'language' | 'subject'
  value: string
  found: Found
  /** Some practices of it, the newest first. */
  practices: readonly StoredRecord[]
  kinds: ReadonlyMap<string, Kind>
  index: { name: string; path: string }
  /** Whether the requester follows it. */
  watch: SubscriptionState
  /** What one can do on other pages for this. */
  tasks?: readonly AreaTask[]
  /** What other features add. */
  more?: Content
}

const chartFacets = ['level', 'language', 'licence', 'subject', 'country'] as const
const barsShown = 10

export function gatheringPage(view: View, data: Gathering): HttpResponse {
  const { t, href } = view
  const { facet, value, found, kinds, index } = data
  const name = valueName(view, facet, value)
  const search = (more: Record<string, string> = {}) =>
    href(`/search?${new URLSearchParams({ [facet]: value, ...more })}`)
  const about = facet === 'area' ? html`<p class="lead">${t(`area.${value}.about`)}</p>` : nothing
  return page(view, {
    title: name,
    feed: searchFeed(view, name, gatheredBy(facet, value)),
    description: facet === 'area' ? t(`area.${value}.about`) : t('gathering.description', { name, count: found.total }),
    main: html` ${crumbs(view, [{ name: index.name, path: index.path }])}
      <h1 class="${facet === 'area' ? `signed ${value}` : ''}">${facet === 'area' && picture(view, value)} ${facet === 'language' ? name : label(view, listOf[facet], value)}</h1>
      ${about}
      <p class="count">
        <strong>${t('search.found', { count: found.total })}</strong>
        <a href="${search()}">${t('gathering.searchWithin')}</a>
      </p>
      ${followButton(view, { query: gatheredBy(facet, value), watch: data.watch })} ${tasksPart(view, data.tasks)}
      ${
        found.total === 0
          ? html`<p class="notice">${t('gathering.nothing')}</p>`
          : html`${practicesPart(view, data.practices, search({ kind: 'practice' }))}${kindList(view, found, (kind) => search({ kind }))}
              <div class="charts">${charts(view, found, facet, (more) => search(more))}</div>
              <section>
                <h2>${t('gathering.newest')}</h2>
                <ol class="cards">
                  ${found.records.map((record) => card(view, kinds.get(record.kind)!, record))}
                </ol>
                <p><a class="button" href="${search()}">${t('gathering.all', { count: found.total })}</a></p>
              </section>`
      }
      ${data.more} ${isSharedFrom(facet) && shareWays(view, { [facet]: value })}`,
  })
}

/** What one shares from here is begun with it. */
const isSharedFrom = (facet: string) => facet === 'country' || facet === 'area'

const tasksPart = ({ t, href }: View, tasks: readonly AreaTask[] = []): Content =>
  tasks.length > 0 &&
  html`<section>
    <h2>${t('gathering.tasks')}</h2>
    <ul class="tasks">
      ${tasks.map(({ path, title, lead }) => html`<li><h3><a href="${href(path)}">${t(title)}</a></h3><p class="small">${t(lead)}</p></li>`)}
    </ul>
  </section>`

const practicesPart = (view: View, practices: readonly StoredRecord[], all: string): Content =>
  practices.length > 0 &&
  html`<section>
    <h2>${view.t('gathering.practices')}</h2>
    <ul class="tiles3">
      ${practices.map((practice) => practiceTile(view, practice))}
    </ul>
    <p class="more"><a href="${all}">${view.t('home.allPractices')}</a></p>
  </section>`

const listOf = { area: 'areas', country: 'countries', region: 'regions', language: 'languages', subject: 'subjects' }

export const kindList = (view: View, found: Pick<Found, 'facets'>, search: (kind: string) => string): Html =>
  html`<ul class="tiles">
    ${(found.facets.kind ?? []).map(
      ({ value, count }) =>
        html`<li>
          <a href="${search(value)}">${valueName(view, 'kind', value)}${view.f.colon}<strong>${view.f.number(count)}</strong></a>
        </li>`,
    )}
  </ul>`

export const toBars = (
  view: View,
  facet: string,
  counts: readonly FacetCount[],
  search: (more: Record<string, string>) => string,
): Bar[] =>
  counts.map(({ value, count }) => ({ name: valueName(view, facet, value), count, href: search({ [facet]: value }) }))

/** What a chart leaves out: further values, and records that say nothing. A record may have several values, but one year. */
function restOf({ t }: View, { facets, total }: Found, facet: string): string {
  const counts = facets[facet] ?? []
  const count = total - counts.reduce((sum, one) => sum + one.count, 0)
  const all = counts.length
  const isCut = facet !== 'year' && all > barsShown
  return [
    isCut && t('chart.most', { shown: barsShown, all }),
    count > 0 && t(facet === 'year' ? 'chart.notStated' : 'chart.notStatedAtLeast', { count }),
  ]
    .filter(Boolean)
    .join(' · ')
}

function charts(view: View, found: Found, own: string, search: (more: Record<string, string>) => string): Content {
  const { t } = view
  const years = (found.facets.year ?? [])
    .filter(({ value }) => Number(value) >= 1950)
    .map(({ value, count }) => ({ year: Number(value), count, href: search({ from: value, to: value }) }))
  const bars = chartFacets
    .filter((facet) => facet !== own && (found.facets[facet]?.length ?? 0) > 1)
    .map((facet) =>
      barChart(
        view,
        { id: `by-${facet}`, title: t(`chart.by.${facet}`), of: t(`facet.${facet}`) },
        toBars(view, facet, found.facets[facet]!.slice(0, barsShown), search),
        restOf(view, found, facet),
      ),
    )
  return html`${years.length > 1 && yearChart(view, { id: 'by-year', title: t('chart.by.year'), of: t('facet.year') }, years, restOf(view, found, 'year'))}${bars}`
}

/** All values of a facet, with their counts: the index of countries, languages or subjects. */
/** A broad field of study that has one below it of the same name says that it is the broad one. */
function nameApart(view: View, facet: string, value: string): string {
  const name = valueName(view, facet, value)
  const below = facet === 'subject' ? Object.entries(codeList('subjects')!.terms) : []
  const isTwice = below.some(
    ([code, { $broader }]) => $broader === value && plainLabel(view, 'subjects', code) === name,
  )
  return isTwice ? `${name}${view.f.bracketed(view.t('index.broadField'))}` : name
}

export function indexPage(
  view: View,
  { facet, counts, path }: { facet: 'country' | 'language' | 'subject'; counts: readonly FacetCount[]; path: string },
): HttpResponse {
  const { t, f, href } = view
  const title = wordsOr(t, `nav.${path.slice(1)}`, path)
  const items = counts
    .map(({ value, count }) => ({ value, count, name: nameApart(view, facet, value) }))
    .sort((a, b) => f.compare(a.name, b.name))
  return page(view, {
    title,
    description: t(`index.${facet}`),
    main: html`<h1>${title}</h1>
      <p class="lead">${t(`index.${facet}`)}</p>
      <ul class="columns">
        ${items.map(({ value, count, name }) => html`<li><a href="${href(`${path}/${encodeURIComponent(value)}`)}">${name}</a> <span class="n">${f.number(count)}</span></li>`)}
      </ul>`,
  })
}

export function areasPage(view: View, counts: ReadonlyMap<string, number>): HttpResponse {
  return page(view, {
    title: view.t('nav.areas'),
    description: view.t('home.areasAbout'),
    main: html`<h1>${view.t('nav.areas')}</h1>
      <p class="lead">${view.t('home.areasAbout')}</p>
      ${areaCards(view, counts)}`,
  })
}

export const areaCards = (view: View, counts: ReadonlyMap<string, number>): Html =>
  html`<ol class="areas">
    ${areaNames.map(
      (area) =>
        html`<li class="area ${area}">
          ${picture(view, area)}
          <h2><a href="${view.href(`/${area}`)}">${label(view, 'areas', area)}</a></h2>
          <p>${view.t(`area.${area}.about`)}</p>
          <p class="small">${view.t('search.found', { count: counts.get(area) ?? 0 })}</p>
        </li>`,
    )}
  </ol>`

/** The nine areas as ways in, without numbers. */
export const areaTiles = (view: View): Html =>
  html`<ol class="areas few">
    ${areaNames.map(
      (area) =>
        html`<li class="area ${area}">
          ${picture(view, area)}
          <h3><a href="${view.href(`/${area}`)}">${label(view, 'areas', area)}</a></h3>
          <p class="small">${view.t(`area.${area}.about`)}</p>
        </li>`,
    )}
  </ol>`

export function mapPage(
  view: View,
  {
    counts,
    kind,
    kinds,
    region,
  }: { counts: readonly FacetCount[]; kind: string; kinds: readonly string[]; region: string | undefined },
): HttpResponse {
  const { t } = view
  const title = kind === kinds[0] ? t('map.title') : t('map.caption', { kind: t(`kind.${kind}.many`) })
  return page(view, {
    title,
    description: t('map.about'),
    main: html`<h1>${title}</h1>
      <p class="lead">${t('map.about')}</p>
      <nav aria-label="${t('map.kinds')}">
        <ul class="chips">
          ${kinds.map((one) => html`<li><a href="${view.href(one === kinds[0] ? '/map' : `/map?kind=${one}`)}" ${one === kind ? html` aria-current="page"` : nothing}>${t(`kind.${one}.many`)}</a></li>`)}
        </ul>
      </nav>
      ${countryMap(view, counts, kind, linksOfMap(view, kind, region))}`,
  })
}

/** Regions are looked into on the page of the map; several countries together are a search. */
const linksOfMap = ({ href }: View, kind: string, region: string | undefined): MapLinks => ({
  zoom: {
    region,
    href: (zoom) =>
      href(pathOf(new URLSearchParams({ ...(kind !== 'practice' && { kind }), ...(zoom && { zoom }) }), '/map')),
  },
  together: (codes) => href(pathOf(new URLSearchParams([['kind', kind], ...codes.map((code) => ['country', code])]))),
})

export const countryMap = (view: View, counts: readonly FacetCount[], kind: string, links: MapLinks = {}): Html =>
  worldMap(
    view,
    { id: 'world', title: view.t('map.caption', { kind: view.t(`kind.${kind}.many`) }), of: view.t('facet.country') },
    counts.map(({ value, count }) => ({
      code: value,
      name: valueName(view, 'country', value),
      count,
      href: view.href(`/search?${new URLSearchParams({ kind, country: value })}`),
    })),
    links,
  )
