/** A spreadsheet before, during and after its import: what will be, what does not fit, how far it is, taking it back. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { columnName } from '#codecs/xlsx/write-xlsx.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { codeNamed } from '#records/vocabularies/names.ts'
import type { Kind } from '#records/kind.ts'
import type { Texts } from '#records/record.ts'
import type { Preview, RowError, SpreadsheetLine } from '../shapes.ts'
import { targetsOf } from '../targets.ts'
import { recordPath } from '#ui/cards.ts'
import { draftPath } from '#features/editorial/pages/draft.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { choices, errorSummary, field, form, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { ruleWords } from '#ui/problem-words.ts'
import { wordsPart } from './spreadsheet-words.ts'
import { sheetCrumbs, sheetPath } from './spreadsheets.ts'
import { fieldName, plainLabel, textOf, type View } from '#ui/view.ts'

const none: Errors = new Map()
const shownErrors = 100
const fewTerms = 24

/** A table’s mistake in words: where, what is wrong, how to mend it. */
export function errorWords(view: View, kind: Kind, header: readonly string[], error: RowError) {
  const { t } = view
  const { column, rule, field: name, cell } = error
  const asked = targetsOf(kind).find(({ path }) => path === name)?.asked
  const isDate = asked?.field.type === 'date' && rule === 'date'
  const isAddress = asked?.field.type === 'url' && rule === 'webAddress'
  const { vocabulary } = asked?.field ?? {}
  const near =
    vocabulary && typeof error.values.near === 'string' ? codeNamed(vocabulary, error.values.near) : undefined
  // Suggested in the reader’s language.
  const values = near ? { ...error.values, near: plainLabel(view, vocabulary!, near) } : error.values
  return {
    row: view.f.number(error.row),
    column: column === null ? '' : `${columnName(column)} ${header[column] ?? ''}`.trim(),
    field: name.startsWith('#') ? wordsOr(t, `sheet.column.${name.slice(1)}`, name) : fieldName(view, kind.name, name),
    cell: cell.slice(0, 200),
    wrong: isDate
      ? t('sheet.wrong.date')
      : isAddress
        ? t('sheet.wrong.address')
        : ruleWords(view, { place: name, rule, values }),
    mend:
      asked?.field.type === 'date'
        ? t('form.hint.date')
        : isAddress
          ? t('sheet.mend.address')
          : mendWords(view, rule, vocabulary),
  }
}

function mendWords(view: View, rule: string, vocabulary: string | undefined): string {
  const isName = rule === 'unknownName' || rule === 'nearName'
  const codes = Object.keys(codeList(vocabulary ?? '')?.terms ?? {})
  if (isName && codes.length > 0 && codes.length <= fewTerms)
    return view.t('sheet.mend.oneOf', { values: codes.map((code) => plainLabel(view, vocabulary!, code)).join('; ') })
  return wordsOr(view.t, `sheet.mend.${rule}`, view.t('sheet.mend.other'))
}

export function errorTable(view: View, kind: Kind, { header, errors }: Pick<Preview, 'header' | 'errors'>): string[][] {
  const { t } = view
  const head = (['row', 'column', 'field', 'cell', 'wrong', 'mend'] as const).map((name) => t(`sheet.error.${name}`))
  return [head, ...errors.map((error) => Object.values(errorWords(view, kind, header, error)))]
}

export function previewPage(
  view: View,
  { kind, preview, mayPublish }: { kind: Kind; preview: Preview; mayPublish: boolean },
  errors: Errors = none,
): HttpResponse {
  const { t, href } = view
  const { sheet, fits, known, missing } = preview
  const fresh = Math.max(0, fits - known)
  const title = t('sheet.preview.title')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${sheetCrumbs(view)}
      <h1>${title}</h1>
      ${errorSummary(view, errors, (place) => preview.words[Number(place.split('.')[1])]?.word ?? t('sheet.words.title'))}
      <p class="lead"><bdi>${sheet.fileName}</bdi> · ${t('sheet.rowCount', { count: sheet.rows })}</p>
      <ul>
        <li>${t('sheet.preview.fits', { count: fits })}</li>
        ${known > 0 && html`<li>${t('sheet.preview.known', { count: known })}</li>`}
        ${preview.noted > 0 && html`<li>${t('sheet.preview.noted', { count: preview.noted })}</li>`}
        <li>${t('sheet.preview.wrong', { count: preview.wrong })}</li>
        ${missing.length > 0 && html`<li>${t('sheet.preview.missing')} ${missing.map((name) => fieldName(view, kind.name, name)).join(', ')}</li>`}
      </ul>
      <p><a href="${href(sheetPath(sheet.id))}">${t('sheet.preview.back')}</a></p>
      ${wordsPart(view, kind, preview, errors)} ${errorPart(view, kind, preview, false)} ${errorPart(view, kind, preview, true)} ${samplePart(view, kind, preview)}
      <div class="narrow">${fresh === 0 ? html`<p class="note">${t('sheet.preview.nothing')}</p>` : startForm(view, preview, mayPublish)}</div>`,
  })
}

/** What keeps rows out; or what is noted in drafts, to be corrected there. */
function errorPart(view: View, kind: Kind, { sheet, header, errors: all }: Preview, isNoted: boolean): Content {
  const errors = all.filter((one) => one.isNoted === isNoted)
  if (errors.length === 0) return false
  const id = isNoted ? 'noted' : 'errors'
  const { t, href } = view
  const shown = errors.slice(0, shownErrors).map((error) => errorWords(view, kind, header, error))
  return html`<h2 id="${id}">${t(`sheet.preview.${isNoted ? 'notedTitle' : 'errors'}`)}</h2>
    <p>${t(`sheet.preview.${id}Lead`)} <a href="${href(sheetPath(sheet.id, 'errors.csv'))}" rel="nofollow">${t('sheet.preview.errorsCsv')}</a></p>
    <div class="wide" tabindex="0" role="region" aria-labelledby="${id}">
      <table class="mistakes">
        <thead>
          <tr>${(['row', 'column', 'cell', 'wrong', 'mend'] as const).map((name) => html`<th scope="col">${t(`sheet.error.${name}`)}</th>`)}</tr>
        </thead>
        <tbody>
          ${shown.map((one) => html`<tr><th scope="row">${one.row}</th><td><bdi>${one.column || one.field}</bdi></td><td><bdi>${one.cell}</bdi></td><td>${one.wrong}</td><td>${one.mend}</td></tr>`)}
        </tbody>
      </table>
    </div>
    ${errors.length > shown.length && html`<p class="soft">${t('sheet.preview.moreErrors', { count: errors.length - shown.length })}</p>`}`
}

/** The first rows as they will be. */
function samplePart(view: View, kind: Kind, { sample }: Preview): Content {
  if (sample.length === 0) return false
  const { t } = view
  return html`<h2>${t('sheet.preview.sample')}</h2>
    ${sample.map(({ row, body }) => {
      const original = String(body.originalLanguage)
      const { title, originalLanguage: _, ...rest } = body
      return html`<details open>
        <summary>${t('sheet.preview.row', { row })}${view.f.colon}${textOf(view, title as Texts, original)}</summary>
        <dl class="facts">${Object.entries(rest).map(([name, value]) => html`<div><dt>${fieldName(view, kind.name, name)}</dt><dd>${valueShown(view, kind, name, value, original)}</dd></div>`)}</dl>
      </details>`
    })}`
}

function valueShown(view: View, kind: Kind, name: string, value: unknown, original: string): Content {
  const shape = (kind.body as Shape).properties?.[name]
  if (!shape) return ''
  if (shape['x-field']?.type === 'text') return textOf(view, value as Texts, original)
  return factOf(view, shape, value, new Map()) ?? html`<bdi>${[value].flat().map(String).join(', ')}</bdi>`
}

function startForm(view: View, { sheet, fits, known }: Preview, mayPublish: boolean): Html {
  const { t } = view
  const count = Math.max(0, fits - known)
  const ways = (['drafts', 'publish'] as const).map((one) => ({ value: one, label: t(`sheet.start.${one}`) }))
  return html`<h2>${t('sheet.start.title')}</h2>
    ${form(
      view,
      sheetPath(sheet.id, 'start'),
      html`${mayPublish ? choices(view, { name: 'way', label: t('sheet.start.way'), hint: t('sheet.start.wayHint'), errors: none, type: 'radio', values: ['drafts'], of: ways }) : html`<p>${t('sheet.start.draftsHint')}</p>`}
        <button>${t('sheet.start.button', { count })}</button>`,
    )}`
}

export type ImportParts = {
  sheet: SpreadsheetLine
  left: readonly { recordId: string; row: number; isPublished: boolean }[]
}

const secondsBetweenLooks = 3

/** How far it is; while it goes on, the page asks again by itself. */
export function importPage(
  view: View,
  { sheet, left }: ImportParts,
  errors: Errors = none,
  typed?: string,
): HttpResponse {
  const { t, f, href } = view
  const goesOn = sheet.state === 'running' || sheet.state === 'undoing'
  const answer = page(view, {
    title: t(`sheet.state.${sheet.state}`),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${sheetCrumbs(view)}
      <div class="narrow">
        <h1><bdi>${sheet.fileName}</bdi></h1>
        <p class="lead" role="status">${t(`sheet.state.${sheet.state}`)}</p>
        ${goesOn && html`<p><progress max="${sheet.rows}" value="${sheet.done}" aria-label="${t('sheet.progress')}"></progress> ${t('sheet.progressOf', { done: sheet.done, of: sheet.rows })}</p><p>${t('sheet.progressHint')} <a href="${href(sheetPath(sheet.id))}">${t('sheet.progressAgain')}</a></p>`}
        ${sheet.state !== 'undone' && html`<ul><li>${t('sheet.done.drafts', { count: sheet.made - sheet.published })}${sheet.made > sheet.published && html` <a href="${href('/desk/submit')}">${t('submitMany.title')}</a>`}</li>${sheet.published > 0 && html`<li>${t('sheet.done.published', { count: sheet.published })}</li>`}<li>${t('sheet.done.known', { count: sheet.known })}</li><li>${t('sheet.done.refused', { count: sheet.refused })}${sheet.refused > 0 && html` <a href="${href(sheetPath(sheet.id, 'errors.csv'))}" rel="nofollow">${t('sheet.preview.errorsCsv')}</a>`}</li></ul>`}
        ${sheet.state === 'undone' && left.length === 0 && html`<p>${t('sheet.undone.all')}</p>`}
        ${left.length > 0 && html`<h2>${t('sheet.undone.left')}</h2><ul>${left.map((one) => html`<li><a href="${href(one.isPublished ? recordPath(one.recordId) : draftPath(one.recordId))}">${t('sheet.preview.row', { row: f.number(one.row) })}</a></li>`)}</ul>`}
        ${sheet.state === 'done' && html`<p><a class="button" href="${href('/desk')}">${t('nav.desk')}</a></p>`}
        ${(sheet.state === 'done' || sheet.state === 'running') && sheet.made > 0 && undoForm(view, sheet, errors, typed)}
      </div>`,
  })
  return goesOn ? { ...answer, headers: { ...answer.headers, refresh: String(secondsBetweenLooks) } } : answer
}

function undoForm(view: View, { id }: SpreadsheetLine, errors: Errors, typed: string | undefined): Html {
  const { t } = view
  return html`<h2>${t('sheet.undo.title')}</h2>
    ${errorSummary(view, errors, () => t('sheet.undo.reason'))}
    <p>${t('sheet.undo.lead')}</p>
    ${form(
      view,
      sheetPath(id, 'undo'),
      html`${field(view, { name: 'reason', label: t('sheet.undo.reason'), hint: t('sheet.undo.reasonHint'), errors }, (marks) => html`<textarea${marks} rows="2" dir="auto">\n${typed ?? t('sheet.undo.usual')}</textarea>`)}
        <button class="quiet">${t('sheet.undo.button')}</button>`,
    )}`
}
