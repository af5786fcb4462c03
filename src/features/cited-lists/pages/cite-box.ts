import { html, nothing, type Content } from '#kernel/html/html.ts'
import { form } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'
import { mostCited } from '../operations.ts'

/** Below what a search found: the button that keeps the list as it is now. */
export function citeBox(view: View, { query, total }: { query: string; total: number }): Content {
  if (total === 0) return nothing
  const { t } = view
  const offered =
    total > mostCited
      ? html`<p>${t('cited.tooMany', { most: mostCited })}</p>`
      : html`<p>${t('cited.offer')}</p>
          ${form(view, '/cited-lists', html`<input type="hidden" name="query" value="${query}" /><button class="second">${t('cited.cite')}</button>`)}`
  return html`<details class="keep">
    <summary>${t('cited.cite')}</summary>
    ${offered}
  </details>`
}
