/** What all charts have: a caption, and rows or a table that say in words what is drawn. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

export type Bar = { name: string; count: number; href?: string }

export type ChartWords = { id: string; title: string; of: string; count?: string }

export const named = ({ name, href }: { name: Content; href?: string }, tabs = true): Content =>
  href ? html`<a href="${href}"${!tabs && html` tabindex="-1"`}>${name}</a>` : name

/** A caption, the drawing, and its table behind a summary. */
export function figure(
  view: View,
  { id, title, of, count }: ChartWords,
  drawing: Content,
  bars: readonly Bar[],
  rest = '',
): Html {
  const { t, f } = view
  return html`<figure class="chart">
    <figcaption id="${id}">${title}</figcaption>
    ${drawing} ${rest && html`<p class="small">${rest}</p>`}
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
                <th scope="row">${named(bar)}</th>
                <td class="amount">${f.number(bar.count)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </figure>`
}

/** Drawings are as wide as their place, so places on them are parts of a hundred. */
export const whole = 100
export const percent = (place: number): string => `${Number(place.toFixed(2))}%`

export type ChartRow = {
  name: Content
  href?: string
  /** What else is said of it, below its name. */
  below?: Content
  drawn: Content
  told: Content
  /** Of what the other rows come to. */
  isSum?: boolean
}

/** A row for each name, whole however long: what is drawn, and what it says in numbers; below them the scale. */
export const rowsFigure = (
  { id, title }: ChartWords,
  { look, rows, scale, rest }: { look: string; rows: readonly ChartRow[]; scale: Content; rest?: Content },
): Html =>
  html`<figure class="chart rows ${look}">
    <figcaption id="${id}">${title}</figcaption>
    <ol aria-labelledby="${id}">
      ${rows.map(
        ({ drawn, told, below, isSum, ...row }) =>
          html`<li${isSum ? html` class="sum"` : nothing}>
            <span class="name">${named(row)}${below}</span><svg aria-hidden="true">${drawn}</svg><span class="n">${told}</span>
          </li>`,
      )}
    </ol>
    <div class="under" aria-hidden="true"><svg>${scale}</svg></div>
    ${rest && html`<p class="small">${rest}</p>`}
  </figure>`

/** Numbers below a drawing; the outer ones stay within it. */
export const tickTexts = (
  ticks: readonly { at: number; text: string }[],
  { y, mirrored = false }: { y: number; mirrored?: boolean },
): Content =>
  ticks.map(({ at, text }) => {
    const x = mirrored ? whole - at : at
    const anchor = x < 6 ? 'start' : x > 94 ? 'end' : 'middle'
    // It begins at the edge, not in the middle of its column, so that it does not meet the next.
    const place = anchor === 'start' ? Math.max(0, x - 4) : anchor === 'end' ? Math.min(whole, x + 4) : x
    return html`<text x="${percent(place)}" y="${y}" text-anchor="${anchor}" direction="ltr">${text}</text>`
  })
