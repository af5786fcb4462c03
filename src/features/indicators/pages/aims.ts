/** Practices on the page of the indicator that they mean to move, and that indicator on theirs. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { placeAndTime } from '#features/clearing-house/pages/practice-tile.ts'
import { outcomeBadge } from '#ui/badges.ts'
import { recordPath } from '#ui/cards.ts'
import { lineDrawing, lineKeys, type Line } from '#ui/charts.ts'
import { figuresStyle } from '#ui/figures-style.ts'
import { textOf, type View } from '#ui/view.ts'
import type { Indicator } from '../indicator.ts'
import type { Aim, AimOfPractice, Aiming } from '../aims.ts'
import { areaName, breakdownWords, publishedWords, titleOf, valueWords } from './value-words.ts'

/** On the page of an indicator; nothing where no practice names it. */
export function practicesOfIndicator(view: View, unit: string, practices: readonly Aiming[]): Content {
  if (practices.length === 0) return nothing
  const { t, href } = view
  return html`<section>
    <h2 id="aiming">${t('indicators.aiming')}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="aiming">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('kind.practice.one')}</th>
            <th scope="col" class="amount">${t('field.baselineValue')}</th>
            <th scope="col" class="amount">${t('field.targetValue')}</th>
            <th scope="col">${t('field.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          ${practices.map(
            ({ record, aim }) =>
              html`<tr>
                <th scope="row">
                  <a href="${href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a>
                  <span class="small">${placeAndTime(view, record)}</span>
                </th>
                <td class="amount">${pointOf(view, unit, aim.baselineValue, aim.baselineYear)}</td>
                <td class="amount">${pointOf(view, unit, aim.targetValue, aim.targetYear)}</td>
                <td>${outcomeBadge(view, record.body['outcome'])}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="small">${t('indicators.aimingAbout')}</p>
  </section>`
}

/** `45% 2015`; a dash where nothing is said. */
const pointOf = (view: View, unit: string, value: number | undefined, year: number | undefined): Content =>
  value === undefined && year === undefined
    ? '–'
    : html`${value !== undefined && valueWords(view, unit, value)} ${year !== undefined && html`<span class="small">${String(year)}</span>`}`

/** On the page of a practice. */
export function indicatorsOfPractice(view: View, aims: readonly AimOfPractice[]): Content {
  if (aims.length === 0) return nothing
  return html`<section aria-labelledby="aims">
    ${figuresStyle(view)}
    <h2 id="aims">${view.t('indicators.aims')}</h2>
    ${aims.map((one, at) => aimPart(view, one, at))}
    <p class="small">${view.t('indicators.aimsAbout')}</p>
  </section>`
}

function aimPart(view: View, { record, dimensions, aim, values }: AimOfPractice, at: number): Html {
  const { t, href } = view
  const body = record.body as unknown as Indicator
  const id = `aim-${at}`
  const areas = [...new Set(values.map(({ area }) => area))]
  const query = areas.map((area) => `area=${area}`).join('&')
  const lines: Line[] = areas.map((area) => ({
    name: areaName(view, area),
    points: values.filter((one) => one.area === area).map(({ period, value }) => ({ year: period, value })),
  }))
  const all = [...lines, ...wayOf(view, aim)]
  const told = (value: number) => valueWords(view, body.unit, value)
  const breakdown = breakdownWords(view, dimensions)
  return html`<figure class="chart course small-multiple">
    <figcaption id="${id}">
      <a href="${href(`/indicators/${body.code}${query && `?${query}`}`)}">${titleOf(view, body.title)}</a>
      ${breakdown && html`<span class="small">${breakdown}</span>`}
    </figcaption>
    <dl class="facts">
      <dt>${t('field.baselineValue')}</dt>
      <dd>${pointOf(view, body.unit, aim.baselineValue, aim.baselineYear)}</dd>
      <dt>${t('field.targetValue')}</dt>
      <dd>${pointOf(view, body.unit, aim.targetValue, aim.targetYear)}</dd>
    </dl>
    ${
      areas.length > 0
        ? html`<div class="beside">
              <div>${lineDrawing(view, id, { lines: all, told, height: 220 })}${lineKeys(all)}</div>
              ${tableOf(view, { id, unit: body.unit, areas, values })}
            </div>
            <p class="small">${publishedWords(view, body)}</p>`
        : html`<p>${t('indicators.aimSilent')}</p>`
    }
  </figure>`
}

/** From baseline to target, where both are told with their years. */
function wayOf(view: View, { baselineValue, baselineYear, targetValue, targetYear }: Aim): Line[] {
  if (baselineValue === undefined || baselineYear === undefined) return []
  if (targetValue === undefined || targetYear === undefined || targetYear <= baselineYear) return []
  const points = [
    { year: baselineYear, value: baselineValue },
    { year: targetYear, value: targetValue },
  ]
  return [{ name: view.t('indicators.aimLine'), isTotal: true, points }]
}

type Told = { id: string; unit: string; areas: readonly string[]; values: AimOfPractice['values'] }

function tableOf(view: View, { id, unit, areas, values }: Told): Html {
  const years = [...new Set(values.map(({ period }) => period))].sort((a, b) => b - a)
  const at = new Map(values.map((one) => [`${one.area} ${one.period}`, one.value]))
  const cell = (area: string, year: number) => {
    const value = at.get(`${area} ${year}`)
    return html`<td class="amount">${value === undefined ? '–' : valueWords(view, unit, value)}</td>`
  }
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}">
    <table>
      <thead>
        <tr>
          <th scope="col">${view.t('facet.year')}</th>
          ${areas.map((area) => html`<th scope="col" class="amount">${areaName(view, area)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${years.map(
          (year) =>
            html`<tr>
              <th scope="row">${String(year)}</th>
              ${areas.map((area) => cell(area, year))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
