/** Could it work here: a practice held against what statistics say of one country. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { indicatorCode, type CountryContext } from '../countries.ts'
import type { Fit } from '../measure.ts'
import type { StoredRecord } from '#records/record.ts'
import { doneHere, indicatorTitle, reasonList } from './matching.ts'
import { plainLabel, type View } from '#ui/view.ts'

/** What was typed, the country that it names, and how the practice fits there. */
export type FitHere = { typed: string; country?: string; fit?: Fit; context?: CountryContext }

/** A field for typing: a list of all countries would be a quarter of the page, and browsers know their reader's. */
export function placeQuestion(
  view: View,
  { path, record }: { path: string; record: StoredRecord },
  { typed, country, fit, context }: FitHere,
): Html {
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
    ${country && fit && verdictsIn(view, country, { fit, record })} ${context && figuresFrom(view, context)}
    <p>
      <a href="${href(country ? `/fit?country=${country}` : '/fit')}" rel="nofollow">${t('practice.hereMore')}</a>
    </p>`
}

function verdictsIn(view: View, country: string, { fit, record }: { fit: Fit; record: StoredRecord }): Html {
  return html`<div class="fit" role="status">
    <h3>${view.t('practice.hereIn', { country: plainLabel(view, 'countries', country) })}</h3>
    ${fit.isDoneHere && doneHere(view, record)} ${reasonList(view, fit.reasons)}
  </div>`
}

/** The figures that were held against the practice, with the level they are of, and those that there are not. */
function figuresFrom(view: View, { level: asked, indicators, missing }: CountryContext): Content {
  const { t, f } = view
  const used = indicators
    .filter(({ name }) => name !== 'internetUsers')
    .map(({ code, level, value, year }) => {
      const of = [level && plainLabel(view, 'levels', level), String(year)].filter(Boolean).join(f.comma)
      return html`<li>${indicatorTitle(view, code)}${f.colon}${f.percent(value / 100)} <span class="soft">(${of})</span></li>`
    })
  const lacking = missing
    .filter((name) => asked !== undefined && name !== 'internetUsers')
    .map(
      (name) =>
        html`<li>${indicatorTitle(view, indicatorCode(name))} <span class="soft">(${plainLabel(view, 'levels', asked!)})</span>${f.colon}${t('fit.noFigure')}</li>`,
    )
  return used.length + lacking.length > 0 && html`<ul class="small">${used} ${lacking}</ul>`
}
