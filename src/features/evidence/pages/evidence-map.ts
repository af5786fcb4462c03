/** The evidence gap map: a drawing whose cells lead to what they count, and the table that says the same. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { mapFilters, searchBehind, unsaid, type EvidenceMap, type MapCell, type MapInput } from '../map/map.ts'
import { crumbs, page } from '#ui/layout.ts'
import { pathOf, queryOf } from '#search/address.ts'
import type { SearchInput } from '#search/input.ts'
import { select } from '#ui/select.ts'
import { label, plainLabel, valueName, type View } from '#ui/view.ts'

const cellWidth = 86
const cellHeight = 88
const nameWidth = 170
const headHeight = 70
const largest = 27
const smallest = 9

const levelOf = ({ levels }: MapCell): string => levels[0]?.value ?? ''
const keyOf = (intervention: string, outcome: string) => `${intervention} ${outcome}`

export const mapQuery = (filters: MapInput): URLSearchParams => {
  const query = new URLSearchParams()
  for (const name of mapFilters) for (const value of filters[name] ?? []) query.append(name, value)
  return query
}

export function evidenceMapPage(view: View, { map, filters }: { map: EvidenceMap; filters: MapInput }): HttpResponse {
  const { t, href } = view
  const title = t('gaps.title')
  const query = mapQuery(filters)
  return page(view, {
    title,
    description: t('gaps.lead'),
    unlisted: query.size > 0,
    main: html`${crumbs(view, [{ name: t('kind.evidence.many'), path: '/search?kind=evidence' }])}
      <h1>${title}</h1>
      <p class="lead">${t('gaps.lead')}</p>
      ${filterForm(view, map, filters)}
      <p class="count" role="status">
        <strong>${t('gaps.found', { count: map.total })}</strong>
        <a href="${href(pathOf(queryOf(searchBehind(filters))))}" rel="nofollow">${t('gaps.all')}</a>
      </p>
      ${legend(view)}
      <figure class="chart gaps">
        <figcaption id="gap-map">${title}</figcaption>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="gap-map">${drawing(view, map, filters)}</div>
      </figure>
      ${table(view, map, filters)}
      <p>
        <a href="${href(pathOf(query, '/evidence-map.csv'))}" rel="nofollow" download>${t('gaps.csv')}</a> ·
        <a href="${pathOf(query, '/api/evidence-map')}" rel="nofollow">${t('gaps.data')}</a>
      </p>
      <h2>${t('gaps.how')}</h2>
      <div class="prose">
        <p>${t('gaps.how1')}</p>
        <p>${t('gaps.how2')}</p>
      </div>`,
  })
}

function filterForm(view: View, { offered }: EvidenceMap, filters: MapInput): Html {
  const { t, href, f } = view
  const options = (facet: (typeof mapFilters)[number]) =>
    [...new Set([...(filters[facet] ?? []), ...(offered[facet] ?? []).map(({ value }) => value)])]
      .map((value) => ({ value, name: valueName(view, facet, value) }))
      .sort((a, b) => f.compare(a.name, b.name))
  return html`<form class="asking" action="${href('/evidence-map')}">
    ${mapFilters.map((facet) => select(view, { name: facet, label: t(`facet.${facet}`), options: options(facet), chosen: filters[facet] ?? [] }))}
    <p class="go"><button>${t('gaps.show')}</button> <a href="${href('/evidence-map')}">${t('gaps.reset')}</a></p>
  </form>`
}

const legend = (view: View): Html =>
  html`<div class="legend">
    <p class="small">${view.t('gaps.legend')}</p>
    <ul>
      ${['E6', 'E5', 'E4', 'E3', 'E2', 'E1', 'E0'].map(
        (level) =>
          html`<li>
            <svg class="gap-key" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${bubble(12, 12, 9, level)}</svg>
            ${label(view, 'evidence-levels', level)}
          </li>`,
      )}
    </ul>
  </div>`

/** Told apart by colour and by line: the weaker, the more the ring is broken. */
const bubble = (x: number, y: number, radius: number, level: string): Html =>
  html`<circle class="strength ${level.toLowerCase()}" cx="${x}" cy="${y}" r="${radius.toFixed(1)}" />`

function drawing(view: View, map: EvidenceMap, filters: MapInput): Html {
  const { rows, columns } = map
  const width = nameWidth + columns.length * cellWidth
  const height = headHeight + rows.length * cellHeight
  const mirrored = directionOf(view.language) === 'rtl'
  const middle = (column: number) => {
    const x = nameWidth + column * cellWidth + cellWidth / 2
    return mirrored ? width - x : x
  }
  const cells = new Map(map.cells.map((cell) => [keyOf(cell.intervention, cell.outcome), cell]))
  const most = Math.max(1, ...map.cells.map(({ count }) => count))
  const lines = Array.from({ length: rows.length + 1 }, (_, i) => {
    const y = headHeight + i * cellHeight
    return html`<line class="grid" x1="0" x2="${width}" y1="${y}" y2="${y}" />`
  })
  const heads = columns.map((column, i) => textAt(middle(i), 14, columnName(view, column), 'middle', 12))
  const bodies = rows.map((row, r) => {
    const y = headHeight + r * cellHeight + cellHeight / 2
    const name = textAt(mirrored ? width - 4 : 4, y - 6, rowName(view, row), 'start', 22)
    return html`${name}${columns.map((column, c) => {
      const cell = cells.get(keyOf(row, column))
      return cell
        ? filled(view, cell, { x: middle(c), y, most, href: linkTo(view, filters, cell) })
        : html`<circle class="gap" cx="${middle(c)}" cy="${y}" r="3" />`
    })}`
  })
  return html`<svg
    class="gap-map"
    role="group"
    aria-labelledby="gap-map"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    direction="${mirrored ? 'rtl' : 'ltr'}"
  >
    ${lines}${heads}${bodies}
  </svg>`
}

const linkTo = ({ href }: View, filters: MapInput, place: { intervention?: string; outcome?: string }) =>
  href(pathOf(queryOf(searchBehind(filters, place))))

type Drawn = { x: number; y: number; most: number; href: string }

/** The table below has the same links for keyboards and screen readers, so these stay out of their way. */
function filled(view: View, cell: MapCell, { x, y, most, href }: Drawn): Html {
  const radius = smallest + (largest - smallest) * Math.sqrt(cell.count / most)
  return html`<a href="${href}" tabindex="-1" aria-hidden="true"
    ><title>${rowName(view, cell.intervention)} × ${columnName(view, cell.outcome)}: ${cellWords(view, cell)}</title
    >${bubble(x, y - 9, radius, levelOf(cell))}<text class="count" x="${x}" y="${y - 4}" text-anchor="middle">${view.f.number(cell.count)}</text
    ><text class="n" x="${x}" y="${y + 37}" text-anchor="middle" direction="ltr">${levelOf(cell)}</text></a
  >`
}

const rowName = (view: View, row: string): string =>
  row === unsaid ? view.t('gaps.unsaidType') : plainLabel(view, 'intervention-types', row)
const columnName = (view: View, column: string): string =>
  column === unsaid ? view.t('gaps.unsaidOutcome') : plainLabel(view, 'outcome-areas', column)

/** A name broken into short lines; Chinese may break anywhere. */
function textAt(x: number, y: number, name: string, anchor: string, letters: number): Html {
  const pieces = /[\u3400-\u9fff]/.test(name) ? (name.match(/.{1,6}/gu) ?? []) : name.split(' ')
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    const joined = last === undefined ? piece : `${last} ${piece}`
    if (last !== undefined && joined.length <= letters && !/[\u3400-\u9fff]/.test(name))
      lines[lines.length - 1] = joined
    else lines.push(piece)
  }
  return html`<text x="${x}" y="${y}" text-anchor="${anchor}">${lines.map((line, i) => html`<tspan x="${x}" y="${y + i * 15}">${line}</tspan>`)}</text>`
}

const cellWords = (view: View, { count, levels }: MapCell): string =>
  `${view.t('gaps.findings', { count })} (${levels.map(({ value, count: n }) => `${value}: ${view.f.number(n)}`).join(view.f.comma)})`

function table(view: View, map: EvidenceMap, filters: MapInput): Html {
  const { t, f } = view
  const cells = new Map(map.cells.map((cell) => [keyOf(cell.intervention, cell.outcome), cell]))
  const cellOf = (row: string, column: string): Content => {
    const cell = cells.get(keyOf(row, column))
    if (!cell)
      return html`<td class="amount gap"><span class="hidden">${t('gaps.gap')}</span><span aria-hidden="true">–</span></td>`
    return html`<td class="amount">
      <a href="${linkTo(view, filters, cell)}" rel="nofollow">${f.number(cell.count)}</a>
      <span class="small">${cell.levels.map(({ value, count }, i) => html`${i > 0 ? f.comma : nothing}<bdi>${value}: ${f.number(count)}</bdi>`)}</span>
    </td>`
  }
  return html`<h2 id="gap-table">${t('gaps.table')}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="gap-table">
      <table class="gap-table">
        <thead>
          <tr>
            <th scope="col">${t('facet.interventionType')}</th>
            ${map.columns.map((column) => html`<th scope="col" class="amount">${columnName(view, column)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${map.rows.map((row) => html`<tr><th scope="row">${rowName(view, row)}</th>${map.columns.map((column) => cellOf(row, column))}</tr>`)}
        </tbody>
      </table>
    </div>`
}

/** The same as lines of a file: one for each cell, the gaps too. */
export function evidenceRows(view: View, { map, filters }: { map: EvidenceMap; filters: MapInput }): string[][] {
  const { t } = view
  const levels = ['E6', 'E5', 'E4', 'E3', 'E2', 'E1', 'E0']
  const cells = new Map(map.cells.map((cell) => [keyOf(cell.intervention, cell.outcome), cell]))
  const head = [
    t('facet.interventionType'),
    t('facet.outcomeArea'),
    t('kind.evidence.many'),
    ...levels,
    t('record.address'),
  ]
  const lines = map.rows.flatMap((row) =>
    map.columns.map((column) => {
      const cell = cells.get(keyOf(row, column))
      const countAt = (level: string) => String(cell?.levels.find(({ value }) => value === level)?.count ?? 0)
      const address = pathOf(queryOf(searchBehind(filters, { intervention: row, outcome: column })))
      return [
        rowName(view, row),
        columnName(view, column),
        String(cell?.count ?? 0),
        ...levels.map(countAt),
        view.absolute(address),
      ]
    }),
  )
  return [head, ...lines]
}

/** On the page of a search for findings: the same drawn otherwise; the filters that the map has too go along. */
export function toEvidenceMap({ t, href }: View, { kind, country, level, subject }: SearchInput): Content {
  if (kind?.length !== 1 || kind[0] !== 'evidence') return nothing
  return html`<p><a href="${href(pathOf(mapQuery({ country, level, subject } as MapInput), '/evidence-map'))}">${t('gaps.title')}</a></p>`
}
