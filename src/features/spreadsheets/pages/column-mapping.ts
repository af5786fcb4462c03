/** Saying which column of a spreadsheet is what, and reading it again where the guess was wrong. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { formatNames, type MetadataFormat } from '#codecs/metadata/metadata-table.ts'
import { columnName } from '#codecs/xlsx/write-xlsx.ts'
import { stepsOf } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import { separators } from '../cells.ts'
import type { SpreadsheetLine } from '../shapes.ts'
import { identifierColumn, languageColumn, noteColumn, targetLabel, targetsOf, type Column } from '../targets.ts'
import { errorSummary, fieldId, form, input, select, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { languageNamed, type View } from '#ui/view.ts'
import { encodingSelect, sheetCrumbs, sheetPath } from './spreadsheets.ts'

const none: Errors = new Map()

export type MappingParts = {
  kind: Kind
  sheet: SpreadsheetLine
  header: readonly string[]
  examples: readonly string[]
  before: readonly SpreadsheetLine[]
  hidden: readonly number[]
  headerRow: number
  firstRows: readonly { number: number; text: string }[]
  sheetNames: readonly string[]
  sheetName: string
  quoteLine: number
  format: string
  mappingName: string
  mappings: readonly string[]
  /** As it was typed, where the page comes back. */
  keepAs?: string
  /** The first column that is shown. */
  from?: number
}

/** So that the page of a very wide table loads where the network is slow. */
const columnsAtOnce = 40

/** Each column with what stands in it, and the field that it leads to. */
export function mappingPage(view: View, parts: MappingParts, errors: Errors = none): HttpResponse {
  const { t } = view
  const { kind, sheet, header, examples, before, hidden, quoteLine, mappingName } = parts
  const from = Math.min(Math.max(0, Math.trunc(parts.from ?? 0)), Math.max(0, header.length - 1))
  const end = from + columnsAtOnce
  const title = t('sheet.map.title')
  const options = fieldOptions(view, kind)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${sheetCrumbs(view)}
      <div class="narrow">
        <h1>${title}</h1>
        <p class="lead"><bdi>${sheet.fileName}</bdi> · ${parts.format && html`${formatNames[parts.format as MetadataFormat]} · `}${t('sheet.rowCount', { count: sheet.rows })} · ${t(`kind.${kind.name}.many`)}</p>
        ${before.length > 0 && html`<p class="note">${t('sheet.before')} ${before.map((one) => html`<a href="${view.href(sheetPath(one.id))}">${view.f.time(one.createdAt)}</a> `)}</p>`}
        ${errorSummary(view, errors, (name) => mappingLabel(view, header, name))}
        ${quoteLine > 0 && html`<p class="note">${t('sheet.map.quote', { line: quoteLine })}</p>`}
        ${mappingName && html`<p class="note">${t('sheet.map.used', { name: mappingName })}</p>`}
        ${rereadForm(view, parts, errors)} ${keptForm(view, parts, errors)}
        <p>${t('sheet.map.lead')}</p>
        ${header.length > columnsAtOnce && html`<p>${t('sheet.map.some', { from: from + 1, to: Math.min(end, header.length), of: header.length })}</p>`}
        ${form(
          view,
          sheetPath(sheet.id, 'columns'),
          html`<div class="field">${header.map((name, at) => at >= from && at < end && columnFields(view, { at, name, isHidden: hidden.includes(at), example: examples[at] ?? '', column: sheet.mapping.columns[at] ?? null, options }, errors))}</div>
            ${select(view, { name: 'separator', label: t('sheet.map.separator'), hint: t('sheet.map.separatorHint'), errors, value: sheet.mapping.separator, choices: separators.map((one) => ({ value: one, label: t(`sheet.separator.${one === 'line' ? one : names[one]}`) })) })}
            ${select(view, { name: 'language', label: t('sheet.language'), hint: t('sheet.languageHint'), errors, value: sheet.mapping.language, choices: languages.map((one) => ({ value: one, label: ownNames[one] })) })}
            ${input(view, { name: 'keepAs', label: t('sheet.map.keepAs'), hint: t('sheet.map.keepAsHint'), errors, value: parts.keepAs ?? mappingName, max: 80, isRequired: false })}
            <div class="row"><button>${t('sheet.map.button')}</button>${end < header.length && html`<button class="quiet" name="go" value="${end}">${t('sheet.map.more')}</button>`}</div>`,
        )}
      </div>`,
  })
}

function mappingLabel({ t }: View, header: readonly string[], name: string): string {
  const [what = '', at] = name.split('.')
  if (at !== undefined)
    return `${columnName(Number(at))} ${header[Number(at)] ?? ''} · ${t(what === 'languages' ? 'sheet.map.tongue' : 'sheet.map.field')}`
  if (what === 'name') return t('sheet.map.keptName')
  if (what === 'keepAs') return t('sheet.map.keepAs')
  if (what === 'separator') return t('sheet.map.separator')
  if (what === 'headerRow') return t('sheet.map.headerRow')
  if (what === 'sheet') return t('sheet.map.sheet')
  return t(what === 'encoding' ? 'sheet.encoding' : 'sheet.language')
}

/** What a column may lead to. */
export const offeredColumns = (kind: Kind): string[] => [
  ...targetsOf(kind).map(({ path }) => path),
  identifierColumn,
  languageColumn,
  noteColumn,
]

/** Where the guess was wrong: another sheet, another row of headers, another encoding. */
function rereadForm(
  view: View,
  { sheet, headerRow, firstRows, sheetNames, sheetName }: MappingParts,
  errors: Errors,
): Html {
  const { t } = view
  const isSeveral = sheetNames.length > 1
  const isWrong = ['sheet', 'headerRow', 'encoding'].some((name) => errors.has(name))
  return html`<details${(isSeveral || isWrong) && html` open`}>
    <summary>${t('sheet.map.reread')}</summary>
    ${form(
      view,
      sheetPath(sheet.id, 'reread'),
      html`${isSeveral && select(view, { name: 'sheet', label: t('sheet.map.sheet'), errors, value: sheetName, choices: sheetNames.map((name) => ({ value: name, label: name })) })}
        ${firstRows.length > 0 && select(view, { name: 'headerRow', label: t('sheet.map.headerRow'), hint: t('sheet.map.headerRowHint'), errors, value: String(headerRow), choices: firstRows.map(({ number, text }) => ({ value: String(number), label: `${t('sheet.preview.row', { row: number })}${view.f.colon}${text}` })) })}
        ${sheet.encoding !== 'xlsx' && encodingSelect(view, sheet.encoding, errors)}
        <button class="quiet">${t('sheet.map.rereadButton')}</button>`,
    )}
  </details>`
}

/** Another of the mappings that were kept for this kind. */
const keptForm = (view: View, { sheet, mappings, mappingName }: MappingParts, errors: Errors): Html | false =>
  mappings.length > 0 &&
  html`<details${errors.has('name') && html` open`}>
    <summary>${view.t('sheet.map.kept')}</summary>
    ${form(
      view,
      sheetPath(sheet.id, 'mapping'),
      html`${select(view, { name: 'name', label: view.t('sheet.map.keptName'), errors, value: mappingName, choices: mappings.map((name) => ({ value: name, label: name })) })}
        <button class="quiet">${view.t('sheet.map.keptButton')}</button>`,
    )}
  </details>`

const names = { auto: 'auto', ';': 'semicolon', ',': 'comma', '|': 'bar', '/': 'slash' } as const

type Option = { value: string; label: string }
type Group = { label: string; options: readonly Option[] }

function fieldOptions(view: View, kind: Kind): Group[] {
  const label = (path: string) => targetLabel(kind, path, view.language)
  const option = (path: string): Option => ({ value: path, label: label(path) })
  const all = targetsOf(kind)
  const groups = stepsOf(kind).map((step) => ({
    label: view.t(`step.${step.name}`),
    options: all.filter(({ top }) => step.asked.includes(top)).map(({ path }) => option(path)),
  }))
  return [
    ...groups,
    { label: view.t('sheet.map.row'), options: [identifierColumn, languageColumn, noteColumn].map(option) },
  ]
}

function columnFields(
  view: View,
  of: {
    at: number
    name: string
    isHidden: boolean
    example: string
    column: Column | null
    options: readonly Group[]
  },
  errors: Errors,
): Html {
  const { t } = view
  const { at, name, isHidden, example, column, options } = of
  const [to, tongue] = [`columns.${at}`, `languages.${at}`]
  const chosen = (value: string, now: string | undefined) => value === now && html` selected`
  const marks = (name: string, more: Content = '') => {
    const ids = [errors.has(name) && `${fieldId(name)}-error`, more].filter(Boolean)
    return html`${errors.has(name) && html` aria-invalid="true"`}${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}`
  }
  const wrong = (name: string) => {
    const error = errors.get(name)
    return error && html`<p class="error" id="${fieldId(name)}-error">${error}</p>`
  }
  return html`<fieldset class="row">
    <legend>${columnName(at)}${view.f.colon}<bdi>${name || t('sheet.map.unnamed')}</bdi>${isHidden && html` <span class="soft">${t('sheet.map.hidden')}</span>`}</legend>
    ${example && html`<p class="hint" id="${fieldId(to)}-example"><span dir="auto">${example}</span></p>`}
    <div class="pair">
      <div class="field">
        <label for="${fieldId(to)}">${t('sheet.map.field')}</label>
        ${wrong(to)}
        <select id="${fieldId(to)}" name="${to}"${marks(to, example && `${fieldId(to)}-example`)}>
          <option value="">${t('sheet.map.leftOut')}</option>
          ${options.map((group) => html`<optgroup label="${group.label}">${group.options.map((one) => html`<option value="${one.value}"${chosen(one.value, column?.field)}>${one.label}</option>`)}</optgroup>`)}
        </select>
      </div>
      <div class="field">
        <label for="${fieldId(tongue)}">${t('sheet.map.tongue')}</label>
        ${wrong(tongue)}
        <select id="${fieldId(tongue)}" name="${tongue}"${marks(tongue)}>
          <option value="">${t('sheet.map.tongueUsual')}</option>
          ${tonguesFor(column).map((one) => html`<option value="${one}"${chosen(one, column?.language)}>${languageNamed(view, one)}</option>`)}
        </select>
      </div>
    </div>
  </fieldset>`
}

/** The six, and another that the header named. */
export const tonguesFor = (column: Column | null): string[] => [
  ...new Set([...languages, ...(column?.language ? [column.language] : [])]),
]
