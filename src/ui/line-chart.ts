/** Lines over years: drawn on the server, as wide as their place, each named where it ends. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { countAxis, yearAxis } from './axis.ts'
import { percent, tickTexts, whole } from './chart-figure.ts'
import { inRows, rightToLeft } from './drawn-text.ts'
import type { View } from './view.ts'

export type Line = {
  name: string
  /** In the order of the years. */
  points: readonly { year: number; value: number }[]
  /** Of a region or the world: drawn so that it stays behind those that one picked. */
  isTotal?: boolean
  /** Its colour and dashes by number, where several charts tell the same things apart; else its place among the lines. */
  look?: number
}

export type LineChart = {
  lines: readonly Line[]
  /** A value in words, with its unit. */
  told: (value: number) => string
  /** Lowest and highest value of charts that are compared; those of the lines where absent. */
  range?: { least: number; most: number }
  years?: { first: number; last: number }
  height?: number
  /** Labels what reads out the values of a year, where scripts run. */
  read?: string
  /** Of a picture: how wide the lines are drawn, with colours and strokes as attributes, since no style sheet is at hand. */
  pictureWidth?: number
}

const usualHeight = 320
const [above, below] = [22, 24]
const depth = 1_000
/** Lines of text at the ends of lines may not cover one another. */
const textHeight = 15
const longestName = 32

/** Told apart by colour and by dashes; for pictures, which have no style sheet, as attributes. */
const colours = ['#0b5563', '#b3261e', '#7a4e9c', '#8a5a00', '#1b6e3a', '#0a5b8a', '#17262b', '#2b8291']
const dashes = ['', '7 3', '2 3', '9 3 2 3', '5 5', '12 4', '1 4', '3 6']
const totalColour = '#48585e'

const numberOf = ({ look }: Line, at: number) => (look ?? at) % colours.length
const lookOf = (line: Line, at: number) => `l${numberOf(line, at)}${line.isTotal ? ' total' : ''}`
const colourOf = (line: Line, at: number) => (line.isTotal ? totalColour : colours[numberOf(line, at)]!)
const paintOf = (line: Line, at: number): Html =>
  html` fill="none" stroke="${colourOf(line, at)}" stroke-width="${line.isTotal ? 1.5 : 2.5}" stroke-dasharray="${line.isTotal ? '2 4' : dashes[numberOf(line, at)]!}"`

type Plan = { x: (year: number) => number; y: (value: number) => number; mirrored: boolean; height: number }

export function rangeOf(lines: readonly Line[]) {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value))
  const years = lines.flatMap(({ points }) => points.map(({ year }) => year))
  return {
    range: { least: Math.min(0, ...values), most: Math.max(0, ...values) },
    years: { first: Math.min(...years), last: Math.max(...years) },
  }
}

/** The drawing alone; what it says stands in a caption and a table beside it. */
export function lineDrawing(view: View, labelledBy: string, chart: LineChart): Html {
  const { plot, ends } = partsOf(view, chart)
  const { first, last } = chart.years ?? rangeOf(chart.lines).years
  return html`<div class="drawn">
    <svg class="plot" role="img" aria-labelledby="${labelledBy}" ${chart.read && html` data-years="${first} ${last}" data-read="${chart.read}"`}>${plot}</svg>
    <svg class="names" aria-hidden="true">${ends}</svg>
  </div>`
}

/** The attributes of a line in a picture, for a key. */
export const linePaint = (line: Line): Html => paintOf(line, line.look ?? 0)

/** The same within a picture that has no style sheet, `width` units wide. */
export function linePicture(view: View, chart: LineChart, width: number, hasNames = true): Html {
  const height = chart.height ?? usualHeight
  const ofPlot = hasNames ? Math.round(width * 0.72) : width
  const { plot, ends } = partsOf(view, { ...chart, pictureWidth: ofPlot })
  const mirrored = directionOf(view.language) === 'rtl'
  const names = html`<svg x="${mirrored ? 0 : ofPlot}" width="${width - ofPlot}" height="${height}" overflow="visible">${ends}</svg>`
  return html`<svg x="${mirrored ? width - ofPlot : 0}" width="${ofPlot}" height="${height}" overflow="visible">${plot}</svg
    >${hasNames && names}`
}

/** Lines without points are left out. */
function partsOf(view: View, chart: LineChart): { plot: Content; ends: Content } {
  const { height = usualHeight, pictureWidth } = chart
  const lines = chart.lines.filter(({ points }) => points.length > 0)
  if (lines.length === 0) return { plot: nothing, ends: nothing }
  const found = rangeOf(lines)
  const { least, most } = chart.range ?? found.range
  const { first, last } = chart.years ?? found.years
  const mirrored = directionOf(view.language) === 'rtl'
  const values = countAxis(most, height - above - below, { least, wholeOnly: false })
  const years = yearAxis(first, last, 94, height < usualHeight ? 3 : 6)
  const across = (year: number) => 3 + years.at(year)
  const plan: Plan = {
    x: (year) => (mirrored ? whole - across(year) : across(year)),
    y: (value) => height - below - values.at(value),
    mirrored,
    height,
  }
  const plot = html`${values.ticks.map((tick) => gridLine(plan, tick, chart))}
    ${tickTexts(
      years.ticks.map((year) => ({ at: plan.x(year), text: String(year) })),
      { y: height - 6 },
    )}
    ${
      pictureWidth
        ? lines.map((line, at) => html`<path d="${pathOf(plan, line, pictureWidth)}"${paintOf(line, at)} />`)
        : html`<svg viewBox="0 0 ${depth} ${height}" preserveAspectRatio="none">
            ${lines.map((line, at) => html`<path class="${lookOf(line, at)}" d="${pathOf(plan, line, depth)}" vector-effect="non-scaling-stroke" />`)}
          </svg>`
    }
    ${lines.map((line, at) => points(view, plan, line, at, chart))}`
  return { plot, ends: endsOf(plan, lines, chart) }
}

function gridLine({ y, mirrored }: Plan, tick: number, { told, pictureWidth }: LineChart): Html {
  const at = Math.round(y(tick))
  return html`<line class="tick" x1="0" x2="100%" y1="${at}" y2="${at}"${pictureWidth && html` stroke="#c9d5d7"`} /><text class="n" x="${mirrored ? 100 : 0}%" y="${at - 4}" text-anchor="${mirrored ? 'end' : 'start'}" direction="ltr">${told(tick)}</text>`
}

/** Years without a value are passed over: a line joins those that have one. */
const pathOf = ({ x, y }: Plan, line: Line, width: number): string =>
  line.points
    .map(
      ({ year, value }, at) => `${at === 0 ? 'M' : 'L'}${Math.round((x(year) / whole) * width)} ${y(value).toFixed(1)}`,
    )
    .join('')

const manyPoints = 15

/** Each observation is a point, so that nobody takes a line between two for one; of a long row the last alone is drawn. */
function points(view: View, { x, y }: Plan, line: Line, at: number, chart: LineChart): Content {
  const { told, pictureWidth } = chart
  const shown = line.points.length > manyPoints ? line.points.slice(-1) : line.points
  return shown.map(
    ({ year, value }) =>
      html`<circle class="${lookOf(line, at)}" cx="${percent(x(year))}" cy="${y(value).toFixed(1)}" r="3.5"${pictureWidth && html` fill="${colourOf(line, at)}"`}><title>${line.name}, ${year}${view.f.colon}${told(value)}</title></circle>`,
  )
}

/** Names where the lines end; a long one in two rows, and none over another. */
function endsOf({ y, mirrored, height }: Plan, lines: readonly Line[], { pictureWidth }: LineChart): Content {
  const placed = lines
    .map((line, i) => ({
      look: lookOf(line, i),
      paint: pictureWidth && html` fill="${colourOf(line, i)}"`,
      rows: inRows(line.name, longestName),
      at: y(line.points.at(-1)!.value) + 4,
    }))
    .sort((a, b) => a.at - b.at)
  for (const [i, one] of placed.entries()) {
    const before = placed[i - 1]
    if (before) one.at = Math.max(one.at, before.at + textHeight * before.rows.length)
  }
  const last = placed.at(-1)
  const over = Math.max(0, (last ? last.at + (last.rows.length - 1) * textHeight : 0) - (height - below + 4))
  return placed.map(({ look, paint, rows, at }) =>
    rows.map(
      (row, i) =>
        html`<text class="${look}"${paint} x="${mirrored ? '98%' : '2%'}" y="${Math.round(at - over + i * textHeight)}" text-anchor="${mirrored ? 'end' : 'start'}" direction="ltr">${mirrored ? rightToLeft(row) : row}</text>`,
    ),
  )
}

/** Which line is which, where there is no room beside the drawing. */
export const lineKeys = (lines: readonly Line[]): Html =>
  html`<ul class="line-keys" aria-hidden="true">
    ${lines
      .filter(({ points: all }) => all.length > 0)
      .map(
        (line, at) =>
          html`<li><svg viewBox="0 0 24 8"><path class="${lookOf(line, at)}" d="M0 4H24" /></svg> ${line.name}</li>`,
      )}
  </ul>`

/** A small course without words, for a cell of a table. */
export function sparkline(view: View, all: readonly { year: number; value: number }[]): Html {
  if (all.length < 2) return nothing
  const { range, years } = rangeOf([{ name: '', points: all }])
  const mirrored = directionOf(view.language) === 'rtl'
  const [width, height] = [100, 24]
  const x = yearAxis(years.first, years.last, width - 6).at
  const y = countAxis(range.most, height - 6, { least: range.least, wholeOnly: false }).at
  const at = ({ year, value }: { year: number; value: number }) => ({
    x: Math.round(mirrored ? width - 3 - x(year) : 3 + x(year)),
    y: (height - 3 - y(value)).toFixed(1),
  })
  const placed = all.map(at)
  const end = placed.at(-1)!
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" aria-hidden="true"><path d="M${placed.map((one) => `${one.x} ${one.y}`).join('L')}" /><circle cx="${end.x}" cy="${end.y}" r="2.5" /></svg>`
}
