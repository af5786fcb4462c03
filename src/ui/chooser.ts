/** Choosing records in a list, to put them side by side. */
import { html, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { textOf, type View } from './view.ts'

/** The boxes belong to one form below the list, so that no script is needed; it comes to four of one kind at most. */
export const chooser = (view: View, { id, body }: StoredRecord): Html =>
  html`<p class="choose">
    <label
      ><input type="checkbox" name="id" value="${id}" form="compare" /> ${view.t('compare.choose')}<span
        class="hidden"
        >${view.f.colon}${textOf(view, body.title, body.originalLanguage)}</span
      ></label
    >
  </p>`

export const compareForm = ({ t, href }: View): Html =>
  html`<form id="compare" action="${href('/compare')}" class="compare-go" autocomplete="off">
    <button class="second">${t('compare.go')}</button>
  </form>`
