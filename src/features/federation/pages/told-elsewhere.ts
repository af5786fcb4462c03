/** On the page of a record: what others published about it, where a curator accepted that they said so. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { View } from '#ui/view.ts'
import type { ToldElsewhere } from '../inbox/operations.ts'

export function toldElsewherePart(view: View, told: readonly ToldElsewhere[]): Content {
  if (told.length === 0) return nothing
  return html`<section aria-labelledby="told-elsewhere">
    <h2 id="told-elsewhere">${view.t('elsewhere.title')}</h2>
    <ul>${told.map((one) => html`<li>${line(view, one)}</li>`)}</ul>
  </section>`
}

function line({ t, f }: View, { pattern, objectUri, senderName, receivedAt }: ToldElsewhere): Html {
  const words = wordsOr(t, `elsewhere.pattern.${pattern}`, pattern)
  const isWeb = /^https?:\/\//.test(objectUri)
  const what = isWeb ? html`<a href="${objectUri}" rel="external nofollow noreferrer">${words}</a>` : words
  return html`${what} · <bdi>${senderName}</bdi> · <time datetime="${receivedAt}">${f.day(receivedAt.slice(0, 10))}</time>
    ${isWeb && html`<span class="small"><bdi class="long" dir="ltr">${objectUri}</bdi></span>`}`
}
