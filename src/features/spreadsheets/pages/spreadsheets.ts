/** Bringing a spreadsheet: choosing the file, and those that were brought. */
import { html, type Html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import { encodings } from '#codecs/csv/decode.ts'
import type { NamedMapping, SpreadsheetLine } from '../shapes.ts'
import { limits } from '../table.ts'
import { identifierColumn, isText, targetLabel, targetsOf } from '../targets.ts'
import { errorSummary, field, form, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

const none: Errors = new Map()
const megabytes = limits.bytes / 1024 / 1024

export const sheetPath = (id: string, part = '') => `/sheets/${id}${part && `/${part}`}`

export const sheetCrumbs = (view: View): Html =>
  crumbs(view, [
    { name: view.t('nav.desk'), path: '/desk' },
    { name: view.t('sheet.title'), path: '/sheets' },
  ])

type Chosen = { kind?: string; language?: string; encoding?: string }

function uploadLabel({ t }: View, name: string): string {
  if (name === 'kind') return t('share.kind')
  return t(name === 'language' ? 'sheet.language' : name === 'encoding' ? 'sheet.encoding' : 'sheet.file')
}

export function sheetsPage(
  view: View,
  {
    kinds,
    sheets,
    mappings,
  }: { kinds: readonly Kind[]; sheets: readonly SpreadsheetLine[]; mappings: readonly NamedMapping[] },
  chosen: Chosen = {},
  errors: Errors = none,
): HttpResponse {
  const { t } = view
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: t('sheet.title') }) : t('sheet.title'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <div class="narrow">
        <h1>${t('sheet.title')}</h1>
        <p class="lead">${t('sheet.lead')}</p>
        ${errorSummary(view, errors, (name) => uploadLabel(view, name))} ${uploadForm(view, kinds, chosen, errors)}
        ${templates(view, kinds)}
        <h2>${t('sheet.mine')}</h2>
        ${sheets.length === 0 ? html`<p class="soft">${t('sheet.none')}</p>` : sheetTable(view, sheets)}
        ${mappings.length > 0 && mappingList(view, mappings)}
      </div>`,
  })
}

function uploadForm(
  view: View,
  kinds: readonly Kind[],
  { kind = '', language, encoding }: Chosen,
  errors: Errors,
): Html {
  const { t } = view
  return form(
    view,
    '/sheets',
    html`${select(view, { name: 'kind', label: t('share.kind'), errors, value: kind, choices: kinds.map(({ name }) => ({ value: name, label: t(`kind.${name}.many`) })) })}
      ${field(view, { name: 'file', label: t('sheet.file'), hint: t('sheet.fileHint', { megabytes, rows: limits.rows }), errors }, (marks) => html`<input${marks} type="file" accept=".csv,.tsv,.txt,.xlsx,.bib,.ris,.json,.jsonl,.ndjson,.xml,.html,.htm" required />`)}
      ${select(view, { name: 'language', label: t('sheet.language'), hint: t('sheet.languageHint'), errors, value: language ?? view.language, choices: languages.map((one) => ({ value: one, label: ownNames[one] })) })}
      ${encodingSelect(view, encoding ?? 'auto', errors)}
      <button>${t('sheet.upload')}</button>`,
    { takesFiles: true },
  )
}

const mappingList = (view: View, mappings: readonly NamedMapping[]): Html => html`<h2>${view.t('sheet.mappings')}</h2>
  <p>${view.t('sheet.mappingsLead')}</p>
  <ul class="plain">
    ${mappings.map(
      ({ kind, name }) => html`<li>
      <bdi>${name}</bdi> <span class="soft">${view.t(`kind.${kind}.many`)}</span>
      ${form(
        view,
        '/sheets/mappings/delete',
        html`<input type="hidden" name="kind" value="${kind}" /><input type="hidden" name="name" value="${name}" /><button class="quiet">${view.t('sheet.mappingDelete', { name })}</button>`,
      )}
    </li>`,
    )}
  </ul>`

export const encodingSelect = (view: View, value: string, errors: Errors): Html =>
  select(view, {
    name: 'encoding',
    label: view.t('sheet.encoding'),
    hint: view.t('sheet.encodingHint'),
    errors,
    value,
    choices: encodings.map((one) => ({ value: one, label: view.t(`sheet.encoding.${one}`) })),
  })

const templates = (view: View, kinds: readonly Kind[]): Html =>
  html`<details>
    <summary>${view.t('sheet.templates')}</summary>
    <p>${view.t('sheet.templatesHint')}</p>
    <ul>
      ${kinds.map(({ name }) => html`<li>${view.t(`kind.${name}.many`)}${view.f.colon}${(['xlsx', 'csv'] as const).map((format) => html`<a href="${view.href(`/sheets/templates/${name}.${format}`)}">${format.toUpperCase()}<span class="hidden"> ${view.t(`kind.${name}.many`)}</span></a> `)}</li>`)}
    </ul>
  </details>`

function sheetTable(view: View, sheets: readonly SpreadsheetLine[]): Html {
  const { t, f, href } = view
  return html`<div class="wide" role="region" aria-label="${t('sheet.mine')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('sheet.file')}</th>
          <th scope="col">${t('queue.state')}</th>
          <th scope="col">${t('sheet.rows')}</th>
          <th scope="col">${t('queue.changed')}</th>
        </tr>
      </thead>
      <tbody>
        ${sheets.map((one) => html`<tr><th scope="row"><a href="${href(sheetPath(one.id))}"><bdi>${one.fileName}</bdi></a> <span class="soft">${t(`kind.${one.kind}.many`)}</span></th><td>${t(`sheet.state.${one.state}`)}</td><td>${f.number(one.rows)}</td><td>${f.time(one.changedAt)}</td></tr>`)}
      </tbody>
    </table>
  </div>`
}

/** The columns that a template has: what must be told first, texts and choices, no parts of groups. */
export function templateHeader(kind: Kind, language: View['language']): string[] {
  const targets = targetsOf(kind).filter(({ top, path }) => top.control !== 'groups' && path === top.name)
  const [first, rest] = [targets.filter(({ top }) => top.isRequired), targets.filter(({ top }) => !top.isRequired)]
  const paths = [...first, ...rest.filter((one) => !isText(one)), ...rest.filter(isText)].map(({ path }) => path)
  return [identifierColumn, ...paths].map((path) => targetLabel(kind, path, language))
}
