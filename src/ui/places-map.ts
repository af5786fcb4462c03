/** A small map of where it was. */
import { html, type Content } from '#kernel/html/html.ts'
import type { FacetCount } from '#records/facets.ts'
import { plainLabel, type View } from './view.ts'
import { worldDots } from './world-dots.ts'

const namesShown = 20

export function placesMap(view: View, countries: readonly FacetCount[]): Content {
  if (countries.length === 0) return undefined
  const name = (code: string) => plainLabel(view, 'countries', code)
  const dots = countries.map(({ value, count }) => ({ code: value, name: name(value), count }))
  return html`<section class="places" aria-labelledby="places">
    <h2 id="places">${view.t('field.countries')}</h2>
    ${worldDots(view, { labelledBy: 'places', countries: dots, largest: 14, isSmall: true })}
    <p>
      ${countries.slice(0, namesShown).map(({ value, count }) => html`<a class="pill" href="${view.href(`/countries/${value}`)}">${name(value)}${count > 1 && html` <span class="n">${view.f.number(count)}</span>`}</a> `)}
    </p>
  </section>`
}
