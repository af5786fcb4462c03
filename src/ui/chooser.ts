/** Choosing records in a list, to put them side by side. */
import { html, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { titleId } from './cards.ts'
import type { View } from './view.ts'

/** The boxes belong to one form below the list, so that no script is needed; it comes to four of one kind at most. The card must name its title. */
export function chooser(view: View, record: Pick<StoredRecord, 'id' | 'number'>): Html {
  const own = `c${record.number}`
  return html`<p class="choose">
    <label
      ><input type="checkbox" name="id" value="${record.id}" form="compare" aria-labelledby="${own} ${titleId(record)}" />
      <span id="${own}">${view.t('compare.choose')}</span></label
    >
  </p>`
}

export const compareForm = ({ t, href }: View): Html =>
  html`<form id="compare" action="${href('/compare')}" class="compare-go" autocomplete="off">
    <button class="second">${t('compare.go')}</button>
  </form>`
