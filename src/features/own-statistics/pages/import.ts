/** One table of statistics: how it is read, what is wrong, what it would change; and what became of it. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { columnName } from '#codecs/xlsx/write-xlsx.ts'
import { areaName, breakdownWords, dimensionName, valueWords } from '#features/indicators/pages/value-words.ts'
import { isCountry } from '#features/indicators/areas.ts'
import { choices, errorSummary, fieldId, form, press, select, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { columnDimensions, decimals, plainRoles, yearOf, type Role } from '../columns.ts'
import type { Preview } from '../operations.ts'
import type { ToldValue } from '../shapes.ts'
import { errorWords } from './error-words.ts'
import { importLabel, importPath, sourceFields, statisticsCrumbs, toImports, type Offered } from './imports.ts'

const none: Errors = new Map()
const shownErrors = 100

export type Units = ReadonlyMap<string, string>
export type PreviewParts = { preview: Preview; offered: Offered; units: Units }

export function previewPage(
  view: View,
  { preview, offered, units }: PreviewParts,
  errors: Errors = none,
  typed?: Readonly<Record<string, string>>,
): HttpResponse {
  const { t, f } = view
  const { line } = preview
  const title = t('statistics.previewTitle')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${statisticsCrumbs(view, [toImports(view)])}
      <h1>${title}</h1>
      ${errorSummary(view, errors, (name) => (name === 'leaveOut' ? t('statistics.start') : importLabel(view, name)))}
      <p class="lead"><bdi>${line.fileName}</bdi> · ${t('sheet.rowCount', { count: preview.rows })}</p>
      <ul>
        <li>${t('statistics.added', { count: preview.added })}</li>
        ${preview.changed > 0 && html`<li>${t('statistics.changed', { count: preview.changed })}</li>`}
        ${preview.unchanged > 0 && html`<li>${t('statistics.unchanged', { count: preview.unchanged })}</li>`}
        ${preview.empty > 0 && html`<li>${t('statistics.empty', { count: preview.empty })}</li>`}
        <li>${t('statistics.wrongRows', { count: preview.wrongRows })}</li>
        ${preview.notTaken.length > 0 && html`<li>${t('statistics.notTaken', { columns: f.list(preview.notTaken) })}</li>`}
      </ul>
      ${errorPart(view, preview)} ${startPart(view, preview, errors)} ${readingPart(view, { preview, offered, units }, errors, typed)}
      ${valueTable(view, units, { id: 'changes', title: t('statistics.changes'), rows: preview.changes })}
      ${valueTable(view, units, { id: 'sample', title: t('statistics.sample'), rows: preview.sample })}`,
  })
}

function errorPart(view: View, { line, errors, totalErrors }: Preview): Content {
  if (errors.length === 0) return nothing
  const { t, href } = view
  const shown = errors.slice(0, shownErrors).map((error) => errorWords(view, error))
  return html`<h2 id="errors">${t('statistics.errors')}</h2>
    <p>${t('statistics.errorsAbout')} <a href="${href(importPath(line.id, 'errors.csv'))}" rel="nofollow">${t('sheet.preview.errorsCsv')}</a></p>
    <div class="wide" tabindex="0" role="region" aria-labelledby="errors">
      <table class="mistakes">
        <thead>
          <tr>
            ${(['row', 'column', 'cell', 'wrong', 'mend'] as const).map((name) => html`<th scope="col">${t(`sheet.error.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map((one) => html`<tr><th scope="row">${one.row}</th><td><bdi>${one.column}</bdi></td><td><bdi>${one.cell}</bdi></td><td>${one.wrong}</td><td>${one.mend}</td></tr>`)}
        </tbody>
      </table>
    </div>
    ${totalErrors > shown.length && html`<p class="soft">${t('sheet.preview.moreErrors', { count: totalErrors - shown.length })}</p>`}`
}

/** All of it, or what is wrong left out knowingly. */
function startPart(view: View, { line, values, wrongRows, errors }: Preview, formErrors: Errors): Html {
  const { t, href } = view
  const again = html`<p><a href="${href(importPath(''))}">${t('statistics.another')}</a></p>`
  if (values === 0 || errors.some(({ row }) => row === 0))
    return html`<div class="narrow"><h2 id="start">${t('statistics.start')}</h2><p class="note">${t('statistics.nothingToTake')}</p>${again}</div>`
  const leaving = choices(view, {
    name: 'leaveOut',
    label: t('statistics.leaveOut'),
    errors: formErrors,
    of: [{ value: 'true', label: t('statistics.leaveOutRows', { count: wrongRows }) }],
    values: [],
  })
  return html`<div class="narrow">
    <h2 id="start">${t('statistics.start')}</h2>
    <p>${t('statistics.startAbout')}</p>
    ${form(view, importPath(line.id, 'start'), html`${wrongRows > 0 && leaving} <button>${t('statistics.startButton')}</button>`)}
    ${wrongRows > 0 && again}
  </div>`
}

const roleWords = (view: View, role: Role): string => {
  const year = yearOf(role)
  if (year !== undefined) return view.t('statistics.role.values', { year: String(year) })
  const plain = plainRoles.find((one) => one === role)
  return plain ? view.t(`statistics.role.${plain}`) : dimensionName(view, role)
}

/** Whose columns were guessed wrong, corrects them here. */
function readingPart(
  view: View,
  { preview: { line, header }, offered }: PreviewParts,
  errors: Errors,
  typed: Readonly<Record<string, string>> | undefined,
): Html {
  const { t } = view
  const said = { ...line, ...typed } as unknown as Readonly<Record<string, string>>
  const columns = header.map((name, at) => {
    const role = line.columns[at] as Role
    const own = yearOf(role) === undefined ? [] : [role]
    const roles: Role[] = [...plainRoles, ...columnDimensions, ...own]
    return select(view, {
      name: `columns.${at}`,
      label: html`<bdi>${columnName(at)} ${name}</bdi>`,
      errors,
      value: said[`columns.${at}`] ?? role,
      choices: roles.map((one) => ({ value: one, label: roleWords(view, one) })),
    })
  })
  return html`<div class="narrow">
    <details${errors.size > 0 && !errors.has('leaveOut') && html` open`}>
      <summary>${t('statistics.reading')}</summary>
      ${form(
        view,
        importPath(line.id),
        html`${sourceFields(view, offered, said, errors)}
          ${select(view, { name: 'decimal', label: t('statistics.decimal'), hint: t('statistics.decimalHint'), errors, value: said['decimal'] ?? 'auto', choices: decimals.map((sign) => ({ value: sign, label: t(`statistics.decimal.${sign === 'auto' ? 'auto' : sign === '.' ? 'point' : 'comma'}`) })) })}
          <fieldset>
            <legend>${t('statistics.columns')}</legend>
            ${columns.slice(0, mostColumns)}
          </fieldset>
          <button>${t('statistics.again')}</button>`,
      )}
    </details>
  </div>`
}

/** A page of more would be no help; those beyond keep what they were guessed to be. */
export const mostColumns = 120

type Rows = { id: string; title: string; rows: readonly ToldValue[] }

function valueTable(view: View, units: Units, { id, title, rows }: Rows): Content {
  if (rows.length === 0) return nothing
  const { t, href } = view
  const said = (code: string, value: number | null) =>
    value === null ? '–' : valueWords(view, units.get(code) ?? '', value)
  const isChange = id === 'changes'
  return html`<h2 id="${id}">${title}</h2>
    <div class="wide" tabindex="0" role="region" aria-labelledby="${id}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('statistics.role.indicator')}</th>
            <th scope="col">${t('indicators.area')}</th>
            <th scope="col">${t('indicators.breakdown')}</th>
            <th scope="col">${t('facet.year')}</th>
            ${isChange && html`<th scope="col" class="amount">${t('statistics.before')}</th>`}
            <th scope="col" class="amount">${t('statistics.role.value')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((one) => html`<tr><th scope="row"><a href="${href(`/indicators/${one.indicator}`)}"><bdi>${one.indicator}</bdi></a></th><td>${areaName(view, one.area)}</td><td>${breakdownWords(view, one.dimensions) || '–'}</td><td>${String(one.period)}</td>${isChange && html`<td class="amount">${said(one.indicator, one.before)}</td>`}<td class="amount">${said(one.indicator, one.value)}</td></tr>`)}
        </tbody>
      </table>
    </div>`
}

/** What became of it, and the way back. */
export function donePage(view: View, { line, indicators, areas }: Preview): HttpResponse {
  const { t, f, href } = view
  const { counts } = line
  const isDone = line.state === 'done'
  return page(view, {
    title: t(`statistics.state.${line.state}`),
    unlisted: true,
    keep: false,
    main: html`${statisticsCrumbs(view, [toImports(view)])}
      <div class="narrow">
        <h1><bdi>${line.fileName}</bdi></h1>
        <p class="lead" role="status">${t(`statistics.done.${isDone ? 'done' : 'undone'}`)}</p>
        <p><bdi>${line.publisher}</bdi> · ${f.day(line.publishedOn)}</p>
        ${
          isDone &&
          html`<ul>
              <li>${t('statistics.wasAdded', { count: counts.added })}</li>
              ${counts.changed > 0 && html`<li>${t('statistics.wasChanged', { count: counts.changed })}</li>`}
              ${counts.unchanged > 0 && html`<li>${t('statistics.unchanged', { count: counts.unchanged })}</li>`}
              ${counts.leftOut > 0 && html`<li>${t('statistics.leftOut', { count: counts.leftOut })}</li>`}
            </ul>
            <ul>
              ${areas.filter(isCountry).map((area) => html`<li><a href="${href(`/countries/${area}`)}">${areaName(view, area)}</a></li>`)}
              ${indicators.map((code) => html`<li><a href="${href(`/indicators/${code}`)}"><bdi>${code}</bdi></a></li>`)}
            </ul>
            <h2 id="${fieldId('undo')}">${t('statistics.undo')}</h2>
            <p>${t('statistics.undoAbout')}</p>
            ${press(view, importPath(line.id, 'undo'), t('statistics.undoButton'))}`
        }
        <p><a href="${href(importPath(''))}">${t('statistics.another')}</a></p>
      </div>`,
  })
}
