/** What a page of an indicator shows, as a picture: sizes, colours and words stand in it, since no page is around it. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf, type Language } from '#kernel/i18n/languages.ts'
import { inRows, rightToLeft } from '#ui/drawn-text.ts'
import { linePicture, linePaint, mapColours, mapPicture, mapSize, rangeOf } from '#ui/charts.ts'
import type { View } from '#ui/view.ts'
import type { Shown } from '../shown.ts'
import {
  axisOf,
  classesIn,
  classWords,
  isOfFifths,
  measuredIn,
  scaleOf,
  scaleWords,
  withoutData,
  type Measured,
} from './all-countries.ts'
import { breakdownLines, linesOf, told } from './drawings.ts'
import { addressOfPage, areaName, captionOf, inOneDirection, isolated, sourceWords } from './value-words.ts'

const width = 860
const margin = 16
const inner = width - 2 * margin
const [ink, soft, barColour] = ['#17262b', '#48585e', '#2b8291']

/** Those that have all letters of a language first: programs that draw look for one font, and then for any. */
const fonts: Partial<Record<Language, string>> = {
  ar: "'Noto Sans Arabic', 'Noto Naskh Arabic', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif",
  zh: "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
}
const usualFonts = "'Noto Sans', 'DejaVu Sans', 'Segoe UI', 'Liberation Sans', Arial, sans-serif"

/** A part of the picture, and how high it is. */
type Block = { height: number; drawn: Content }
type Text = {
  x: number
  y: number
  size?: number
  bold?: boolean
  colour?: string
  anchor?: 'start' | 'middle' | 'end'
}

/** Places are counted from where readers of the language begin. */
function textAt(view: View, content: string, { x, y, size = 13, bold, colour = ink, anchor = 'start' }: Text): Html {
  const isMirrored = mirrored(view)
  const from = isMirrored ? { start: 'end', middle: 'middle', end: 'start' }[anchor] : anchor
  return html`<text x="${isMirrored ? width - x : x}" y="${y}" font-size="${size}"${bold && html` font-weight="700"`} fill="${colour}" text-anchor="${from}">${isMirrored ? rightToLeft(content) : content}</text>`
}
const mirrored = (view: View) => directionOf(view.language) === 'rtl'
/** The left edge of what begins at `x` and is `wide`. */
const leftOf = (view: View, x: number, wide: number) => (mirrored(view) ? width - x - wide : x)

function paragraph(
  view: View,
  content: string,
  { size, bold, colour, most }: Omit<Text, 'x' | 'y'> & { size: number; most: number },
): Block {
  const rows = inRows(content, inner / (size * (bold ? 0.6 : 0.54)), most)
  const step = Math.round(size * 1.35)
  return {
    height: rows.length * step + 4,
    drawn: rows.map((row, at) =>
      textAt(view, row, { x: margin, y: (at + 1) * step - 3, size, ...(bold && { bold }), ...(colour && { colour }) }),
    ),
  }
}

export const fontsOf = ({ language }: View): string => fonts[language] ?? usualFonts

export function pictureOf(view: View, shown: Shown): string {
  // Where the same can be seen again.
  const site = addressOfPage(view, shown)
  const title = captionOf(view, shown)
  const blocks: Block[] = [
    paragraph(view, title, { size: 17, bold: true, most: 4 }),
    ...drawingOf(view, shown),
    paragraph(view, sourceWords(view, shown), { size: 12, colour: soft, most: 4 }),
    paragraph(view, mirrored(view) ? isolated(site) : site, { size: 12, colour: soft, most: 3 }),
  ]
  let y = margin
  const placed = blocks.map(({ height, drawn }) => {
    const here = html`<g transform="translate(0 ${y})">${drawn}</g>`
    y += height
    return here
  })
  const height = Math.ceil(y + margin / 2)
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontsOf(view)}" font-size="13" fill="${soft}" xml:lang="${view.language}">
    <title>${title}</title>
    <rect width="${width}" height="${height}" fill="#fff" />
    ${placed}
  </svg>`.text
}

function drawingOf(view: View, shown: Shown): Block[] {
  const { view: name } = shown.choices
  if (name === 'map') return mapBlocks(view, shown)
  if (name === 'ranking') return rankingBlocks(view, shown)
  if (name === 'breakdown') return breakdownBlocks(view, shown)
  const chart = { lines: linesOf(view, shown), told: told(view, shown) }
  return [
    {
      height: 345,
      drawn: html`<svg x="${margin}" y="10" width="${inner}" height="320" overflow="visible">${linePicture(view, chart, inner)}</svg>`,
    },
  ]
}

function mapBlocks(view: View, shown: Shown): Block[] {
  const { countries } = measuredIn(view, shown)
  const { classes, classOf } = classesIn(countries, shown)
  const scale = inner / mapSize.width
  const coloured = countries.map(({ area, drawn }) => ({ code: area, colour: classOf(drawn) }))
  const key = (colour: number, words: string): Block => ({
    height: 19,
    drawn: html`<rect x="${leftOf(view, margin, 14)}" y="1" width="14" height="14" fill="${mapColours[scaleOf(shown)][colour]!}" stroke="${soft}" stroke-width="0.5" />${textAt(view, words, { x: margin + 22, y: 13 })}`,
  })
  return [
    {
      height: Math.round(mapSize.height * scale) + 10,
      drawn: html`<svg x="${margin}" width="${inner}" height="${Math.round(mapSize.height * scale)}">${mapPicture(coloured, scaleOf(shown), scale)}</svg>`,
    },
    ...classes.map((one) => key(one.at, classWords(view, shown, one))),
    key(0, view.t('indicators.noData', { count: withoutData(countries) })),
    ...rulesOf(view, shown),
  ]
}

const rulesOf = (view: View, shown: Shown): Block[] => [
  ...(isOfFifths(shown) ? [paragraph(view, view.t('indicators.quintiles'), { size: 12, colour: soft, most: 2 })] : []),
  ...(shown.choices.since === undefined
    ? []
    : [
        paragraph(view, view.t('indicators.sinceRule', { year: String(shown.choices.since) }), {
          size: 12,
          colour: soft,
          most: 2,
        }),
      ]),
  ...(shown.choices.view === 'map'
    ? [paragraph(view, view.t('indicators.mapDisclaimer'), { size: 12, colour: soft, most: 3 })]
    : []),
]

/** A longer picture fits on no page. */
const mostBars = 50
const rowHeight = 19
const nameWidth = 230
const toldWidth = 130

function rankingBlocks(view: View, shown: Shown): Block[] {
  const { countries } = measuredIn(view, shown)
  const axis = axisOf(countries)
  const barWidth = inner - nameWidth - toldWidth
  const tell = scaleWords(view, shown)
  const row = ({ area, drawn, told: words, years }: Measured): Block => {
    const [start, end] = [axis.at(Math.min(0, drawn)), axis.at(Math.max(0, drawn))].map(
      (at) => (at / 100) * barWidth,
    ) as [number, number]
    const picked = shown.choices.areas.includes(area)
    return {
      height: rowHeight,
      drawn: html`${textAt(view, inRows(areaName(view, area), 34, 1)[0] ?? '', { x: margin, y: 13, size: 12, ...(picked && { bold: true }) })}<rect x="${leftOf(view, margin + nameWidth + start, end - start).toFixed(1)}" y="2" width="${(end - start).toFixed(1)}" height="13" fill="${picked ? '#8a5a00' : barColour}" />${textAt(view, `${inOneDirection(view, words)} (${inOneDirection(view, years)})`, { x: margin + nameWidth + barWidth + 8, y: 13, size: 12 })}`,
    }
  }
  const scale: Block = {
    height: 24,
    drawn: axis.ticks.map((tick) =>
      textAt(view, inOneDirection(view, tell(tick)), {
        x: margin + nameWidth + (axis.at(tick) / 100) * barWidth,
        y: 14,
        size: 12,
        colour: soft,
        anchor: 'middle',
      }),
    ),
  }
  const isCut = countries.length > mostBars
  const note = isCut
    ? [
        paragraph(view, view.t('indicators.firstOf', { shown: mostBars, count: countries.length }), {
          size: 12,
          colour: soft,
          most: 2,
        }),
      ]
    : []
  return [...countries.slice(0, mostBars).map(row), scale, ...note, ...rulesOf(view, shown)]
}

const chartHeight = 220

function breakdownBlocks(view: View, shown: Shown): Block[] {
  const charts = breakdownLines(view, shown)
  const { range, years } = rangeOf(charts.flatMap(({ lines }) => lines))
  const gap = 28
  const each = (inner - gap) / 2
  const drawn = charts.map(({ area, lines }, at) => {
    const begin = margin + (at % 2) * (each + gap)
    const picture = linePicture(
      view,
      { lines, told: told(view, shown), range, years, height: chartHeight },
      each,
      false,
    )
    return html`<g transform="translate(0 ${Math.floor(at / 2) * (chartHeight + 44)})">${textAt(view, areaName(view, area), { x: begin, y: 18, bold: true })}<svg x="${leftOf(view, begin, each)}" y="26" width="${each}" height="${chartHeight}" overflow="visible">${picture}</svg></g>`
  })
  const keys = [...new Map(charts.flatMap(({ lines }) => lines).map((line) => [line.look, line])).values()]
  return [
    { height: Math.ceil(charts.length / 2) * (chartHeight + 44) + 8, drawn },
    ...keys.map((line): Block => ({
      height: 19,
      drawn: html`<path d="M${leftOf(view, margin, 30)} 9h30"${linePaint(line)} />${textAt(view, line.name, { x: margin + 38, y: 13 })}`,
    })),
  ]
}
