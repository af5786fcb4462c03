/** The page of an indicator: what is chosen, the picture, what changed, what it means, how to take it along. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { chartHead } from '#ui/figures-style.ts'
import { crumbs, page } from '#ui/layout.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { textOf, plainLabel, type View } from '#ui/view.ts'
import { addressOf, isOfAll, partedBy, views } from '../choices.ts'
import { publisherIn } from '../publishers.ts'
import type { Shown } from '../shown.ts'
import { mapFigure, rankingFigure } from './all-countries.ts'
import { breakdownFigure, lineFigure, tableFigure } from './drawings.ts'
import { indicatorFragment } from './fragment.ts'
import { choiceForm } from './indicator-form.ts'
import { sdmxLinks } from './sdmx-links.ts'
import {
  addressOfPage,
  areaName,
  captionOf,
  changeWords,
  isolated,
  subjectOf,
  titleOf,
  valueWords,
  viewKey,
} from './value-words.ts'

const figures = {
  chart: lineFigure,
  map: mapFigure,
  ranking: rankingFigure,
  breakdown: breakdownFigure,
  table: tableFigure,
}
export const figureOf = (view: View, shown: Shown): Html => figures[shown.choices.view](view, shown)

const pathTo = ({ told }: Shown, ending = '') => `/indicators/${told.record.body.code}${ending}`

/** `more`: what others add, between what changed and what it means. */
export function indicatorPage(view: View, shown: Shown, more: Content): HttpResponse {
  const { t } = view
  const { record } = shown.told
  const { title, definition } = record.body
  return page(view, {
    title: titleOf(view, title),
    description: definition ? titleOf(view, definition) : subjectOf(view, shown),
    unlisted: shown.query.size > 0,
    changedAt: record.changedAt,
    head: chartHead(view),
    main: html`${crumbs(view, [
      { name: plainLabel(view, 'areas', 'monitoring'), path: '/monitoring' },
      { name: t('kind.indicator.many'), path: '/indicators' },
    ])}
      <h1>${textOf(view, title, 'en')}</h1>
      ${definition ? html`<p class="lead">${textOf(view, definition, 'en')}</p>` : nothing} ${tabs(view, shown)}
      ${choiceForm(view, shown)} ${figureOf(view, shown)} ${changes(view, shown)} ${more} ${meaning(view, shown)}
      ${taking(view, shown)}`,
  })
}

/** Each way of looking has an address, which keeps what is chosen. */
function tabs(view: View, { told, choices, query }: Shown): Html {
  const offered = views.filter((name) => name !== 'breakdown' || partedBy(told.breakdowns).length > 0)
  return html`<nav aria-label="${view.t('indicators.views')}">
    <ul class="chips">
      ${offered.map((name) => html`<li><a href="${view.href(`/indicators/${told.record.body.code}${addressOf(query, { view: name === 'chart' ? undefined : name })}`)}" rel="nofollow"${name === choices.view && html` aria-current="page"`}>${view.t(viewKey(name))}</a></li>`)}
    </ul>
  </nav>`
}

/** From the first year that is shown to the last, for each line. */
function changes(view: View, { series, told, choices }: Shown): Content {
  if (choices.view !== 'chart') return nothing
  const { unit } = told.record.body
  const rows = series.flatMap(({ area, values }) => {
    const [first, last] = [values[0]!, values.at(-1)!]
    return first.period < last.period ? [{ area, first, last }] : []
  })
  if (rows.length === 0) return nothing
  const { t } = view
  const cell = ({ value, period }: { value: number | null; period: number }) =>
    html`${valueWords(view, unit, value!)} <span class="small">${String(period)}</span>`
  return html`<section>
    <h2 id="change">${t('indicators.change')}</h2>
    ${rowsTable({
      of: { headingId: 'change' },
      role: 'group',
      heads: [
        { name: t('indicators.area') },
        { name: t('indicators.first'), isAmount: true },
        { name: t('indicators.last'), isAmount: true },
        { name: t('indicators.difference'), isAmount: true },
      ],
      rows: rows.map(({ area, first, last }) => [
        areaName(view, area),
        cell(first),
        cell(last),
        changeWords(view, unit, last.value! - first.value!),
      ]),
    })}
  </section>`
}

function meaning(view: View, { told }: Shown): Html {
  const { t, f, href } = view
  const { body } = told.record
  const row = (name: string, value: Content) => value && html`<dt>${name}</dt><dd>${value}</dd>`
  return html`<section>
    <h2>${t('indicators.meaning')}</h2>
    <dl class="facts">
      ${row(t('field.definition'), body.definition && textOf(view, body.definition, 'en'))}
      ${row(t('field.limits'), body.limits && textOf(view, body.limits, 'en'))}
      ${row(t('field.indicator.method'), body.method && textOf(view, body.method, 'en'))}
      ${row(t('field.unit'), plainLabel(view, 'indicator-units', body.unit))}
      ${row(t('field.sdgIndicator'), body.sdgIndicator && html`<bdi dir="ltr">${body.sdgIndicator}</bdi>`)} ${row(t('field.publisher'), body.publisher && publisherIn(view.language, body.publisher))}
      ${row(t('field.licence'), body.licence && plainLabel(view, 'licences', body.licence))}
      ${row(t('indicators.releases'), f.list(told.releases.map(({ publishedOn }) => f.day(publishedOn))))}
      ${row(t('indicators.regions'), t('indicators.regionsRule'))}
    </dl>
    <p><a href="${href(recordPath(told.record.id))}">${t('indicators.record')}</a></p>
  </section>`
}

/** One sentence that names it for a list of references. */
export function citationOf(view: View, { told, query }: Shown): string {
  const { publisher = '', releasedOn = '', title, code } = told.record.body
  return view.t('indicators.citation', {
    publisher: publisherIn(view.language, publisher),
    year: releasedOn.slice(0, 4),
    title: titleOf(view, title),
    code: isolated(code),
    site: view.site.name,
    address: isolated(addressOfPage(view, { told, query })),
  })
}

function taking(view: View, shown: Shown): Html {
  const { t, href, absolute, prefix } = view
  const { query, dimensions, areas, told } = shown
  const rest = addressOf(query, {})
  const frame = `<iframe src="${absolute(`${prefix}${pathTo(shown, '/embed')}${rest}`)}" width="100%" height="480" title="${captionOf(view, shown)}"></iframe>`
  const copied = html` data-copy="${t('indicators.copy')}" data-copied="${t('indicators.copied')}"`
  const isWide = isOfAll(shown.choices)
  const { year, since, from, to, asOf } = shown.choices
  const given = Object.entries(isWide ? { year, since, asOf } : { from, to, asOf })
  const asked = new URLSearchParams([
    ['dimensions', dimensions],
    ...(isWide ? [] : areas.map((area) => ['area', area])),
    ...given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ])
  const api = `/api/indicators/${told.record.body.code}/${isWide ? 'latest' : 'values'}?${asked}`
  const file = (ending: string, name: string) =>
    html`<a href="${href(pathTo(shown, `.${ending}${rest}`))}" rel="nofollow">${name}</a>`
  const reference = (ending: string, name: string) =>
    html`<a href="${href(`${recordPath(told.record.id)}.${ending}`)}" rel="nofollow">${name}</a>`
  return html`<section>
    <h2>${t('indicators.take')}</h2>
    <ul class="take">
      <li>${t('indicators.takePicture')}${view.f.colon}${file('png', 'PNG')} ${file('svg', 'SVG')}</li>
      <li>${t('indicators.takeFigures')}${view.f.colon}${file('csv', 'CSV')} <a href="${api}" rel="nofollow">JSON</a> ${file('xlsx', 'XLSX')} ${t('indicators.withNotes')}</li>
      ${sdmxLinks(view, told.record.body.code)}
      <li>${t('indicators.takeReference')}${view.f.colon}${reference('bib', 'BibTeX')} ${reference('ris', 'RIS')}</li>
    </ul>
    <h3>${t('indicators.cite')}</h3>
    <p dir="${directionOf(view.language)}"${copied}>${citationOf(view, shown)}</p>
    <details>
      <summary>${t('indicators.embed')}</summary>
      <p><code class="long" dir="ltr"${copied}>${frame}</code></p>
      <p>${t('indicators.embedHtml')}</p>
      <p><code class="long" dir="ltr"${copied}>${indicatorFragment(view, shown).text}</code></p>
    </details>
  </section>`
}
