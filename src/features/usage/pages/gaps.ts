/** Areas of the Declaration by regions: how many practices, of all levels or of one, each number with a shade. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { barChart } from '#ui/charts.ts'
import { select } from '#ui/select.ts'
import { plainLabel, type View } from '#ui/view.ts'
import { areaName } from '#features/indicators/pages/value-words.ts'
import { placeFilter, type Coverage } from '../coverage.ts'

/** From so many practices on the shade is darker; none has a mark of its own. */
const shadesFrom = [1, 3, 10, 30] as const
const shadeOf = (count: number): string => `shade${shadesFrom.filter((from) => count >= from).length}`

export function gapsPart(view: View, coverage: Coverage, level: string | undefined): Html {
  const { t, href } = view
  return html`<section aria-labelledby="gaps">
    <h2 id="gaps">${t('use.gaps')}</h2>
    <p>${t('use.gapsLead')}</p>
    <form class="asking" action="${href('/use')}#gaps">
      ${select(view, {
        name: 'level',
        label: t('facet.level'),
        options: coverage.levels.map((value) => ({ value, name: plainLabel(view, 'levels', value) })),
        chosen: [level ?? ''],
        none: t('use.allLevels'),
      })}
      <p class="go"><button>${t('use.show')}</button></p>
    </form>
    ${table(view, coverage, level)} ${legend(view)} ${byLevel(view, coverage)}
  </section>`
}

function table(view: View, { areas, regions, cells }: Coverage, level: string | undefined): Html {
  const { t } = view
  const found = new Map(cells.map((cell) => [`${cell.area} ${cell.region}`, cell]))
  const countAt = (area: string, region: string) => {
    const cell = found.get(`${area} ${region}`)
    return (level === undefined ? cell?.count : cell?.levels[level]) ?? 0
  }
  const title = level === undefined ? t('use.allLevels') : plainLabel(view, 'levels', level)
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="gap-title">
    <table class="heat">
      <caption id="gap-title">${t('use.gapsTable', { level: title })}</caption>
      <thead>
        <tr>
          <th scope="col">${t('facet.area')}</th>
          ${regions.map((region) => html`<th scope="col">${areaName(view, region)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${areas.map(
          (area) =>
            html`<tr>
              <th scope="row">${plainLabel(view, 'areas', area)}</th>
              ${regions.map((region) => cellOf(view, { area, region, level, count: countAt(area, region) }))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

type Place = { area: string; region: string; level: string | undefined; count: number }

function cellOf(view: View, { area, region, level, count }: Place): Html {
  if (count === 0) return html`<td class="amount shade0">${view.f.number(0)}</td>`
  const query = new URLSearchParams({ kind: 'practice', area, ...(level !== undefined && { level }) })
  for (const [name, values] of Object.entries(placeFilter(region)))
    for (const value of values) query.append(name, value)
  return html`<td class="amount ${shadeOf(count)}"><a href="${view.href(`/search?${query}`)}" rel="nofollow">${view.f.number(count)}</a></td>`
}

const legend = ({ t, f }: View): Html =>
  html`<ul class="heat legend">
    <li><span class="shade0">${f.number(0)}</span> ${t('use.gap')}</li>
    ${shadesFrom.map((from, at) => {
      const next = shadesFrom[at + 1]
      return html`<li><span class="shade${at + 1}">${next === undefined ? `${f.number(from)}+` : `${f.number(from)}–${f.number(next - 1)}`}</span></li>`
    })}
  </ul>`

function byLevel(view: View, { levels, gaps, cells }: Coverage): Content {
  if (cells.length === 0) return nothing
  const { t } = view
  return barChart(
    view,
    { id: 'gaps-by-level', title: t('use.gapsByLevel', { count: cells.length }), of: t('facet.level') },
    levels.map((level) => ({
      name: plainLabel(view, 'levels', level),
      count: gaps[level] ?? 0,
      href: view.href(`/use?level=${level}#gaps`),
    })),
  )
}
