/** A record in a list of those that have a state, such as open calls. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from './cards.ts'
import { markIfDemonstration } from './demonstration.ts'
import { textOf, type View } from './view.ts'

type StateItem = {
  record: Pick<StoredRecord, 'id' | 'body' | 'origin'>
  badge: Html
  /** What is not said is left out. */
  facts: readonly Content[]
  more?: Content
}

/** One of the list: its state, its title, and what is known of it in a line. */
export const stateItem = (view: View, { record, badge, facts, more = nothing }: StateItem): Html =>
  html`<li>
    <p>${badge} ${markIfDemonstration(view, record)}</p>
    <div>
      <a href="${view.href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a>
      ${factLine(facts)} ${more}
    </div>
  </li>`

const factLine = (facts: readonly Content[]): Html =>
  html`<p class="facts">
    ${joined(
      facts.filter(Boolean).map((one) => html`<span>${one}</span>`),
      ' ',
    )}
  </p>`
