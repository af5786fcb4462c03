import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { countAxis } from './axis.ts'
import { percent, rowsFigure, tickTexts, whole, type Bar, type ChartWords } from './chart-figure.ts'
import type { View } from './view.ts'

/** Lying bars, one a value: for names. */
export function barChart(view: View, words: ChartWords, bars: readonly Bar[], rest = ''): Html {
  const { at, ticks } = countAxis(Math.max(1, ...bars.map(({ count }) => count)), whole)
  const mirrored = directionOf(view.language) === 'rtl'
  return rowsFigure(words, {
    look: 'bars',
    rows: bars.map(({ count, ...bar }) => ({
      ...bar,
      drawn: html`<rect x="${mirrored ? percent(whole - at(count)) : '0%'}" width="${percent(at(count))}" height="100%" rx="2" />`,
      told: view.f.number(count),
    })),
    rest,
    scale: tickTexts(
      ticks.map((tick) => ({ at: at(tick), text: view.f.number(tick) })),
      { y: 12, mirrored },
    ),
  })
}
