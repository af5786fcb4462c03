/** A small map of where it was. */
import { html, type Content } from '#core/html/html.ts'
import type { Kept } from '../record/record.ts'
import { worldDots } from './charts.ts'
import { plainLabel, type View } from './view.ts'

export function placesMap(view: View, { body }: Pick<Kept, 'body'>): Content {
  const countries = (body.countries ?? []) as string[]
  if (countries.length === 0) return undefined
  const dots = countries.map((code) => ({ code, name: plainLabel(view, 'countries', code), count: 1 }))
  return html`<section class="places" aria-labelledby="places">
    <h2 id="places">${view.t('field.countries')}</h2>
    ${worldDots(view, { labelledBy: 'places', countries: dots })}
    <p>
      ${countries.map((code) => html`<a class="pill" href="${view.href(`/countries/${code}`)}">${plainLabel(view, 'countries', code)}</a> `)}
    </p>
  </section>`
}
