/** Charts as SVG drawn on the server, each with the table that says the same. Colours and fonts are the page's. */
import { html, nothing, type Content, type Html } from '#core/html/html.ts'
import { directionOf } from '#core/languages/languages.ts'
import world from './world.json' with { type: 'json' }
import type { View } from './view.ts'

export type Bar = { name: string; count: number; href?: string }

type ChartWords = { id: string; title: string; of: string; count?: string }

/** A caption, the drawing, and its table behind a summary. */
function figure(view: View, { id, title, of, count }: ChartWords, drawing: Content, bars: readonly Bar[]): Html {
  const { t, f } = view
  return html`<figure class="chart">
    <figcaption id="${id}">${title}</figcaption>
    ${drawing}
    <details>
      <summary>${t('chart.table', { title })}</summary>
      <table>
        <caption class="hidden">
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${of}</th>
            <th scope="col" class="amount">${count ?? t('chart.count')}</th>
          </tr>
        </thead>
        <tbody>
          ${bars.map(
            (bar) =>
              html`<tr>
                <th scope="row">${bar.href ? html`<a href="${bar.href}">${bar.name}</a>` : bar.name}</th>
                <td class="amount">${f.number(bar.count)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </figure>`
}

const rowHeight = 26
const barsWidth = 420
const nameWidth = 170
/** About how wide a name is drawn, in pixels at the size of the chart's text. */
const widthOf = (name: string) =>
  [...name].reduce(
    (sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 13.5 : /[A-ZА-ЯWMмшщжю@]/.test(sign) ? 9.2 : 7.3),
    0,
  )

function clipped(name: string): string {
  if (widthOf(name) <= nameWidth - 12) return name
  let short = [...name]
  while (short.length > 1 && widthOf(short.join('')) > nameWidth - 24) short = short.slice(0, -1)
  return `${short.join('').trimEnd()}…`
}

/** Lying bars, one a value: for names. */
export function barChart(view: View, words: ChartWords, bars: readonly Bar[]): Html {
  const { f } = view
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const mirrored = directionOf(view.language) === 'rtl'
  const height = bars.length * rowHeight + 4
  const room = barsWidth - nameWidth - 62
  const rows = bars.map(({ name, count }, i) => {
    const y = i * rowHeight
    const width = Math.max(2, Math.round((count / most) * room))
    const at = (x: number, size = 0) => (mirrored ? barsWidth - x - size : x)
    // Anchors follow the writing direction by themselves: "end" is the left edge of Arabic.
    return html`<text x="${at(nameWidth - 8)}" y="${y + 18}" text-anchor="end">${clipped(name)}</text
      ><rect x="${at(nameWidth, width)}" y="${y + 4}" width="${width}" height="18" rx="2" /><text
        class="n"
        x="${at(nameWidth + width + 6)}"
        y="${y + 18}"
        >${f.number(count)}</text
      >`
  })
  return figure(
    view,
    words,
    html`<svg
      role="img"
      aria-labelledby="${words.id}"
      viewBox="0 0 ${barsWidth} ${height}"
      direction="${mirrored ? 'rtl' : 'ltr'}"
    >
      ${rows}
    </svg>`,
    bars,
  )
}

const columnsHeight = 150

/** Standing columns, one a year, with the years between that have nothing. */
export function yearChart(
  view: View,
  words: ChartWords,
  years: readonly { year: number; count: number; href?: string }[],
): Html {
  const sorted = [...years].sort((a, b) => a.year - b.year)
  const first = sorted[0]?.year ?? 0
  const last = sorted.at(-1)?.year ?? 0
  const span = last - first + 1
  const most = Math.max(1, ...sorted.map(({ count }) => count))
  const mirrored = directionOf(view.language) === 'rtl'
  const step = barsWidth / Math.max(span, 8)
  const columns = sorted.map(({ year, count }) => {
    const height = Math.max(2, Math.round((count / most) * (columnsHeight - 40)))
    const x = (mirrored ? last - year : year - first) * step
    return html`<rect
      x="${x.toFixed(1)}"
      y="${columnsHeight - 20 - height}"
      width="${Math.max(1, step - 1.5).toFixed(1)}"
      height="${height}"
      ><title>${year}: ${view.f.number(count)}</title></rect
    >`
  })
  const label = (year: number, x: number, anchor: string) =>
    html`<text x="${x}" y="${columnsHeight - 4}" text-anchor="${anchor}">${String(year)}</text>`
  const end = Math.max(span * step, 40)
  const labels =
    span === 1
      ? label(first, step / 2, 'middle')
      : html`${label(mirrored ? last : first, 0, 'start')}${label(mirrored ? first : last, Math.min(barsWidth, end), 'end')}`
  const bars = sorted.map(({ year, count, href }) => ({ name: String(year), count, ...(href && { href }) }))
  return figure(
    view,
    words,
    html`<svg role="img" aria-labelledby="${words.id}" viewBox="0 0 ${barsWidth} ${columnsHeight}" direction="ltr">
      ${columns}${labels}
    </svg>`,
    bars,
  )
}

const middles = world.middles as unknown as Record<string, [number, number]>

/** Circles on the world, sized by number. Small islands are as easy to see as large countries. */
export function worldMap(view: View, words: ChartWords, countries: readonly (Bar & { code: string })[]): Html {
  const most = Math.max(1, ...countries.map(({ count }) => count))
  const circles = [...countries]
    .sort((a, b) => b.count - a.count)
    .flatMap(({ code, name, count, href }) => {
      const middle = middles[code]
      if (!middle) return []
      // Whole numbers: a tenth of a unit is not seen, and weighs on every circle.
      const radius = Math.round(3 + 21 * Math.sqrt(count / most))
      const title = html`<title>${name}: ${view.f.number(count)}</title>`
      const circle = (inner: Content) =>
        html`<circle cx="${middle[0]}" cy="${middle[1]}" r="${radius}">${inner}</circle>`
      return [href ? html`<a href="${href}" tabindex="-1">${title}${circle(nothing)}</a>` : circle(title)]
    })
  const drawing = html`<svg
      class="world"
      role="group"
      aria-labelledby="${words.id}"
      viewBox="0 0 ${world.width} ${world.height}"
    >
      <image href="${view.site.assets('world.svg')}" width="${world.width}" height="${world.height}" />
      ${circles}
    </svg>
    <p class="small">${view.t('map.disclaimer')}</p>`
  return figure(view, words, drawing, countries)
}

export type Effect = { name: string; href: string; effect: number; low?: number | undefined; high?: number | undefined }

/** Effect sizes side by side (a forest plot): a point each, its interval where known, and the line of no effect. */
export function effectChart(view: View, words: ChartWords, effects: readonly Effect[]): Html {
  const { t, f } = view
  const reach =
    Math.max(0.5, ...effects.flatMap(({ effect, low, high }) => [effect, low ?? 0, high ?? 0].map(Math.abs))) * 1.1
  const middle = barsWidth / 2
  const at = (value: number) => (middle + (value / reach) * (middle - 10)).toFixed(1)
  const height = effects.length * 22 + 22
  const rows = effects.map(({ effect, low, high }, i) => {
    const y = i * 22 + 12
    const interval =
      low !== undefined && high !== undefined ? html`<line x1="${at(low)}" x2="${at(high)}" y1="${y}" y2="${y}" />` : ''
    return html`${interval}<circle class="${effect < 0 ? 'less' : 'more'}" cx="${at(effect)}" cy="${y}" r="5" /><text
        class="n"
        x="${effect < 0 ? 4 : barsWidth - 4}"
        y="${y + 4}"
        text-anchor="${effect < 0 ? 'start' : 'end'}"
        >${f.decimal(effect)}</text
      >`
  })
  const drawing = html`<svg
    role="img"
    aria-labelledby="${words.id}"
    viewBox="0 0 ${barsWidth} ${height}"
    direction="ltr"
  >
    <line class="axis" x1="${middle}" x2="${middle}" y1="0" y2="${height - 18}" />
    ${rows}
    <text x="${middle - 6}" y="${height - 4}" text-anchor="end">← ${t('effect.less')}</text>
    <text x="${middle + 6}" y="${height - 4}">${t('effect.more')} →</text>
  </svg>`
  return html`<figure class="chart wide">
    <figcaption id="${words.id}">${words.title}</figcaption>
    ${drawing}
    <details open>
      <summary>${t('chart.table', { title: words.title })}</summary>
      <table>
        <caption class="hidden">
          ${words.title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.of}</th>
            <th scope="col" class="amount">${t('effect.size')}</th>
          </tr>
        </thead>
        <tbody>
          ${effects.map(
            ({ name, href, effect }) =>
              html`<tr>
                <th scope="row"><a href="${href}">${name}</a></th>
                <td class="amount">${f.decimal(effect)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </figure>`
}
