import { html, type Html } from '#core/html/html.ts'
import { directionOf } from '#core/languages/languages.ts'
import { rowsFigure, tickTexts, type Bar, type ChartWords } from './chart-figure.ts'
import { countTicks, placeOn } from './scale.ts'
import type { View } from './view.ts'

/** Lying bars, one a value: for names. */
export function barChart(view: View, words: ChartWords, bars: readonly Bar[]): Html {
  const ticks = countTicks(Math.max(1, ...bars.map(({ count }) => count)))
  const at = placeOn(ticks)
  const mirrored = directionOf(view.language) === 'rtl'
  return rowsFigure(words, {
    look: `bars steps-${ticks.length - 1}`,
    rows: bars.map(({ count, ...bar }) => ({
      ...bar,
      drawn: html`<rect x="${mirrored ? 100 - at(count) : 0}%" width="${at(count)}%" height="100%" rx="2" />`,
      told: view.f.number(count),
    })),
    scale: tickTexts(
      ticks.map((tick) => ({ at: at(tick), text: view.f.number(tick) })),
      { y: 12, mirrored },
    ),
  })
}
