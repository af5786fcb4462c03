/** What a reader asks, as a heading, and what answers it. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { picture } from './pictures.ts'
import type { View } from './view.ts'

/** Nothing where nothing answers: an empty heading would promise something. */
export function question(
  view: View,
  { id, title, sign }: { id: string; title: string; sign: string },
  answers: readonly Content[],
): Content {
  const told = answers.filter((one) => one && one !== nothing)
  if (told.length === 0) return nothing
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}" class="asked">${picture(view, sign)} ${title}</h2>
    ${told}
  </section>`
}
