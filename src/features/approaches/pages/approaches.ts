/** All approaches beside one another in one table: to be sorted and narrowed, without scripts. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { ApproachLine } from '../summary.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { costFigure, endsBar, endsInWords, foundFigure, panelClassOf, type PanelSays } from './approach-figures.ts'
import { recordPath } from '#ui/cards.ts'
import { strengthSign } from '#ui/effect-line.ts'
import { page } from '#ui/layout.ts'
import { picture, technologyPicture } from '#ui/pictures.ts'
import { select } from '#ui/select.ts'
import { plainLabel, plainTitle, textOf, type View } from '#ui/view.ts'

export const approachFilters = [
  { name: 'level', list: 'levels' },
  { name: 'region', list: 'regions' },
  { name: 'setting', list: 'settings' },
] as const
export type ApproachChoice = Partial<Record<(typeof approachFilters)[number]['name'], string>>

/** The first is usual. */
export const approachSorts = ['practices', 'name', 'strength', 'effect', 'cost'] as const
export type ApproachSort = (typeof approachSorts)[number]

export type ShownLine = ApproachLine & { technologies: readonly string[] }
export type Table = {
  lines: readonly ShownLine[]
  chosen: ApproachChoice
  sort: ApproachSort
  /** By filter, the values that lead to something. */
  offered: Readonly<Record<string, readonly string[]>>
}

/** What is not known stands last, whichever way it is sorted. */
const least = Number.NEGATIVE_INFINITY
const cheapest = ({ costs }: ShownLine) => (costs[0] ? -costs[0].lowest : least)
const worths: Record<Exclude<ApproachSort, 'name'>, (line: ShownLine) => number> = {
  practices: ({ practices }) => practices,
  strength: ({ strongest, studies }) => (strongest ? Number(strongest.slice(1)) + studies / 1000 : least),
  effect: ({ median }) => median ?? least,
  cost: cheapest,
}

export function inOrderOf(view: View, lines: readonly ShownLine[], sort: ApproachSort): ShownLine[] {
  const byName = (a: ShownLine, b: ShownLine) => view.f.compare(plainTitle(view, a), plainTitle(view, b))
  if (sort === 'name') return lines.toSorted(byName)
  const worth = worths[sort]
  const isEmpty = ({ practices, studies }: ShownLine) => Number(practices + studies === 0)
  const equal = (a: ShownLine, b: ShownLine) => isEmpty(a) - isEmpty(b) || byName(a, b)
  return lines.toSorted((a, b) => (worth(a) === worth(b) ? equal(a, b) : worth(b) > worth(a) ? 1 : -1))
}

const columns = [
  { name: 'name', sort: 'name' },
  { name: 'practices', sort: 'practices' },
  { name: 'strength', sort: 'strength' },
  { name: 'effect', sort: 'effect' },
  { name: 'cost', sort: 'cost' },
  { name: 'needs' },
  { name: 'panel' },
] as const satisfies readonly { name: string; sort?: ApproachSort }[]

export function approachesPage(view: View, table: Table): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('approaches.title'),
    description: t('approaches.lead'),
    main: html`<h1>${t('approaches.title')}</h1>
      <p class="lead">${t('approaches.lead')}</p>
      <p>${t('approaches.lead2')}</p>
      ${choices(view, table)} ${costKnown(view, table)} ${tableOf(view, table)} ${folded(view, table)}
      <p class="small"><a href="${view.href(addressOf('/approaches.csv', table))}" rel="nofollow" download>${t('approaches.csv')}</a></p>`,
  })
}

/** Said before the column is read: most of it is empty. */
const costKnown = (view: View, { lines }: Table): Html =>
  html`<p>${view.t('approaches.costKnown', { count: view.f.number(lines.filter(({ costs }) => costs.length > 0).length), total: lines.length })}</p>`

const addressOf = (path: string, { chosen, sort }: Pick<Table, 'chosen' | 'sort'>): string =>
  `${path}?${new URLSearchParams({ ...chosen, ...(sort !== approachSorts[0] && { sort }) })}`.replace(/\?$/, '')

/** Levels and settings have an order of their own; regions are looked up by name. */
function optionsOf(view: View, list: string, offered: ReadonlySet<string>): { value: string; name: string }[] {
  const options = Object.keys(codeList(list)!.terms)
    .filter((value) => offered.has(value))
    .map((value) => ({ value, name: plainLabel(view, list, value) }))
  return list === 'regions' ? options.toSorted((a, b) => view.f.compare(a.name, b.name)) : options
}

const choices = (view: View, { chosen, sort, offered }: Table): Html =>
  html`<form class="asking" action="${view.href('/approaches')}">
    ${approachFilters.map(({ name, list }) =>
      select(view, {
        name,
        label: view.t(`facet.${name}`),
        options: optionsOf(view, list, new Set([...(offered[name] ?? []), ...(chosen[name] ? [chosen[name]] : [])])),
        chosen: [chosen[name] ?? ''],
      }),
    )}
    ${sort !== approachSorts[0] && html`<input type="hidden" name="sort" value="${sort}" />`}
    <p class="go"><button>${view.t('lessons.show')}</button> <a href="${view.href('/approaches')}">${view.t('lessons.reset')}</a></p>
  </form>
  ${Object.keys(chosen).length > 0 && html`<p class="small">${view.t('approaches.only')}</p>`}`

function tableOf(view: View, { lines, chosen, sort }: Table): Html {
  const { t, href } = view
  const head = (column: (typeof columns)[number]) => {
    const title = t(`approaches.${column.name}`)
    const by = 'sort' in column ? column.sort : undefined
    if (!by) return html`<th scope="col">${title}</th>`
    const order =
      by === sort ? html` aria-sort="${by === 'name' || by === 'cost' ? 'ascending' : 'descending'}"` : nothing
    return html`<th scope="col"${order}>
      ${by === sort ? html`<strong>${title}</strong>` : html`<a href="${href(addressOf('/approaches', { chosen, sort: by }))}" rel="nofollow" title="${t('approaches.sortBy', { column: title })}">${title}</a>`}
    </th>`
  }
  return html`<div class="scroll approaches wide" role="region" aria-label="${t('approaches.table')}" tabindex="0">
    <table>
      <thead>
        <tr>${columns.map(head)}</tr>
      </thead>
      <tbody>
        ${inOrderOf(view, lines, sort).map((line) => row(view, line))}
      </tbody>
    </table>
  </div>`
}

type Cell = readonly [name: Exclude<(typeof columns)[number]['name'], 'name'>, content: Content]

function cellsOf(view: View, line: ShownLine): Cell[] {
  const { t } = view
  const { practices, strongest, studies, studiesUnsaid } = line
  return [
    [
      'practices',
      html`${practices > 0 && endsBar(view, line.outcomes)} ${t('approaches.practiceCount', { count: practices })} ${practices > 0 && html`<span class="small">${t('approaches.ends', { ends: endsInWords(view, line.outcomes) })}</span>`}`,
    ],
    [
      'strength',
      html`${strongest && strengthSign(view, strongest)} <span class="small">${t('approaches.studies', { count: studies })}</span> ${studiesUnsaid > 0 && html`<div class="small">${t('approaches.studiesUnsaid', { count: studiesUnsaid })}</div>`}`,
    ],
    [
      'effect',
      studies > 0 ? foundFigure(view, line, studies) : html`<span class="unsaid">${t('practice.notMeasured')}</span>`,
    ],
    ['cost', costFigure(view, line.costs)],
    ['needs', needs(view, line)],
    ['panel', panels(view, line.panels as PanelSays[])],
  ]
}

const nameOf = (view: View, line: ShownLine): Html =>
  html`<a href="${view.href(recordPath(line.id))}">${textOf(view, line.title, line.originalLanguage)}</a>`

const row = (view: View, line: ShownLine): Html =>
  html`<tr>
    <th scope="row">${technologyPicture(view, line.technologies[0])} ${nameOf(view, line)}</th>
    ${cellsOf(view, line).map(([, content]) => html`<td>${content}</td>`)}
  </tr>`

/** On a phone a line for each, which opens: what the table says of it. */
function folded(view: View, { lines, chosen, sort }: Table): Html {
  const { t, href, f } = view
  const sorts = columns.flatMap((column) => {
    if (!('sort' in column)) return []
    const title = t(`approaches.${column.name}`)
    return column.sort === sort
      ? [html`<strong>${title}</strong>`]
      : [html`<a href="${href(addressOf('/approaches', { chosen, sort: column.sort }))}" rel="nofollow">${title}</a>`]
  })
  return html`<div class="approaches narrow">
    <p class="small">${t('approaches.sorts')}${f.colon}${joined(sorts, ' · ')}</p>
    ${inOrderOf(view, lines, sort).map(
      (line) =>
        html`<details>
          <summary>
            ${textOf(view, line.title, line.originalLanguage)}
            <span class="small">${t('approaches.practiceCount', { count: line.practices })}${line.strongest && html` · <bdi>${line.strongest}</bdi>`}</span>
          </summary>
          <dl>${cellsOf(view, line).map(([name, content]) => (content === '' || (Array.isArray(content) && content.length === 0) ? nothing : html`<div><dt>${t(`approaches.${name}`)}</dt><dd>${content}</dd></div>`))}</dl>
          <p>${nameOf(view, line)}</p>
        </details>`,
    )}
  </div>`
}

export const supplies = [
  ['connectivity', 'needed-connectivity'],
  ['electricity', 'needed-electricity'],
  ['devices', 'needed-devices'],
] as const

const needs = (view: View, line: ShownLine): Content =>
  supplies.map(([name, list]) => {
    const value = line[name]
    return (
      value &&
      html`<div class="need">
        ${picture(view, name)} <span class="hidden">${view.t(`criterion.${name}`)}${view.f.colon}</span>${plainLabel(view, list, value)}
      </div>`
    )
  })

const panels = (view: View, all: readonly PanelSays[]): Content =>
  all.filter(({ panel }) => panel === 'smart-buys').map((one) => html`<div>${panelClassOf(view, one)}</div>`)
