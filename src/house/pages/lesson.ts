/** What others found of a lesson: how many confirm it, how many contradict it. Both stand in full further down. */
import { html } from '#core/html/html.ts'
import { lesson } from '../lesson.ts'
import { partOf } from '../view-part.ts'

export const lessonPart = partOf(lesson, {
  show: ({ t }, _record, _gathered, counts) => {
    const of = (wanted: string) => counts.filter(({ rel }) => rel === wanted).reduce((sum, { count }) => sum + count, 0)
    return html`<section class="facts-box" aria-labelledby="others">
      <h2 id="others">${t('lesson.others')}</h2>
      <p>${t('lesson.confirmed', { count: of('confirms') })} · ${t('lesson.contradicted', { count: of('contradicts') })}</p>
    </section>`
  },
})
