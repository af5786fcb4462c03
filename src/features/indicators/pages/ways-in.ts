/** What pages of others say of indicators: where the values of one stand. */
import { html } from '#kernel/html/html.ts'
import { partOf } from '#ui/record-part.ts'
import { indicator } from '../indicator.ts'

export const indicatorPart = partOf(indicator, {
  show: (view, { body }) =>
    html`<p><a class="button" href="${view.href(`/indicators/${body.code}`)}">${view.t('indicators.toValues')}</a></p>`,
})
