/** On the page of a country: what it published of itself here. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { breakdownWords, valueWords } from '#features/indicators/pages/value-words.ts'
import { sparkline } from '#ui/charts.ts'
import { textOf, type View } from '#ui/view.ts'
import type { NationalLine } from '../national.ts'

type Told = { lines: readonly NationalLine[]; total: number }

export function nationalSection(view: View, country: string, { lines, total }: Told): Content {
  if (lines.length === 0) return nothing
  const { t } = view
  return html`<section>
    <h2 id="national">${t('statistics.national')}</h2>
    <p class="small">${t('statistics.nationalAbout')}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="national">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('statistics.role.indicator')}</th>
            <th scope="col" class="amount">${t('statistics.nationalValue')}</th>
            <th scope="col">${t('statistics.course')}</th>
            <th scope="col" class="amount">${t('statistics.international')}</th>
            <th scope="col">${t('statistics.field.publisher')}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map((line) => row(view, country, line))}
        </tbody>
      </table>
    </div>
    ${total > lines.length && html`<p class="small">${t('statistics.more', { count: total - lines.length })}</p>`}
  </section>`
}

function row(view: View, country: string, line: NationalLine): Html {
  const { f, href } = view
  const { code, title, originalLanguage, unit, dimensions, points, source, publishedOn, international } = line
  const newest = points.at(-1)
  const breakdown = breakdownWords(view, dimensions)
  const asked = new URLSearchParams({ area: country, ...(international && { view: 'breakdown', by: 'source' }) })
  const told = ({ value, period }: { value: number; period: number }) =>
    html`${valueWords(view, unit, value)} <span class="small">${String(period)}</span>`
  return html`<tr>
    <th scope="row">
      <a href="${href(`/indicators/${code}?${asked}`)}">${textOf(view, title, originalLanguage)}</a>
      ${breakdown && html`<span class="small">${breakdown}</span>`}
    </th>
    <td class="amount">${newest ? told(newest) : '–'}</td>
    <td>${sparkline(
      view,
      points.map(({ period, value }) => ({ year: period, value })),
    )}</td>
    <td class="amount">${international ? told(international) : '–'}</td>
    <td><bdi>${source}</bdi> ${publishedOn && html`<span class="small">${f.day(publishedOn)}</span>`}</td>
  </tr>`
}
