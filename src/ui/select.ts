/** A choice among many, as browsers do it best: without scripts, by keyboard, on a phone. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

export type Choice = {
  name: string
  label: string
  options: readonly { value: string; name: string }[]
  chosen: readonly string[]
  /** What stands for no choice. */
  none?: string
  /** A sentence below the label. */
  hint?: Content
}

export function select({ t }: View, { name, label, options, chosen, none, hint }: Choice): Html {
  return html`<p class="choice">
    <label for="c-${name}">${label}</label>
    ${hint && html`<span class="small" id="h-${name}">${hint}</span>`}
    <select id="c-${name}" name="${name}" ${hint ? html` aria-describedby="h-${name}"` : nothing}>
      <option value="">${none ?? t('choice.any')}</option>
      ${options.map(({ value, name: shown }) => html`<option value="${value}"${chosen.includes(value) ? html` selected` : nothing}>${shown}</option>`)}
    </select>
  </p>`
}
