/** The pictures of an indicator, each with its caption, its source and a table that says the same. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { countAxis } from '#ui/axis.ts'
import { percent, rowsFigure, tickTexts, whole } from '#ui/chart-figure.ts'
import { classesOf, lineDrawing, lineKeys, linePicture, mapKey, rangeOf, valueMap, type Line } from '#ui/charts.ts'
import { label, type View } from '#ui/view.ts'
import { areaList, isCountry } from '../areas.ts'
import type { Series, Shown } from '../shown.ts'
import { totalWords } from './indicator-form.ts'
import type { Latest } from '../values.ts'
import { areaName, breakdownWords, captionOf, dimensionName, sourceWords, valueWords } from './value-words.ts'

export const captionId = 'indicator-figure'

const toLine = (name: string, { values, isTotal }: Series): Line => ({
  name,
  isTotal,
  points: values.map(({ period, value }) => ({ year: period, value: value! })),
})

export const linesOf = (view: View, { series }: Shown): Line[] =>
  series.map((one) => toLine(areaName(view, one.area), one))

const unitOf = ({ told }: Shown) => told.record.body.unit
const told = (view: View, shown: Shown) => (value: number) => valueWords(view, unitOf(shown), value)

/** A figure around a drawing: the title above, the source below, the numbers behind a summary. */
function figure(view: View, shown: Shown, drawing: Content, table: Content): Html {
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
    html`${lineDrawing(view, captionId, { lines, told: told(view, shown) })}${lineKeys(lines)}${withoutValues(view, shown)}`,
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
      ? `${areaName(view, area)}: ${breakdownWords(view, dimensions)}`
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

/** The same area by each value of a dimension, all on one scale. */
export function breakdownFigure(view: View, shown: Shown): Html {
  const { by } = shown.choices
  if (!by) return html`<p class="notice">${view.t('indicators.noBreakdown')}</p>`
  if (shown.series.length === 0) return html`<p class="notice">${view.t('indicators.nothing')}</p>`
  const valueName = ({ dimensions }: Series) => {
    const value = breakdownWords(view, onlyBy(dimensions, by))
    return value || totalWords(view, by)
  }
  const all = shown.series.map((one) => toLine(valueName(one), one))
  const { range, years } = rangeOf(all)
  const charts = shown.areas.flatMap((area) => {
    const lines = shown.series.filter((one) => one.area === area).map((one) => toLine(valueName(one), one))
    return lines.length > 0 ? [{ area, lines }] : []
  })
  return html`<section>
    <h2 id="${captionId}">${view.t('indicators.breakdownOf', { caption: captionOf(view, shown), by: dimensionName(view, by) })}</h2>
    <div class="charts">
      ${charts.map(
        ({ area, lines }, at) =>
          html`<figure class="chart course small-multiple">
            <figcaption id="part-${at}">${areaName(view, area)}</figcaption>
            ${lineDrawing(view, `part-${at}`, { lines, range, years, height: 220, told: told(view, shown) })}
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

const isNamed = ({ area }: Latest) => isCountry(area)

export function mapFigure(view: View, shown: Shown): Html {
  const { t, href } = view
  const countries = shown.latest.filter(isNamed)
  if (countries.length === 0) return html`<p class="notice">${t('indicators.nothing')}</p>`
  const tell = told(view, shown)
  const all = Object.keys(codeList('countries')!.terms)
  const { classes } = classesOf(countries.map(({ value }) => value))
  const keys = html`<ul class="map-keys">
    ${classes.map(({ at, least, most, count }) => html`<li>${mapKey(at)} ${t('indicators.class', { least: tell(least), most: tell(most), count })}</li>`)}
    <li>${mapKey(0)} ${t('indicators.noData', { count: all.length - countries.length })}</li>
  </ul>`
  const map = valueMap(
    view,
    captionId,
    countries.map(({ area, value, period }) => ({
      code: area,
      name: areaName(view, area),
      value,
      told: `${tell(value)} (${period})`,
      href: href(`/countries/${area}`),
    })),
    all,
  )
  return figure(
    view,
    shown,
    html`${map}${keys}<p class="small">${t('indicators.quintiles')} ${t('map.disclaimer')}</p>`,
    '',
  )
}

/** All countries from the highest to the lowest, and the published totals apart: a total is no country. */
export function rankingFigure(view: View, shown: Shown): Html {
  const countries = shown.latest.filter(isNamed).sort((a, b) => b.value - a.value)
  if (countries.length === 0) return html`<p class="notice">${view.t('indicators.nothing')}</p>`
  const totals = shown.latest.filter((one) => !isNamed(one)).sort((a, b) => b.value - a.value)
  const values = shown.latest.map(({ value }) => value)
  const axis = countAxis(Math.max(...values), whole, { least: Math.min(0, ...values), wholeOnly: false })
  const bars = (id: string, title: string, rows: readonly Latest[]) =>
    rowsFigure(
      { id, title, of: '' },
      {
        look: 'bars ranking',
        rows: rows.map((one) => barOf(view, shown, one, axis.at)),
        scale: tickTexts(
          axis.ticks.map((tick) => ({ at: axis.at(tick), text: valueWords(view, unitOf(shown), tick) })),
          { y: 12, mirrored: directionOf(view.language) === 'rtl' },
        ),
      },
    )
  return html`${bars(captionId, captionOf(view, shown), countries)}
    <p class="small">${view.t('indicators.ranked', { count: countries.length })} ${sourceWords(view, shown)}</p>
    ${totals.length > 0 ? bars('totals', view.t('indicators.regions'), totals) : nothing}`
}

function barOf(view: View, shown: Shown, { area, value, period }: Latest, at: (value: number) => number) {
  const mirrored = directionOf(view.language) === 'rtl'
  const [start, end] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))]
  const picked = shown.choices.areas.includes(area)
  return {
    name: areaName(view, area),
    ...(areaList(area) === 'countries' && { href: view.href(`/countries/${area}`) }),
    drawn: html`<rect${picked && html` class="picked"`} x="${percent(mirrored ? whole - end : start)}" width="${percent(end - start)}" height="100%" rx="2" />`,
    told: html`${valueWords(view, unitOf(shown), value)}${!shown.choices.year && html` <span class="small">${String(period)}</span>`}`,
  }
}

/** A file of its own: size and colours stand in it, since no style sheet comes along. */
export function pictureOf(view: View, shown: Shown, site: string): string {
  const [width, height] = [860, 470]
  const mirrored = directionOf(view.language) === 'rtl'
  const x = mirrored ? width - 16 : 16
  const line = (y: number, size: number, text: string, weight = '') =>
    html`<text x="${x}" y="${y}" font-size="${size}"${weight && html` font-weight="${weight}"`} fill="#17262b" direction="${mirrored ? 'rtl' : 'ltr'}">${text}</text>`
  const drawing = linePicture(view, { lines: linesOf(view, shown), told: told(view, shown) }, width - 32)
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#48585e" xml:lang="${view.language}">
    <title>${captionOf(view, shown)}</title>
    <rect width="${width}" height="${height}" fill="#fff" />
    ${line(28, 17, captionOf(view, shown).slice(0, 100), '600')}
    <svg x="16" y="56" width="${width - 32}" height="320">${drawing}</svg>
    ${line(410, 12, sourceWords(view, shown).slice(0, 140))} ${line(434, 12, site)}
  </svg>`.text
}
