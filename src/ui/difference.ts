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

/** A table by its roles: on a phone rows become blocks, and table elements then lose what they are in Safari. */
export function differenceTable(view: View, { kind, changed, titles, label, heads: names }: DifferenceParts): Html {
  const cell = (name: string, content: Content) =>
    html`<div role="cell"><span class="of" aria-hidden="true">${name}</span><div>${content}</div></div>`
  return html`<div class="compared" role="table" aria-label="${label}">
    <div class="heads" role="rowgroup">
      <div role="row">
        <div role="cell"></div>
        ${names.map((name) => html`<div role="columnheader">${name}</div>`)}
      </div>
    </div>
    <div role="rowgroup">
      ${changed.map(
        (one) =>
          html`<div role="row">
            <div role="rowheader">${one.field in kind.body.properties ? fieldName(view, kind.name, one.field) : one.field}</div>
            ${cell(names[0], sideOf(view, kind, one, titles, 'before'))}${cell(names[1], sideOf(view, kind, one, titles, 'after'))}
          </div>`,
      )}
    </div>
  </div>`
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
