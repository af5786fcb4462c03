/** A text with what changed in it. */
import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { Part } from '#kernel/i18n/words-between.ts'
import { languageNamed, type View } from './view.ts'

/** Before: what was taken out is struck through. After: what was put in is underlined. Colour only helps. */
export function changedText(view: View, language: string, parts: readonly Part[], side: 'before' | 'after'): Html {
  const [other, mark] = side === 'before' ? (['added', 'del'] as const) : (['removed', 'ins'] as const)
  const shown = parts.filter(({ change }) => change !== other)
  if (shown.length === 0)
    return html`<p class="unsaid">${languageNamed(view, language)}${view.f.colon}${view.t('compare.unsaid')}</p>`
  return html`<p class="changed-text" lang="${language}" dir="${directionOf(language)}">${shown.map(({ text, change }) => (change === 'same' ? html`${text}` : mark === 'del' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`))}</p>`
}
