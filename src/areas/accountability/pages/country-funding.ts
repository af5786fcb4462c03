/** Money on the page of a country: into it and out of it. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { recordPath } from '#ui/cards.ts'
import { textOf, type View } from '#ui/view.ts'
import type { Flow } from '../by-country.ts'

export function countryFunding(
  view: View,
  country: string,
  flows: { received: Flow; given: Flow } | undefined,
): Content {
  if (!flows) return nothing
  const { t, href } = view
  return html`<section>
    <h2>${t('kind.funding.many')}</h2>
    <p class="small">${t('countryFunding.about')}</p>
    ${flowPart(view, t('countryFunding.received'), flows.received)} ${flowPart(view, t('countryFunding.given'), flows.given)}
    <p class="more"><a href="${href(`/funding?country=${country}`)}">${t('money.inCountry')}</a></p>
  </section>`
}

function flowPart(view: View, title: string, { count, totals, newest }: Flow): Html {
  if (count === 0) return nothing
  const { t, f } = view
  return html`<h3>${title}</h3>
    <p>
      ${t('countryFunding.grants', { count })}${totals.length > 0 && html`${view.f.colon}${totals.map(({ amount, currency }) => f.money(amount, currency)).join(f.comma)}`}
    </p>
    <ul>
      ${newest.map(({ id, title: named, originalLanguage, year, amount }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, named, originalLanguage)}</a> <span class="small">${[amount && f.money(amount.amount, amount.currency), year].filter(Boolean).join(' · ')}</span></li>`)}
    </ul>`
}
