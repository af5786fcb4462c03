import { wordsOr } from '#core/languages/messages.ts'
import { html, type Content } from '#core/html/html.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Kind } from '../kind.ts'
import type { FacetCount } from '../search/contract.ts'
import type { Found } from '../search/operation.ts'
import { card } from './cards.ts'
import { areaCards, countryMap, kindList } from './gathering.ts'
import { page } from './layout.ts'
import type { View } from './view.ts'

export type Home = {
  all: Found
  practiceCountries: readonly FacetCount[]
  newest: Found
  /** The kind whose countries the map shows. */
  mapKind: string
  /** What other features add. */
  more: Content
  kinds: ReadonlyMap<string, Kind>
}

/** Ways in for the three the Declaration names, each a search that shows something on the first day. */
const waysIn = [
  {
    who: 'teachers',
    searches: [
      ['stories', '/search?type=story'],
      ['simulations', '/search?type=simulation'],
      ['frameworks', '/search?kind=framework'],
    ],
  },
  {
    who: 'policyMakers',
    searches: [
      ['practices', '/search?kind=practice'],
      ['fit', '/fit'],
      ['solutions', '/search?kind=solution'],
      ['funding', '/search?kind=funding'],
    ],
  },
  {
    who: 'researchers',
    searches: [
      ['studies', '/search?kind=study'],
      ['strong', '/search?kind=evidence&evidence=E5'],
      ['gaps', '/evidence-map'],
      ['data', '/dump'],
    ],
  },
] as const

export function homePage(view: View, { all, practiceCountries, newest, kinds, mapKind, more }: Home): Answer {
  const { t, href, site } = view
  const areas = new Map((all.facets.area ?? []).map(({ value, count }) => [value, count]))
  return page(view, {
    title: site.name,
    description: t('home.lead'),
    ownSearch: true,
    main: html` <section class="hero">
        <h1>${t('home.title')}</h1>
        <p class="lead">${t('home.lead')}</p>
        <form role="search" action="${href('/search')}" class="find big">
          <label for="q">${t('search.label')}</label>
          <div class="row">
            <input id="q" name="q" type="search" maxlength="2000" /><button>${t('search.button')}</button>
          </div>
        </form>
        <p class="small">
          ${t('home.try')}
          ${(['1', '2', '3'] as const).map((n) => html`<a href="${href(`/search?${new URLSearchParams({ q: t(`home.try${n}`) })}`)}">${t(`home.try${n}`)}</a> `)}
        </p>
      </section>
      <section>
        <h2>${t('home.inside', { count: all.total })}</h2>
        ${kindList(view, all, (kind) => href(`/search?kind=${kind}`))}
      </section>
      <section>
        <h2>${t('home.start')}</h2>
        <div class="ways3">
          ${waysIn.map(
            ({ who, searches }) =>
              html`<div>
                <h3>${t(`home.${who}`)}</h3>
                <ul>
                  ${searches.map(([name, path]) => html`<li><a href="${href(path)}">${wordsOr(t, `home.${who}.${name}`, name)}</a></li>`)}
                </ul>
              </div>`,
          )}
        </div>
      </section>
      <section>
        <h2>${t('home.areas')}</h2>
        <p>${t('home.areasAbout')}</p>
        ${areaCards(view, areas, 3)}
      </section>
      <section>
        <h2>${t('map.title')}</h2>
        ${countryMap(view, practiceCountries, mapKind)}
      </section>
      <section>
        <h2>${t('home.newest')}</h2>
        <ol class="cards">
          ${newest.records.map((record) => card(view, kinds.get(record.kind)!, record))}
        </ol>
      </section>
      ${more}`,
  })
}
