/** What shows how records look, all in one place. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { card } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

export const demonstrationsPath = '/demonstrations'

type Shown = {
  records: readonly StoredRecord[]
  removed: number
  kinds: ReadonlyMap<string, Kind>
  mayRemove: boolean
}

export function demonstrationsPage(view: View, { records, removed, kinds, mayRemove }: Shown): HttpResponse {
  const { t } = view
  const title = t('demonstrations.title')
  return page(view, {
    title,
    description: t('demonstrations.lead'),
    unlisted: true,
    keep: !mayRemove,
    main: html`<h1>${title}</h1>
      <p class="lead">${t('demonstrations.lead')}</p>
      ${records.length === 0 && html`<p class="notice">${t('demonstrations.none')}</p>`}
      <ul class="cards">
        ${records.map((record) => card(view, kinds.get(record.kind)!, record, 2))}
      </ul>
      ${mayRemove && buttons(view, records.length, removed)}`,
  })
}

const buttons = (view: View, shown: number, removed: number): Content =>
  html`${shown > 0 && press(view, `${demonstrationsPath}/remove`, view.t('demonstrations.remove'))}
  ${removed > 0 && press(view, `${demonstrationsPath}/restore`, view.t('demonstrations.restore'))}`

/** On the page of an area that has some. */
export const demonstrationsLink = ({ href, t }: View): Html =>
  html`<p><a href="${href(demonstrationsPath)}">${t('demonstrations.link')}</a></p>`
