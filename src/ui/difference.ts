/** What differs between two bodies of one kind, side by side. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { Changed } from '#records/difference.ts'
import type { Kind } from '#records/kind.ts'
import type { LinkedName } from '#records/linked-names.ts'
import { changedText } from './changed-text.ts'
import { factOf, type Shape } from './facts.ts'
import { fieldName, type View } from './view.ts'

export type DifferenceParts = {
  kind: Kind
  changed: readonly Changed[]
  /** The records that values lead to, by identifier. */
  titles: ReadonlyMap<string, LinkedName>
  /** What the table is of. */
  label: string
  heads: readonly [before: string, after: string]
}

export function differenceTable(view: View, { kind, changed, titles, label, heads: names }: DifferenceParts): Html {
  const cell = (name: string, content: Content) =>
    html`<td><span class="of" aria-hidden="true">${name}</span><div>${content}</div></td>`
  return html`<table class="compared" aria-label="${label}">
    <thead>
      <tr>
        <td></td>
        ${names.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${changed.map(
        (one) =>
          html`<tr>
            <th scope="row">${one.field in kind.body.properties ? fieldName(view, kind.name, one.field) : one.field}</th>
            ${cell(names[0], sideOf(view, kind, one, titles, 'before'))}${cell(names[1], sideOf(view, kind, one, titles, 'after'))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function sideOf(
  view: View,
  kind: Kind,
  { field, words, ...values }: Changed,
  titles: ReadonlyMap<string, LinkedName>,
  side: 'before' | 'after',
): Content {
  const value = values[side]
  const unsaid = html`<span class="unsaid">${view.t('compare.unsaid')}</span>`
  if (value === undefined) return unsaid
  if (words) return Object.entries(words).map(([language, parts]) => changedText(view, language, parts, side))
  const shape = kind.body.properties[field] as Shape | undefined
  return (shape && factOf(view, shape, value, titles)) ?? html`<code class="long">${JSON.stringify(value)}</code>`
}
