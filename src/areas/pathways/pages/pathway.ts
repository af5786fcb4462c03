import { html, joined, type Content } from '#core/html/html.ts'
import { recordPath } from '#house/pages/cards.ts'
import { paragraphsOf, textOf, type View } from '#house/pages/view.ts'
import type { BodyOf } from '#house/kind.ts'
import { partOf } from '#house/view-part.ts'
import { pathway } from '../pathway.ts'

type Item = NonNullable<BodyOf<typeof pathway>['steps'][number]['items']>[number]

/** The steps in their order, each with what to take. */
export const pathwayPart = partOf(pathway, {
  show: (view, { body }) =>
    html`<section>
      <h2>${view.t('record.steps')}</h2>
      <ol class="steps">
        ${body.steps.map(
          (step) =>
            html`<li>
              <h3>${textOf(view, step.title, body.originalLanguage)}</h3>
              ${step.note && paragraphsOf(view, step.note, body.originalLanguage)}${
                step.items &&
                html`<ul>
                  ${step.items.map((item) => shown(view, item, body.originalLanguage))}
                </ul>`
              }
            </li>`,
        )}
      </ol>
    </section>`,
})

function shown(view: View, { title, course, url, duration, effort, prerequisites }: Item, original: string): Content {
  const name = textOf(view, title, original)
  const named = course
    ? html`<a href="${view.href(recordPath(course))}">${name}</a>`
    : url
      ? html`<a href="${url}" rel="external">${name}</a>`
      : name
  const facts = [
    duration && `${view.t('field.duration')}: ${duration}`,
    effort && `${view.t('field.effort')}: ${effort}`,
    prerequisites && `${view.t('field.prerequisites')}: ${prerequisites}`,
  ].filter((fact) => fact)
  return html`<li>${named}${facts.length > 0 && html` <span class="small">${joined(facts, ' · ')}</span>`}</li>`
}
