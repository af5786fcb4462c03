import { html, type Content, type Html } from '#kernel/html/html.ts'
import { countAxis } from './axis.ts'
import { percent, rowsFigure, tickTexts, whole, type ChartWords } from './chart-figure.ts'
import { signed } from './effect-line.ts'
import type { View } from './view.ts'

export type Effect = { name: string; href: string; effect: number; low?: number | undefined; high?: number | undefined }

/** However small the effects are, they are not made to look large. */
const leastReach = 0.5

/**
 * Effect sizes one below the other (a forest plot): a point each, its interval where known, and the line of no effect.
 * Less is left and more is right in every language, as in the studies themselves.
 */
export function effectChart(view: View, words: ChartWords, effects: readonly Effect[]): Html {
  const { t, f } = view
  const ends = effects.flatMap(({ effect, low = effect, high = effect }) => [effect, low, high])
  const least = Math.min(-leastReach / 2, ...ends)
  const { at, ticks } = countAxis(Math.max(leastReach, ...ends), whole, { least, wholeOnly: false })
  const tickLines = ticks.map(
    (tick) =>
      html`<line class="${tick === 0 ? 'zero' : 'tick'}" x1="${percent(at(tick))}" x2="${percent(at(tick))}" y1="0" y2="100%" />`,
  )
  return rowsFigure(words, {
    look: 'effects',
    rows: effects.map((one) => ({
      name: one.name,
      href: one.href,
      drawn: html`${tickLines}${point(one, at)}`,
      told: html`${signed(view, one.effect)}${interval(view, one)}`,
    })),
    scale: html`${tickTexts(
      ticks.map((tick) => ({ at: at(tick), text: f.decimal(tick) })),
      { y: 12 },
    )}<text class="n" x="0" y="30" direction="ltr">← ${t('effect.less')}</text><text class="n" x="100%" y="30" text-anchor="end" direction="ltr">${t('effect.more')} →</text>
      <text class="n" x="${percent(at(0))}" y="30" text-anchor="middle">${t('effect.none')}</text>`,
  })
}

function point({ effect, low, high }: Effect, at: (value: number) => number): Content {
  const line =
    low !== undefined && high !== undefined
      ? html`<line class="interval" x1="${percent(at(low))}" x2="${percent(at(high))}" y1="50%" y2="50%" />`
      : ''
  return html`${line}<circle class="${effect < 0 ? 'less' : 'more'}" cx="${percent(at(effect))}" cy="50%" r="5" />`
}

const interval = (view: View, { low, high }: Effect): Content =>
  low !== undefined &&
  high !== undefined &&
  html` <span class="small">${view.t('effect.between', { low: signed(view, low), high: signed(view, high) })}</span>`
