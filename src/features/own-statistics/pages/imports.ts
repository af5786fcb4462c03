/** Bringing a table of statistics: the form, and the tables that were brought. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { titleOf } from '#features/indicators/pages/value-words.ts'
import type { Indicator } from '#features/indicators/indicator.ts'
import { limits } from '#features/spreadsheets/table.ts'
import { errorSummary, field, form, input, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { ImportLine } from '../shapes.ts'

const none: Errors = new Map()
export const importsPath = '/indicators/statistics'
export const importPath = (id: string, part = ''): string => [importsPath, id, part].filter(Boolean).join('/')

export const statisticsCrumbs = (view: View, steps: readonly { name: Content; path: string }[] = []): Html =>
  crumbs(view, [{ name: view.t('kind.indicator.many'), path: '/indicators' }, ...steps])

export const toImports = ({ t }: View) => ({ name: t('statistics.title'), path: importsPath })

/** On the desk of those who may. */
export const toStatistics = ({ t, href }: View): Html =>
  html`<section>
    <h2>${t('statistics.title')}</h2>
    <p>${t('statistics.lead')} <a href="${href(importsPath)}">${t('statistics.bring')}</a></p>
  </section>`

export type Offered = readonly Pick<Indicator, 'code' | 'title'>[]
type Chosen = Readonly<Record<string, string>>

export const importFields = ['file', 'publisher', 'publishedOn', 'indicator', 'area'] as const

export const importLabel = ({ t }: View, name: string): string =>
  name === 'file' ? t('sheet.file') : t(`statistics.field.${name as 'publisher'}`)

export function importsPage(
  view: View,
  { imports, offered }: { imports: readonly ImportLine[]; offered: Offered },
  chosen: Chosen = {},
  errors: Errors = none,
): HttpResponse {
  const { t, href } = view
  const title = t('statistics.title')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${statisticsCrumbs(view)}
      <div class="narrow">
        <h1>${title}</h1>
        <p class="lead">${t('statistics.lead')}</p>
        ${errorSummary(view, errors, (name) => importLabel(view, name))}
        ${form(
          view,
          importsPath,
          html`${field(view, { name: 'file', label: t('sheet.file'), hint: t('statistics.fileHint', { megabytes: limits.bytes / 1024 / 1024, rows: limits.rows }), errors }, (marks) => html`<input${marks} type="file" accept=".csv,.tsv,.txt,.xlsx" required />`)}
            ${sourceFields(view, offered, chosen, errors)} <button>${t('statistics.upload')}</button>`,
          { takesFiles: true },
        )}
        ${shapes(view)}
        <p><a href="${href(`${importsPath}/indicator`)}">${t('statistics.describeLink')}</a></p>
        <h2 id="brought">${t('statistics.brought')}</h2>
        ${imports.length === 0 ? html`<p class="soft">${t('statistics.noneBrought')}</p>` : importTable(view, imports)}
      </div>`,
  })
}

/** Who published it, when, and what no column says. */
export function sourceFields(view: View, offered: Offered, chosen: Chosen, errors: Errors): Html {
  const { t, f } = view
  const byName = (list: { value: string; label: string }[]) => list.sort((a, b) => f.compare(a.label, b.label))
  const indicators = offered.map(({ code, title }) => ({
    value: code,
    label: `${titleOf(view, title)}${view.f.bracketed(code)}`,
  }))
  const areas = Object.keys(codeList('countries')!.terms).map((code) => ({
    value: code,
    label: plainLabel(view, 'countries', code),
  }))
  const hint = (name: 'publisher' | 'indicator' | 'area') => t(`statistics.hint.${name}`)
  const parts = (name: string) => ({ name, label: importLabel(view, name), errors, value: chosen[name] ?? '' })
  return html`${input(view, { ...parts('publisher'), hint: hint('publisher'), max: 90 })}
    ${input(view, { ...parts('publishedOn'), hint: t('form.hint.date'), max: 20, direction: 'ltr' })}
    ${select(view, { ...parts('indicator'), hint: hint('indicator'), isRequired: false, empty: t('statistics.inColumn'), choices: byName(indicators) })}
    ${select(view, { ...parts('area'), hint: hint('area'), isRequired: false, empty: t('statistics.inColumn'), choices: byName(areas) })}`
}

/** Both shapes that are understood, as files to begin with. */
function shapes({ t, href }: View): Html {
  const file = (name: string, words: string) =>
    html`<li><a href="${href(`${importsPath}/${name}.csv`)}" download>${words}</a></li>`
  return html`<details>
    <summary>${t('statistics.shapes')}</summary>
    <p>${t('statistics.shapesAbout')}</p>
    <ul>
      ${file('long', t('statistics.long'))} ${file('wide', t('statistics.wide'))}
    </ul>
    <p>${t('statistics.rules')}</p>
  </details>`
}

function importTable(view: View, imports: readonly ImportLine[]): Html {
  const { t, f, href } = view
  return html`<div class="wide" role="region" aria-labelledby="brought" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('sheet.file')}</th>
          <th scope="col">${t('statistics.field.publisher')}</th>
          <th scope="col">${t('statistics.state')}</th>
          <th scope="col">${t('statistics.changedAt')}</th>
        </tr>
      </thead>
      <tbody>
        ${imports.map((one) => html`<tr><th scope="row"><a href="${href(importPath(one.id))}"><bdi>${one.fileName}</bdi></a></th><td><bdi>${one.publisher}</bdi> <span class="small">${f.day(one.publishedOn)}</span></td><td>${t(`statistics.state.${one.state}`)}</td><td>${f.time(one.changedAt)}</td></tr>`)}
      </tbody>
    </table>
  </div>`
}
