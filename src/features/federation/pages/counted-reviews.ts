/** On the page of a record: that sites whose reviews count here reviewed it. */
import { bestText } from '#kernel/i18n/languages.ts'
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { recordPath } from '#ui/cards.ts'
import { label, type View } from '#ui/view.ts'
import type { CountedReview } from '../nodes/counted-reviews.ts'

export function countedReviewsPart(view: View, reviews: readonly CountedReview[]): Content {
  const { t, href } = view
  if (reviews.length === 0) return nothing
  return html`<section class="review" aria-labelledby="counted-reviews">
    <h2 id="counted-reviews">${t('network.counted.title')}</h2>
    <p>${t('network.counted.lead', { site: view.site.name })}</p>
    <ul>
      ${reviews.map(
        ({ node, id, verdict }) =>
          html`<li><a href="${href(recordPath(id))}">${t('network.counted.by', { node: bestText(node, view.language).text })}</a>${verdict && html`${view.f.colon}<strong>${label(view, 'verdicts', verdict)}</strong>`}</li>`,
      )}
    </ul>
  </section>`
}
