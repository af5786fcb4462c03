/** A lesson at a glance: do or avoid, in the sentence that is its title. */
import { html, joined, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { languageMark, polarityBadge } from '#ui/badges.ts'
import { recordPath } from '#ui/cards.ts'
import { countriesOf } from './practice-tile.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'

export function lessonTile(view: View, lesson: StoredRecord): Html {
  const { id, body } = lesson
  const phase = typeof body.phase === 'string' ? plainLabel(view, 'lesson-phases', body.phase) : ''
  return html`<li class="tile lesson">
    <p>${polarityBadge(view, body.polarity)} ${languageMark(view, lesson)}</p>
    <h3><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></h3>
    <p class="facts">${joined([phase, countriesOf(view, body)].filter(Boolean), ' · ')}</p>
  </li>`
}
