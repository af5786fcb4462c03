import { html, nothing, type Content } from '#kernel/html/html.ts'
import { leaf } from '#ui/cards.ts'
import { label, paragraphsOf, type View } from '#ui/view.ts'
import type { BodyOf } from '#records/kind.ts'
import { partOf } from '#ui/record-part.ts'
import { solution } from '../solution.ts'

type Answer = NonNullable<BodyOf<typeof solution>['indicators']>[number]

/** What the maker answered to each indicator of the Digital Public Goods Standard. */
export const solutionPart = partOf(solution, {
  show: (view, { body }) => {
    if (!body.indicators) return nothing
    return html`<section>
      <h2>${view.t('record.answers')}</h2>
      ${body.indicators.map((one) => answered(view, one, body.originalLanguage))}
    </section>`
  },
})

function answered(view: View, { indicator, answer, note, addresses = [] }: Answer, original: string): Content {
  const heading = html`${label(view, 'dpg-indicators', indicator)}${view.f.colon}<strong>${label(view, 'answers', answer)}</strong>`
  if (!note && addresses.length === 0) return html`<p>${heading}</p>`
  return html`<details>
    <summary>${heading}</summary>
    ${note && paragraphsOf(view, note, original)}${
      addresses.length > 0 &&
      html`<ul>
        ${addresses.map((address) => html`<li>${leaf(view, { type: 'url' }, address)}</li>`)}
      </ul>`
    }
  </details>`
}
