import { html, joined, type Content } from '#kernel/html/html.ts'
import { recordPath } from '#ui/cards.ts'
import { paragraphsOf, textOf, type View } from '#ui/view.ts'
import type { BodyOf } from '#records/kind.ts'
import { partOf } from '#ui/record-part.ts'
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
    duration && `${view.t('field.duration')}${view.f.colon}${duration}`,
    effort && `${view.t('field.effort')}${view.f.colon}${effort}`,
    prerequisites && `${view.t('field.prerequisites')}${view.f.colon}${prerequisites}`,
  ].filter((fact) => fact)
  return html`<li>${named}${facts.length > 0 && html` <span class="small">${joined(facts, ' · ')}</span>`}</li>`
}
