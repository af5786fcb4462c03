/** The pictures of an indicator, each with its caption, its source and a table that says the same. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { lineDrawing, lineKeys, rangeOf, type Line } from '#ui/charts.ts'
import { label, type View } from '#ui/view.ts'
import type { Series, Shown } from '../shown.ts'
import { totalWords } from './indicator-form.ts'
import { areaName, breakdownWords, captionOf, dimensionName, sourceWords, valueWords } from './value-words.ts'

export const captionId = 'indicator-figure'

const toLine = (name: string, { values, isTotal }: Series): Line => ({
  name,
  isTotal,
  points: values.map(({ period, value }) => ({ year: period, value: value! })),
})

export const linesOf = (view: View, { series }: Shown): Line[] =>
  series.map((one) => toLine(areaName(view, one.area), one))

export const unitOf = ({ told }: Shown) => told.record.body.unit
export const told = (view: View, shown: Shown) => (value: number) => valueWords(view, unitOf(shown), value)

/** A figure around a drawing: the title above, the source below, the numbers behind a summary. */
export function figure(view: View, shown: Shown, drawing: Content, table: Content): Html {
  const title = captionOf(view, shown)
  return html`<figure class="chart${shown.choices.view === 'chart' && ' course'}">
    <figcaption id="${captionId}">${title}</figcaption>
    ${drawing}
    <p class="small">${sourceWords(view, shown)} ${shown.choices.asOf && view.t('indicators.asOf', { day: view.f.day(shown.choices.asOf) })}</p>
    ${table && html`<details><summary>${view.t('chart.table', { title })}</summary>${table}</details>`}
  </figure>`
}

export function lineFigure(view: View, shown: Shown): Html {
  const lines = linesOf(view, shown)
  if (shown.series.every(({ isTotal }) => isTotal)) return html`<p class="notice">${view.t('indicators.nothing')}</p>`
  return figure(
    view,
    shown,
    html`${lineDrawing(view, captionId, { lines, told: told(view, shown), read: view.t('indicators.readYear') })}${lineKeys(lines)}${withoutValues(view, shown)}`,
    valueTable(view, shown),
  )
}

/** A country that one picked and that says nothing is told, rather than left out in silence. */
const withoutValues = (view: View, { areas, series }: Shown): Content => {
  const silent = areas.filter((area) => !series.some((one) => one.area === area))
  return (
    silent.length > 0 &&
    html`<p class="small">${view.t('indicators.without', { areas: view.f.list(silent.map((area) => areaName(view, area))) })}</p>`
  )
}

/** Years by areas; what a value is beside a plain report is said with it. */
export function valueTable(view: View, shown: Shown): Html {
  const { series } = shown
  const years = [...new Set(series.flatMap(({ values }) => values.map(({ period }) => period)))].sort((a, b) => b - a)
  const at = series.map(({ values }) => new Map(values.map((one) => [one.period, one])))
  const name = ({ area, dimensions }: Series) =>
    shown.choices.view === 'breakdown'
      ? `${areaName(view, area)}${view.f.colon}${breakdownWords(view, dimensions)}`
      : areaName(view, area)
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${captionId}">
    <table>
      <thead>
        <tr>
          <th scope="col">${view.t('facet.year')}</th>
          ${series.map((one) => html`<th scope="col" class="amount">${name(one)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${years.map(
          (year) =>
            html`<tr>
              <th scope="row">${String(year)}</th>
              ${at.map((values) => {
                const found = values.get(year)
                return html`<td class="amount">${found ? valueWords(view, unitOf(shown), found.value!) : '–'}${found && statusMark(view, found.status)}</td>`
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

const plainStatuses = ['reported', 'unstated']
const statusMark = (view: View, status: string): Content =>
  !plainStatuses.includes(status) && html` <span class="small">${label(view, 'observation-statuses', status)}</span>`

export function tableFigure(view: View, shown: Shown): Html {
  if (shown.series.length === 0) return html`<p class="notice">${view.t('indicators.nothing')}</p>`
  return html`<section>
    <h2 id="${captionId}">${captionOf(view, shown)}</h2>
    ${valueTable(view, shown)}
    <p class="small">${sourceWords(view, shown)}</p>
  </section>`
}

/** The lines of each area by the values of a dimension, which look the same in each of them. */
export function breakdownLines(view: View, shown: Shown): { area: string; lines: Line[] }[] {
  const { by } = shown.choices
  const valueNamed = (dimensions: string) =>
    breakdownWords(view, onlyBy(dimensions, by ?? '')) || totalWords(view, by ?? '')
  const keys = [...new Set(shown.series.map(({ dimensions }) => dimensions))]
  return shown.areas.flatMap((area) => {
    const own = shown.series.filter((one) => one.area === area)
    const lines = own.map((one) => ({
      ...toLine(valueNamed(one.dimensions), one),
      look: keys.indexOf(one.dimensions),
    }))
    return lines.length > 0 ? [{ area, lines }] : []
  })
}

/** The same area by each value of a dimension, all on one scale. */
export function breakdownFigure(view: View, shown: Shown): Html {
  const { by } = shown.choices
  if (!by) return html`<p class="notice">${view.t('indicators.noBreakdown')}</p>`
  if (shown.series.length === 0) return html`<p class="notice">${view.t('indicators.nothing')}</p>`
  const charts = breakdownLines(view, shown)
  const { range, years } = rangeOf(charts.flatMap(({ lines }) => lines))
  return html`<section>
    <h2 id="${captionId}">${view.t('indicators.breakdownOf', { caption: captionOf(view, shown), by: dimensionName(view, by) })}</h2>
    <div class="charts">
      ${charts.map(
        ({ area, lines }, at) =>
          html`<figure class="chart course small-multiple">
            <figcaption id="part-${at}">${areaName(view, area)}</figcaption>
            ${lineDrawing(view, `part-${at}`, { lines, range, years, height: 220, told: told(view, shown), read: view.t('indicators.readYear') })}
            ${lineKeys(lines)}
          </figure>`,
      )}
    </div>
    <p class="small">${sourceWords(view, shown)}</p>
    <details><summary>${view.t('chart.table', { title: captionOf(view, shown) })}</summary>${valueTable(view, shown)}</details>
  </section>`
}

const onlyBy = (key: string, by: string) =>
  key
    .split(';')
    .filter((one) => one.startsWith(`${by}=`))
    .join(';')
