/** The Qingdao Declaration as a page that lives: what each area asks for, what follows it here, and who stands by it. */
import { searchFeed } from '#ui/feed-link.ts'
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { recordPath } from '#ui/cards.ts'
import { page } from '#ui/layout.ts'
import { plainLabel, textOf, valueName, type View } from '#ui/view.ts'

export const declarationAddress = 'https://unesdoc.unesco.org/ark:/48223/pf0000233352'
const licenceAddress = 'https://creativecommons.org/licenses/by-sa/3.0/igo/'
const incheonAddress = 'https://unesdoc.unesco.org/ark:/48223/pf0000245656'
const goalAddress = 'https://sdgs.un.org/goals/goal4'

/** Kinds that follow a recommendation, in the order in which a reader asks for them. */
export const followingKinds = ['commitment', 'policy', 'practice', 'lesson', 'approach', 'funding'] as const

type Shown = {
  recommendations: readonly StoredRecord[]
  /** By area: how many records of each kind belong to it. */
  counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  endorsements: readonly StoredRecord[]
  /** How many indicators there are. */
  indicators: number
}

export function declarationPage(view: View, shown: Shown): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('declaration.title'),
    description: t('declaration.lead'),
    feed: searchFeed(view, t('declaration.title'), 'kind=declaration-recommendation&kind=declaration-endorsement'),
    main: html`<h1>${t('declaration.title')}</h1>
      <p class="lead">${t('declaration.lead')}</p>
      <p>
        ${t('declaration.tie')} <a href="${incheonAddress}" rel="external">${t('declaration.incheon')}</a> ·
        <a href="${goalAddress}" rel="external">${t('declaration.goal')}</a>
      </p>
      <p class="note">
        ${t('declaration.summary')} <a href="${declarationAddress}" rel="external">${t('declaration.text')}</a> ·
        <a href="${licenceAddress}" rel="external license">© UNESCO 2015, CC BY-SA 3.0 IGO</a>
      </p>
      ${shown.recommendations.length === 0 && html`<p>${t('declaration.none')}</p>`}
      ${Object.keys(codeList('areas')!.terms).map((area) => areaPart(view, area, shown))} ${endorsers(view, shown.endorsements)}`,
  })
}

function areaPart(view: View, area: string, { recommendations, counts, indicators }: Shown): Content {
  const own = recommendations.filter(({ body }) => (body.areas as string[]).includes(area))
  if (own.length === 0) return nothing
  const of = counts.get(area)
  const links = followingKinds
    .filter((kind) => of?.get(kind))
    .map(
      (kind) =>
        html`<a href="${view.href(followingPath(kind, area))}">${valueName(view, 'kind', kind)}${view.f.bracketed(view.f.number(of!.get(kind)!))}</a>`,
    )
  const indicatorLink =
    area === 'monitoring' && indicators > 0
      ? [
          html`<a href="${view.href('/search?kind=indicator')}">${valueName(view, 'kind', 'indicator')}${view.f.bracketed(view.f.number(indicators))}</a>`,
        ]
      : []
  const all = [...links, ...indicatorLink]
  return html`<section aria-labelledby="area-${area}">
    <h2 id="area-${area}"><a href="${view.href(`/${area}`)}">${plainLabel(view, 'areas', area)}</a></h2>
    <ul>
      ${own.map(({ id, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></li>`)}
    </ul>
    <p class="small">
      ${all.length > 0 ? html`${view.t('declaration.follows')}${view.f.colon}${joined(all, ' · ')}` : view.t('declaration.nothingFollows')}
    </p>
  </section>`
}

const pathsOf: Record<string, string> = { commitment: '/commitments', policy: '/policies' }
const followingPath = (kind: string, area: string): string =>
  pathsOf[kind] ? `${pathsOf[kind]}?area=${area}` : `/search?kind=${kind}&area=${area}`

function endorsers(view: View, endorsements: readonly StoredRecord[]): Html {
  const groups = Map.groupBy(endorsements, ({ body }) => String(body.stakeholder ?? 'other'))
  const types = Object.keys(codeList('organisation-types')!.terms).filter((type) => groups.has(type))
  return html`<section aria-labelledby="endorsers">
    <h2 id="endorsers">${view.t('declaration.endorsers')}</h2>
    <p>${view.t('declaration.endorsedIn2015')}</p>
    ${types.length === 0 && html`<p>${view.t('declaration.noEndorser')}</p>`}
    ${types.map(
      (type) =>
        html`<h3>${plainLabel(view, 'organisation-types', type)}${view.f.bracketed(view.f.number(groups.get(type)!.length))}</h3>
          <ul>
            ${groups.get(type)!.map(({ id, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>${typeof body.endorsedOn === 'string' && html` · ${view.f.day(body.endorsedOn)}`}</li>`)}
          </ul>`,
    )}
    <p class="go not-printed">
      <a class="button" href="${view.href('/share?kind=declaration-endorsement')}">${view.t('declaration.endorse')}</a>
    </p>
  </section>`
}
