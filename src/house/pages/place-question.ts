/** Could it work here: a practice held against what statistics say of one country. */
import { html, nothing, type Content, type Html } from '#core/html/html.ts'
import type { Language } from '#core/languages/languages.ts'
import { verdicts, type Fit } from '../fit/measure.ts'
import { codeList } from '../vocabularies/index.ts'
import { reasonText } from './fit.ts'
import { plainLabel, type View } from './view.ts'

export type FitHere = { country: string; fit: Fit }

const made = new Map<Language, Html>()

/** Hundreds of names in their order: made once a language. */
function countryOptions(view: View): Html {
  const known = made.get(view.language)
  if (known) return known
  const options = Object.keys(codeList('countries')!.terms)
    .map((code) => ({ code, name: plainLabel(view, 'countries', code) }))
    .sort((a, b) => view.f.compare(a.name, b.name))
    .map(({ code, name }) => html`<option value="${code}">${name}</option>`)
  const all = html`<option value="">${view.t('choice.any')}</option>${options}`
  made.set(view.language, all)
  return all
}

export function placeQuestion(view: View, path: string, here: FitHere | undefined): Html {
  const { t, href } = view
  return html`<form class="row-form" action="${href(path)}#here">
      <p class="choice">
        <label for="c-place">${t('criterion.country')}</label>
        <span class="small" id="h-place">${t('practice.hereHint')}</span>
        <select id="c-place" name="place" aria-describedby="h-place">
          ${countryOptions(view)}
        </select>
      </p>
      <p><button class="second">${t('practice.hereGo')}</button></p>
    </form>
    ${here && verdictsIn(view, here)}
    <p><a href="${href(here ? `/fit?country=${here.country}&fill=true` : '/fit')}" rel="nofollow">${t('practice.hereMore')}</a></p>`
}

function verdictsIn(view: View, { country, fit }: FitHere): Content {
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
