/** A country on one page, which prints as a profile of two. */
import { searchFeed } from '#ui/feed-link.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { CountryProfile } from '#features/indicators/country.ts'
import { areaName, breakdownWords, valueWords } from '#features/indicators/pages/value-words.ts'
import { publisherIn } from '#features/indicators/publishers.ts'
import { sources } from '#features/matching/countries.ts'
import { gatheredBy } from '#features/subscriptions/subject.ts'
import { followButton, type SubscriptionState } from '#features/subscriptions/pages/subscriptions.ts'
import { linkFound } from '#features/link-check/pages/links.ts'
import { practiceTile } from '#features/clearing-house/pages/practice-tile.ts'
import type { StoredRecord } from '#records/record.ts'
import { sparkline } from '#ui/charts.ts'
import { recordPath } from '#ui/cards.ts'
import { figuresStyle } from '#ui/figures-style.ts'
import { crumbs, page } from '#ui/layout.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { shareWays } from '#ui/share-ways.ts'
import { label, languageNamed, plainLabel, textOf, valueName, type View } from '#ui/view.ts'
import type { CountryShown } from '../country.ts'

/** `asOf`: when what it tells was last changed, ISO 8601. */
export type CountryProfilePage = CountryShown & { funding: Content; more: Content; asOf: string }
export type CountryPage = CountryProfilePage & { watch: SubscriptionState }

export const countryPath = (country: string, end = '') => `/countries/${country}${end}`

export function countryPage(view: View, shown: CountryPage): HttpResponse {
  const { t, href } = view
  const { country, total } = shown
  const name = plainLabel(view, 'countries', country)
  const around = html`<p class="count not-printed">
      <strong>${t('search.found', { count: total })}</strong>
      <a href="${href(`/search?country=${country}`)}">${t('countryPage.searchWithin')}</a> ·
      ${view.site.makesPdf && html`<a href="${href(countryPath(country, '.pdf'))}" rel="nofollow">${t('countryPage.pdf')}</a> · `}<a href="${countryPath(country, '.json')}">JSON</a>
      ${!view.site.makesPdf && html`· <span class="small">${t('countryPage.print')}</span>`}
    </p>
    ${followButton(view, { query: gatheredBy('country', country), watch: shown.watch })}`
  return page(view, {
    title: name,
    feed: searchFeed(view, name, gatheredBy('country', country)),
    head: html`${figuresStyle(view)}
      <link rel="alternate" type="application/json" href="${view.absolute(countryPath(country, '.json'))}" />`,
    description: t('countryPage.description', { country: name }),
    main: html`${crumbs(view, [{ name: t('nav.countries'), path: '/countries' }])} ${profileOf(view, shown, around)}
    ${shareWays(view, { country })}`,
  })
}

/** The document that is printed alone: a policy that lets nothing in but its style. */
export const countryDocument = (view: View, shown: CountryProfilePage, style: string): string =>
  html`<!doctype html>
    <html lang="${view.language}" dir="${directionOf(view.language)}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src data:" />
        <title>${plainLabel(view, 'countries', shown.country)}</title>
        <link rel="stylesheet" href="data:text/css;base64,${Buffer.from(style).toString('base64')}" />
      </head>
      <body class="alone">
        ${profileOf(view, shown)}
      </body>
    </html>`.text

/** `around`: what only a screen shows. */
function profileOf(view: View, shown: CountryProfilePage, around: Content = nothing): Html {
  const { country, profile } = shown
  const search = (more: Record<string, string>) => view.href(`/search?${new URLSearchParams({ country, ...more })}`)
  return html`<div class="profile">
    <h1>${label(view, 'countries', country)}</h1>
    ${factsLine(view, shown)} ${around} ${figures(view, profile)}
    <div class="profile-parts">
      ${practices(view, shown, search({ kind: 'practice' }))} ${titles(view, 'lesson', shown.lessons, search({ kind: 'lesson' }))}
      ${titles(view, 'evidence', shown.evidence, search({ kind: 'evidence' }))} ${alike(view, shown)} ${shown.funding}
      ${platforms(view, shown, search({ kind: 'platform' }))} ${resources(view, shown)} ${organisations(view, shown, search)}
      ${shown.more} ${kinds(view, shown, search)}
    </div>
    <p class="small only-printed">
      ${view.site.name} · <bdi class="long">${view.absolute(countryPath(country))}</bdi> ·
      ${view.t('countryPage.asOf', { date: view.f.day(shown.asOf.slice(0, 10)) })}
    </p>
  </div>`
}

/** Region, income group and languages, each with what it is. */
function factsLine(view: View, { profile, facts }: CountryShown): Html {
  const { t, f } = view
  const told: [string, string | undefined][] = [
    [t('countryPage.region'), profile.region ? areaName(view, profile.region) : undefined],
    [t('criterion.incomeGroup'), facts.incomeGroup && incomeGroupTold(view, facts.incomeGroup)],
    [t('facet.language'), facts.language?.map((tag) => languageNamed(view, tag)).join(f.comma)],
  ]
  const known = told.flatMap(([name, value]) => (value ? [html`<span>${name}${view.f.colon}${value}</span>`] : []))
  return html`<p class="facts">${joined(known, ' · ')}</p>`
}

/** Groups are sorted anew each year: whose they are and of when is said with them. */
function incomeGroupTold(view: View, group: string): string {
  const { name, asOf } = sources.worldBank
  const said = [publisherIn(view.language, name), view.f.day(asOf)].join(view.f.comma)
  return `${plainLabel(view, 'income-groups', group)}${view.f.bracketed(said)}`
}

/** Figures with their year, their course, and where the country stands among its neighbours. */
function figures(view: View, { country, region, indicators }: CountryProfile): Html {
  const { t, href } = view
  if (indicators.length === 0)
    return html`<section>
      <h2>${t('countryPage.figures')}</h2>
      <p>${t('countryPage.noFigures')}</p>
    </section>`
  const around = region ? areaName(view, region) : ''
  return html`<section>
    <h2 id="figures">${t('countryPage.figures')}</h2>
    ${rowsTable({
      of: { headingId: 'figures' },
      role: 'group',
      heads: [
        { name: t('countryPage.indicator') },
        { name: t('countryPage.value'), isAmount: true },
        { name: t('countryPage.course') },
        { name: t('countryPage.place', { region: around }), isAmount: true },
        { name: t('countryPage.regional'), isAmount: true },
      ],
      rows: indicators.map((one) => figureRow(view, country, one)),
    })}
    <p class="small">${t('countryPage.figuresAbout')} <a href="${href('/indicators')}">${t('countryPage.allIndicators')}</a></p>
  </section>`
}

function figureRow(view: View, country: string, one: CountryProfile['indicators'][number]): Content[] {
  const { t } = view
  const { code, dimensions, unit, title, points, isOld, rank, regional } = one
  const newest = points.at(-1)!
  const breakdown = breakdownWords(view, dimensions)
  const years = points.map(({ period, value }) => ({ year: period, value }))
  return [
    html`<a href="${view.href(`/indicators/${code}?area=${country}`)}">${textOf(view, title, 'en')}</a>
      ${breakdown && html`<span class="small">${breakdown}</span>`}`,
    html`${valueWords(view, unit, newest.value)} <span class="small">${String(newest.period)}</span>${isOld && html` <span class="mark">${t('countryPage.old')}</span>`}`,
    html`${sparkline(view, years)} ${points.length > 1 && html`<span class="small">${String(points[0]!.period)}–${String(newest.period)}</span>`}`,
    rank && rank.of > 1 ? t('countryPage.placeOf', { place: rank.place, of: rank.of }) : '–',
    regional
      ? html`${valueWords(view, unit, regional.value)} <span class="small">${String(regional.period)}</span>`
      : '–',
  ]
}

function practices(view: View, { practices: found }: CountryShown, all: string): Html {
  const { t } = view
  return html`<section>
    <h2>${t('countryPage.practices')}</h2>
    ${
      found.length > 0
        ? html`<ul class="tiles3">
              ${found.map((one) => practiceTile(view, one))}
            </ul>
            <p class="more"><a href="${all}">${t('countryPage.allPractices')}</a></p>`
        : html`<p>${t('countryPage.noPractices')}</p>`
    }
  </section>`
}

/** Titles of the newest of a kind, and the way to all; nothing where there is none. */
const titles = (view: View, kind: string, found: readonly StoredRecord[], all: string): Content =>
  found.length > 0 &&
  html`<section>
    <h2>${valueName(view, 'kind', kind)}</h2>
    <ul>
      ${found.map(({ id, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></li>`)}
    </ul>
    <p class="more"><a href="${all}">${view.t('countryPage.all')}</a></p>
  </section>`

function alike(view: View, { country, alike: found }: CountryShown): Content {
  if (found.length === 0) return nothing
  const { t, href } = view
  return html`<section>
    <h2>${t('countryPage.alike')}</h2>
    <p>${t('countryPage.alikeAbout')}</p>
    <ul class="tiles3">
      ${found.map(({ record }) => practiceTile(view, record))}
    </ul>
    <p class="more"><a href="${href(`/fit?country=${country}`)}" rel="nofollow">${t('countryPage.toFit')}</a></p>
  </section>`
}

/** Each with what was found when its address was last looked at; nothing is said where nobody looked. */
function platforms(view: View, { platforms: found, platformLinks }: CountryShown, all: string): Content {
  if (found.length === 0) return nothing
  return html`<section>
    <h2>${valueName(view, 'kind', 'platform')}</h2>
    <ul>
      ${found.map(({ id, body }) => {
        const link = platformLinks[id]?.find(({ address }) => address === body.url)
        return html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>${link && html` <span class="small">${linkFound(view, link)}</span>`}</li>`
      })}
    </ul>
    <p class="more"><a href="${all}">${view.t('countryPage.all')}</a></p>
  </section>`
}

/** How many of which type, and those of government by name. */
function organisations(
  view: View,
  { organisations: { total, types, government } }: CountryShown,
  search: (more: Record<string, string>) => string,
): Content {
  if (total === 0) return nothing
  const { t, f } = view
  const kind = 'organisation'
  return html`<section>
    <h2>${valueName(view, 'kind', kind)}</h2>
    <ul class="facts">
      ${types.map(({ value, count }) => html`<li><a href="${search({ kind, organisationType: value })}">${plainLabel(view, 'organisation-types', value)}</a> ${f.number(count)}</li>`)}
    </ul>
    ${government.length > 0 && html`<ul>${government.map(({ id, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></li>`)}</ul>`}
    <p class="more"><a href="${search({ kind })}">${t('countryPage.all')}${f.bracketed(f.number(total))}</a></p>
  </section>`
}

function resources(view: View, { resources: found }: CountryShown): Content {
  const known = found.filter(({ count }) => count > 0)
  if (known.length === 0) return nothing
  const { t, f, href } = view
  const search = (language: string) => href(`/search?${new URLSearchParams({ kind: 'resource', language })}`)
  return html`<section>
    <h2>${t('countryPage.resources')}</h2>
    <ul>
      ${known.map(({ language, count }) => html`<li><a href="${search(language)}">${languageNamed(view, language)}</a> <span class="n">${f.number(count)}</span></li>`)}
    </ul>
  </section>`
}

function kinds(view: View, { kinds: found }: CountryShown, search: (more: Record<string, string>) => string): Content {
  if (found.length === 0) return nothing
  return html`<section>
    <h2>${view.t('countryPage.everything')}</h2>
    <ul class="tiles">
      ${found.map(({ value, count }) => html`<li><a href="${search({ kind: value })}">${valueName(view, 'kind', value)}${view.f.colon}<strong>${view.f.number(count)}</strong></a></li>`)}
    </ul>
  </section>`
}
