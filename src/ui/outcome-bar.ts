/** How many practices ended in which way: one bar, and the same in words and numbers. */
import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { FacetCount } from '#records/facets.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { picture } from './pictures.ts'
import { label, type View } from './view.ts'

const barWidth = 1000

export function outcomeBar(
  view: View,
  {
    counts,
    total,
    href,
    id,
  }: { counts: readonly FacetCount[]; total: number; href: (outcome: string) => string; id: string },
): Html {
  const known = new Map(counts.map(({ value, count }) => [value, count]))
  const shown = Object.keys(codeList('outcomes')!.terms).flatMap((outcome) => {
    const count = known.get(outcome)
    return count ? [{ outcome, count }] : []
  })
  const untold = total - shown.reduce((sum, { count }) => sum + count, 0)
  const parts = untold > 0 ? [...shown, { outcome: 'untold', count: untold }] : shown
  const isMirrored = directionOf(view.language) === 'rtl'
  let begun = 0
  const pieces = parts.map(({ outcome, count }) => {
    const width = (count / total) * barWidth
    const x = isMirrored ? barWidth - begun - width : begun
    begun += width
    return html`<rect class="o-${outcome}" x="${x.toFixed(1)}" width="${Math.max(0, width - 3).toFixed(1)}" height="20" />`
  })
  return html`<figure class="ends">
    <figcaption class="hidden" id="${id}">${view.t('home.outcomes')}</figcaption>
    <svg aria-hidden="true" viewBox="0 0 ${barWidth} 20" preserveAspectRatio="none">${pieces}</svg>
    <ul aria-labelledby="${id}">
      ${shown.map(({ outcome, count }) => html`<li><a class="outcome ${outcome}" href="${href(outcome)}">${picture(view, outcome)} ${label(view, 'outcomes', outcome)}${view.f.colon}<strong>${view.f.number(count)}</strong></a></li>`)}
      ${untold > 0 && html`<li class="outcome">${picture(view, 'other')} ${view.t('home.notTold')}${view.f.colon}<strong>${view.f.number(untold)}</strong></li>`}
    </ul>
  </figure>`
}
