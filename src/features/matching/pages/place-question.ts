/** Could it work here: a practice held against what statistics say of one country. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { verdicts, type Fit } from '../measure.ts'
import { reasonText } from './matching.ts'
import { plainLabel, type View } from '#ui/view.ts'

/** What was typed, the country that it names, and how the practice fits there. */
export type FitHere = { typed: string; country?: string; fit?: Fit }

/** A field for typing: a list of all countries would be a quarter of the page, and browsers know their reader's. */
export function placeQuestion(view: View, path: string, { typed, country, fit }: FitHere): Html {
  const { t, href } = view
  return html`<form class="row-form" action="${href(path)}#here">
      <p class="choice">
        <label for="c-place">${t('criterion.country')}</label>
        <span class="small" id="h-place">${t('practice.hereHint')}</span>
        <input
          id="c-place"
          name="place"
          autocomplete="country-name"
          maxlength="100"
          aria-describedby="h-place"
          value="${country ? plainLabel(view, 'countries', country) : typed}"
        />
      </p>
      <p><button class="second">${t('practice.hereGo')}</button></p>
    </form>
    ${typed && !country && html`<p role="status" class="error">${t('practice.hereNowhere', { name: typed })}</p>`}
    ${country && fit && verdictsIn(view, country, fit)}
    <p>
      <a href="${href(country ? `/fit?country=${country}&fill=true` : '/fit')}" rel="nofollow">${t('practice.hereMore')}</a>
    </p>`
}

function verdictsIn(view: View, country: string, fit: Fit): Content {
  const groups = verdicts.flatMap((verdict) => {
    const reasons = fit.reasons.filter((reason) => reason.verdict === verdict)
    return reasons.length > 0
      ? [
          html`<dt class="fit-${verdict}">${view.t(`fit.${verdict}`)}</dt>
            ${reasons.map((reason) => html`<dd>${reasonText(view, reason)}</dd>`)}`,
        ]
      : []
  })
  if (groups.length === 0) return nothing
  return html`<div class="fit" role="status">
    <h3>${view.t('practice.hereIn', { country: plainLabel(view, 'countries', country) })}</h3>
    <dl>${groups}</dl>
  </div>`
}
