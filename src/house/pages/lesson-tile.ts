/** A lesson at a glance: do or avoid, in the sentence that is its title. */
import { html, joined, type Content, type Html } from '#core/html/html.ts'
import type { Kept } from '../record/record.ts'
import { recordPath } from './cards.ts'
import { countriesOf } from './practice-tile.ts'
import { picture } from './pictures.ts'
import { label, plainLabel, textOf, type View } from './view.ts'

const signs: Record<string, string> = { do: 'worked', avoid: 'did-not-work', depends: 'partly-worked' }

export const polarityBadge = (view: View, polarity: unknown): Content =>
  typeof polarity === 'string' &&
  html`<span class="outcome ${signs[polarity] ?? ''}">${picture(view, signs[polarity] ?? 'other')} ${label(view, 'polarities', polarity)}</span>`

export function lessonTile(view: View, { id, body }: Kept): Html {
  const phase = typeof body.phase === 'string' ? plainLabel(view, 'lesson-phases', body.phase) : ''
  return html`<li class="tile lesson">
    <p>${polarityBadge(view, body.polarity)}</p>
    <h3><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></h3>
    <p class="facts">${joined([phase, countriesOf(view, body)].filter(Boolean), ' · ')}</p>
  </li>`
}
