/** Money over all: choices, totals, years, the flow picture, and the largest activities. */
import { codeOf } from '#ui/code-choices.ts'
import { oneOf } from '#kernel/http/asked-names.ts'
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { optionsHeld, optionsOf } from '#ui/code-choices.ts'
import { page } from '#ui/layout.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { select } from '#ui/select.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import { yearChart } from '#ui/year-chart.ts'
import type { MoneyOverview } from '../money/overview.ts'
import { measures, type Measure } from '../money/tables.ts'

import { moneyFlow } from './money-flow.ts'

export type MoneyChoice = {
  country?: string
  area?: string
  organisation?: string
  year?: string
  currency?: string
  measure?: Measure
}
type Shown = MoneyOverview & { asked: MoneyChoice }

/** What the address takes. */
export const moneyTaken = {
  country: codeOf('countries'),
  area: codeOf('areas'),
  organisation: (id: string) => /^[0-9a-hjkmnp-tv-z]{16}$/.test(id),
  year: (year: string) => /^[12]\d{3}$/.test(year),
  currency: (code: string) => /^[A-Z]{3}$/.test(code),
  measure: oneOf(measures),
}

/** What is no value of its list is passed over, as an empty choice is. */
export const moneyChoiceIn = (query: URLSearchParams): MoneyChoice =>
  Object.fromEntries(
    Object.entries(moneyTaken).flatMap(([name, fits]) => {
      const value = query.get(name) ?? ''
      return value !== '' && fits(value) === true ? [[name, value]] : []
    }),
  )

export function moneyPage(view: View, shown: Shown): HttpResponse {
  const { t, href, site } = view
  const { asked, totals } = shown
  const isNarrowed = Object.keys(asked).length > 0
  return page(view, {
    title: t('money.title'),
    description: t('money.lead'),
    head: html`<link rel="stylesheet" href="${site.assets('funding.css')}" />`,
    main: html`<h1>${t('money.title')}</h1>
      <p class="lead">${t('money.lead')} <a href="${view.href('/calls')}">${t('calls.title')}</a></p>
      ${onRecord(view, shown)} ${choices(view, shown)}
      ${
        totals.length > 0
          ? html`${totalsPart(view, shown)} ${yearsPart(view, shown)} ${moneyFlow(view, shown)} ${activitiesPart(view, shown)}`
          : html`<p role="status">${isNarrowed ? t('money.noneSuch') : t('money.none')}</p>`
      }
      <p class="go not-printed"><a class="button" href="${href('/share?kind=funding')}">${t('money.add')}</a></p>`,
  })
}

/** What is counted, and of where and when most of it is: whoever reads a total takes it for that of a country or of all. */
function onRecord(view: View, { onRecord: { records, places }, years }: Shown): Content {
  const { t, f } = view
  if (records === 0 || years.length === 0) return nothing
  const [from, to] = [String(Math.min(...years)), String(Math.max(...years))]
  const named = f.list(places.map((place) => plainLabel(view, 'countries', place)))
  return html`<p>${f.sentences(t('money.counted', { count: records, from, to }), t('money.countedAll'), named !== '' && t('money.countedIn', { places: named }))}</p>`
}

function choices(view: View, { asked, names, years, places, organisations, totals }: Shown): Html {
  const { t, f } = view
  const named = [...new Set([...organisations, asked.organisation ?? []].flat())].flatMap((value) => {
    const one = names[value]
    return one ? [{ value, name: one.title[view.language] ?? one.title[one.originalLanguage] ?? '' }] : []
  })
  const currencies = [...new Set(totals.map(({ currency }) => currency))]
  return html`<form class="asking" action="${view.href('/funding')}">
    ${select(view, {
      name: 'country',
      label: t('facet.country'),
      options: optionsHeld(view, 'countries', places, asked.country),
      chosen: [asked.country ?? ''],
    })}
    ${select(view, { name: 'area', label: t('facet.area'), options: optionsOf(view, 'areas'), chosen: [asked.area ?? ''] })}
    ${select(view, {
      name: 'organisation',
      label: t('kind.organisation.one'),
      options: named.toSorted((a, b) => f.compare(a.name, b.name)),
      chosen: [asked.organisation ?? ''],
    })}
    ${select(view, {
      name: 'year',
      label: t('field.year'),
      options: years.map((year) => ({ value: String(year), name: String(year) })),
      chosen: [asked.year ?? ''],
    })}
    ${select(view, {
      name: 'measure',
      label: t('money.measure'),
      options: measures.map((value) => ({ value, name: t(`money.measure.${value}`) })),
      chosen: [asked.measure ?? 'committed'],
    })}
    ${
      (currencies.length > 1 || asked.currency !== undefined) &&
      select(view, {
        name: 'currency',
        label: t('field.currency'),
        options: currencies.map((value) => ({ value, name: value })),
        chosen: [asked.currency ?? ''],
        none: t('money.mostUsed'),
      })
    }
    <p class="go"><button>${t('commitments.show')}</button> <a href="${view.href('/funding')}">${t('commitments.reset')}</a></p>
  </form>`
}

function totalsPart(view: View, { totals }: Shown): Html {
  const { t, f } = view
  return html`<section>
    <h2 id="totals">${t('money.totals')}</h2>
    ${rowsTable({
      of: { headingId: 'totals' },
      heads: [
        { name: t('field.currency') },
        { name: t('money.measure') },
        { name: t('field.amount'), isAmount: true },
        { name: t('money.activities'), isAmount: true },
      ],
      rows: totals.map(({ currency, measure, amount, records }) => [
        currency,
        t(`money.measure.${measure as Measure}`),
        f.money(amount, currency),
        f.number(records),
      ]),
    })}
    <p class="small">${t('money.notAdded')}</p>
  </section>`
}

const mostCharts = 4

function yearsPart(view: View, { byYear, chosen, asked }: Shown): Content {
  const { t } = view
  const measure = t(`money.measure.${asked.measure ?? 'committed'}`)
  const currencies = Map.groupBy(byYear, ({ currency }) => currency)
  const first = [...currencies].sort(([a], [b]) => Number(b === chosen?.currency) - Number(a === chosen?.currency))
  if (first.length === 0) return nothing
  return html`<section aria-labelledby="years">
    <h2 id="years">${t('money.byYear')}</h2>
    <div class="charts">
      ${first.slice(0, mostCharts).map(([currency, rows]) =>
        yearChart(
          view,
          {
            id: `years-${currency}`,
            title: t('money.yearsOf', { currency, measure }),
            of: t('field.year'),
            count: currency,
          },
          rows
            .filter(({ year, amount }) => year > 0 && amount > 0)
            .map(({ year, amount }) => ({ year, count: Math.round(amount) })),
        ),
      )}
    </div>
    ${undated(view, byYear)}
  </section>`
}

function undated(view: View, byYear: Shown['byYear']): Content {
  const without = byYear.filter(({ year }) => year === 0)
  if (without.length === 0) return nothing
  const { t, f } = view
  return html`<p class="small">${t('money.undated', { amounts: without.map(({ amount, currency }) => f.money(amount, currency)).join(f.comma) })}</p>`
}

function activitiesPart(view: View, { activities, chosen, names, asked }: Shown): Content {
  if (!chosen || activities.length === 0) return nothing
  const { t, f, href } = view
  const linkTo = (id: string): Content => {
    const named = names[id]
    return named && html`<a href="${href(recordPath(id))}">${textOf(view, named.title, named.originalLanguage)}</a>`
  }
  const query = new URLSearchParams({
    kind: 'funding',
    ...(asked.country && { country: asked.country }),
    ...(asked.area && { area: asked.area }),
    ...(asked.year && { year: asked.year }),
  })
  const linksTo = (ids: readonly string[]) => joined(ids.map(linkTo).filter(Boolean), ' · ')
  return html`<section>
    <h2 id="activities">${t('money.largest')}</h2>
    ${rowsTable({
      of: { headingId: 'activities' },
      heads: [
        { name: t('kind.funding.one') },
        { name: t('field.amount'), isAmount: true },
        { name: t('field.practices') },
        { name: t('field.commitments') },
      ],
      rows: activities.map(({ id, amount, practices, commitments }) => [
        linkTo(id),
        f.money(amount, chosen.currency),
        linksTo(practices),
        linksTo(commitments),
      ]),
    })}
    <p class="more"><a href="${href(`/search?${query}`)}">${t('countryFunding.all')}</a></p>
  </section>`
}
