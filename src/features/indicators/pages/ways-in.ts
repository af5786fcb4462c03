/** What pages of others say of indicators: that there are some, and where the values of one stand. */
import { html, type Html } from '#kernel/html/html.ts'
import { partOf } from '#ui/record-part.ts'
import type { View } from '#ui/view.ts'
import { indicator } from '../indicator.ts'

export const indicatorPart = partOf(indicator, {
  show: (view, { body }) =>
    html`<p><a class="button" href="${view.href(`/indicators/${body.code}`)}">${view.t('indicators.toValues')}</a></p>`,
})

export const toIndicators = ({ t, href }: View): Html =>
  html`<section>
    <h2>${t('kind.indicator.many')}</h2>
    <p>${t('indicators.lead')}</p>
    <p><a class="button" href="${href('/indicators')}">${t('indicators.all')}</a></p>
  </section>`
