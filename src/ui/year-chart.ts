import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { countAxis, yearAxis } from './axis.ts'
import { figure, percent, tickTexts, whole, type ChartWords } from './chart-figure.ts'
import type { View } from './view.ts'

const height = 200
const [above, below] = [14, 22]
/** Fewer years than this do not fill the width with two broad columns. */
const leastYears = 10

/** Larger numbers are shortened beside the columns; the table has them whole. */
const roomForDigits = 10_000
/** Years below the columns that do not meet on a phone. */
const marks = 4
const shortText = 3

type Year = { year: number; count: number; href?: string }

/** Standing columns, one a year, with the years between that have nothing. */
export function yearChart(view: View, words: ChartWords, years: readonly Year[], rest = ''): Html {
  const sorted = [...years].sort((a, b) => a.year - b.year)
  const first = sorted[0]?.year ?? 0
  const span = Math.max((sorted.at(-1)?.year ?? 0) - first + 1, leastYears)
  const { at: up, ticks } = countAxis(Math.max(1, ...sorted.map(({ count }) => count)), height - above - below)
  const mirrored = directionOf(view.language) === 'rtl'
  const yOf = (count: number) => Math.round(height - below - up(count))
  const step = whole / span
  const xOf = (year: number) => (mirrored ? first + span - 1 - year : year - first) * step
  const numberAt = (tick: number) => (tick < roomForDigits ? view.f.number(tick) : view.f.numberShort(tick))
  const isWide = ticks.some((tick) => numberAt(tick).length > shortText)
  const lines = ticks.map(
    (tick) =>
      html`<line class="tick" x1="0" x2="100%" y1="${yOf(tick)}" y2="${yOf(tick)}" /><text class="n" x="${mirrored ? 100 : 0}%" dx="${mirrored ? 6 : -6}" y="${yOf(tick) + 4}" text-anchor="${mirrored ? 'start' : 'end'}">${tick > 0 && numberAt(tick)}</text>`,
  )
  const columns = sorted.map(
    ({ year, count }) =>
      html`<rect x="${percent(xOf(year))}" y="${yOf(count)}" width="${percent(step * 0.86)}" height="${Math.max(1, height - below - yOf(count))}"><title>${year}${view.f.colon}${view.f.number(count)}</title></rect>`,
  )
  const labels = tickTexts(
    yearAxis(first, first + span - 1, whole, marks).ticks.map((year) => ({
      at: xOf(year) + step * 0.43,
      text: String(year),
    })),
    { y: height - 5 },
  )
  const bars = sorted.map(({ year, count, href }) => ({ name: String(year), count, ...(href && { href }) }))
  return figure(
    view,
    words,
    html`<svg class="years${isWide && ' roomy'}" role="img" aria-labelledby="${words.id}" direction="ltr">${lines}${columns}${labels}</svg>`,
    bars,
    rest,
  )
}
