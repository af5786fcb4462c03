import { html, type Content, type Html } from '#kernel/html/html.ts'
import { countAxis } from './axis.ts'
import { percent, rowsFigure, tickTexts, whole, type ChartRow, type ChartWords } from './chart-figure.ts'
import { signed } from './effect-line.ts'
import type { View } from './view.ts'

export type Effect = {
  name: Content
  href: string
  effect: number
  low?: number | undefined
  high?: number | undefined
  /** How many were studied: the more, the larger the point. */
  sample?: number | undefined
  /** What else is to be known of it, below its name. */
  below?: Content
}

export type EffectsTogether = {
  /** What all of them come to, as a row of its own. */
  across?: { name: string; effect: number } | undefined
  /** How to read it. */
  legend?: Content
}

/** However small the effects are, they are not made to look large. */
const leastReach = 0.5
const radius = { usual: 5, least: 3.5, most: 9 }

/**
 * Effect sizes one below the other (a forest plot): a point each, its interval where known, and the line of no effect.
 * Less is left and more is right in every language, as in the studies themselves.
 */
export function effectChart(
  view: View,
  words: ChartWords,
  effects: readonly Effect[],
  { across, legend }: EffectsTogether = {},
): Html {
  const { t, f } = view
  const ends = effects.flatMap(({ effect, low = effect, high = effect }) => [effect, low, high])
  const least = Math.min(-leastReach / 2, ...ends)
  const { at, ticks } = countAxis(Math.max(leastReach, ...ends), whole, { least, wholeOnly: false })
  const largest = Math.max(...effects.map(({ sample = 0 }) => sample))
  const tickLines = ticks.map(
    (tick) =>
      html`<line class="${tick === 0 ? 'zero' : 'tick'}" x1="${percent(at(tick))}" x2="${percent(at(tick))}" y1="0" y2="100%" />`,
  )
  const rows: ChartRow[] = effects.map((one) => ({
    name: one.name,
    href: one.href,
    below: one.below,
    drawn: html`${tickLines}${point(one, at, largest)}`,
    told: html`${signed(view, one.effect)}${interval(view, one)}`,
  }))
  const sum: ChartRow[] = across
    ? [
        {
          name: across.name,
          isSum: true,
          drawn: html`${tickLines}<svg x="${percent(at(across.effect))}" y="50%"><path class="across" d="M-8 0 0-8 8 0 0 8z" /></svg>`,
          told: html`<strong>${signed(view, across.effect)}</strong>`,
        },
      ]
    : []
  return rowsFigure(words, {
    look: effects.some(({ low, high }) => low !== undefined && high !== undefined) ? 'effects' : 'effects plain',
    rows: [...rows, ...sum],
    scale: html`${tickTexts(
      ticks.map((tick) => ({ at: at(tick), text: f.decimal(tick) })),
      { y: 12 },
    )}<text class="n" x="0" y="30" direction="ltr">← ${t('effect.less')}</text><text class="n" x="100%" y="30" text-anchor="end" direction="ltr">${t('effect.more')} →</text>
      <text class="n" x="${percent(at(0))}" y="30" text-anchor="middle">${t('effect.none')}</text>`,
    rest: legend,
  })
}

/** Where others tell how many they studied, the point of one that does not is open. */
function point({ effect, low, high, sample }: Effect, at: (value: number) => number, largest: number): Content {
  const line =
    low !== undefined && high !== undefined
      ? html`<line class="interval" x1="${percent(at(low))}" x2="${percent(at(high))}" y1="50%" y2="50%" />`
      : ''
  const size =
    largest === 0
      ? radius.usual
      : radius.least + (radius.most - radius.least) * Math.sqrt((sample ?? 0) / Math.max(1, largest))
  const look = `${effect < 0 ? 'less' : 'more'}${largest > 0 && sample === undefined ? ' open' : ''}`
  return html`${line}<circle class="${look}" cx="${percent(at(effect))}" cy="50%" r="${Number(size.toFixed(1))}" />`
}

const interval = (view: View, { low, high }: Effect): Content =>
  low !== undefined &&
  high !== undefined &&
  html` <span class="small">${view.t('effect.between', { low: signed(view, low), high: signed(view, high) })}</span>`
