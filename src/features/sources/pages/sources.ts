/** The sources that records come from, and one of them with its history and the form for a file. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { choices, errorSummary, field, form, input, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { label, type View } from '#ui/view.ts'
import { limits } from '../reading.ts'
import type { RunLine, SourceLine } from '../shapes.ts'
import { runPath, sourcePath } from './paths.ts'

export const typedFields = ['licence', 'publisher', 'subjects', 'baseAddress'] as const
export type Typed = { [Field in (typeof typedFields)[number]]?: string } & { whole?: boolean; acceptLosses?: boolean }

const megabytes = limits.bytes / 1024 / 1024
const sourceCrumbs = (view: View, below = false): Html =>
  crumbs(view, [
    { name: view.t('nav.desk'), path: '/desk' },
    ...(below ? [{ name: view.t('sources.title'), path: '/sources' }] : []),
  ])

/** `12 new, 3 changed, …` */
export const countsOf = (
  { t }: View,
  { added, changed, unchanged, refused, withdrawn = 0 }: RunLine['counts'],
): string =>
  [
    t('sources.count.added', { count: added }),
    t('sources.count.changed', { count: changed }),
    ...(withdrawn > 0 ? [t('sources.count.withdrawn', { count: withdrawn })] : []),
    t('sources.count.unchanged', { count: unchanged }),
    t('sources.count.refused', { count: refused }),
  ].join(' · ')

export function sourcesPage(view: View, { sources }: { sources: readonly SourceLine[] }): HttpResponse {
  const { t, f, href } = view
  return page(view, {
    title: t('sources.title'),
    unlisted: true,
    keep: false,
    main: html`${sourceCrumbs(view)}
      <h1>${t('sources.title')}</h1>
      <p class="lead">${t('sources.lead')}</p>
      <div class="wide" role="region" tabindex="0" aria-label="${t('sources.title')}">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('sources.source')}</th>
              <th scope="col">${t('sources.licence')}</th>
              <th scope="col">${t('sources.last')}</th>
              <th scope="col">${t('sources.counts')}</th>
            </tr>
          </thead>
          <tbody>
            ${sources.map(
              ({ name, title, publisher, address, licence, last }) => html`<tr>
                <th scope="row"><a href="${href(sourcePath(name))}"><span lang="en" dir="ltr">${title}</span></a><br /><span class="soft" lang="en" dir="ltr">${publisher}</span></th>
                <td>${licence === address ? html`<span class="soft">${t('sources.licenceOfEach')}</span>` : licenceLink(view, licence)}</td>
                <td>${last ? html`<a href="${href(runPath(last.id))}">${f.day(last.startedAt.slice(0, 10))}</a><br /><span class="soft">${t(`sources.state.${last.state}`)}</span>` : t('sources.never')}</td>
                <td>${last ? countsOf(view, last.counts) : ''}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  })
}

function licenceLink(view: View, licence: string): Html {
  const code = licenceAt(licence)
  return html`<a href="${licence}" rel="license external">${code ? label(view, 'licences', code) : html`<bdi class="long">${licence.replace(/^https?:\/\/(?:www\.)?/, '')}</bdi>`}</a>`
}

type SourceParts = { source: SourceLine; runs: readonly RunLine[] }

export function sourcePage(view: View, { source, runs }: SourceParts, typed: Typed, errors: Errors): HttpResponse {
  const { t, href } = view
  const { name, title, publisher, address, licence, attribution, revision, isWhole, hasUpload } = source
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${sourceCrumbs(view, true)}
      <div class="narrow">
        <h1><span lang="en" dir="ltr">${title}</span></h1>
        ${errorSummary(view, errors, (field) => labelOf(view, field))}
        <dl class="facts">
          <div><dt>${t('sources.publisher')}</dt><dd><span lang="en" dir="ltr">${publisher}</span></dd></div>
          <div><dt>${t('sources.address')}</dt><dd><a href="${address}" rel="external"><bdi class="long">${address}</bdi></a> <span class="soft"><bdi>${revision}</bdi></span></dd></div>
          ${licence !== address && html`<div><dt>${t('sources.licence')}</dt><dd>${licenceLink(view, licence)}</dd></div>`}
          <div><dt>${t('sources.attribution')}</dt><dd><span lang="en" dir="ltr">${attribution}</span></dd></div>
        </dl>
        <p><a href="${href(`/search?collection=${encodeURIComponent(name)}`)}">${t('sources.records')}</a></p>
        <p>${t(isWhole ? 'sources.isWhole' : 'sources.adds')}</p>
        <h2 id="run">${t('sources.run')}</h2>
        ${source.harvestedAt ? html`<p><a href="${href(source.harvestedAt)}">${t('sources.harvested')}</a></p>` : hasUpload ? uploadForm(view, source, typed, errors) : html`<p class="note">${t('sources.commandOnly', { command: 'qingdao import' })}</p>`}
        <h2 id="history">${t('sources.history')}</h2>
        ${runs.length === 0 ? html`<p class="soft">${t('sources.noRuns')}</p>` : html`<ul class="plain">${runs.map((run) => runItem(view, run))}</ul>`}
      </div>`,
  })
}

const runItem = (view: View, run: RunLine): Html =>
  html`<li>
    <p><a href="${view.href(runPath(run.id))}">${view.f.day(run.startedAt.slice(0, 10))}${view.f.colon}<bdi>${run.fileName}</bdi></a> <span class="soft">${view.t(`sources.state.${run.state}`)}${run.by && html` · <bdi>${run.by}</bdi>`}</span><br />${countsOf(view, run.counts)}</p>
  </li>`

function labelOf({ t }: View, name: string): string {
  if (name === 'file' || name === 'whole' || name === 'acceptLosses') return t(`sources.${name}`)
  return t(`sources.field.${name as (typeof typedFields)[number]}`)
}

function uploadForm(view: View, { name, expects, isWhole }: SourceLine, typed: Typed, errors: Errors): Html {
  const { t } = view
  const typedField = (field: (typeof typedFields)[number], direction: 'ltr' | 'auto'): Content =>
    input(view, {
      name: field,
      label: labelOf(view, field),
      hint: t(`sources.hint.${field}`),
      isRequired: false,
      value: typed[field] ?? '',
      direction,
      max: field === 'baseAddress' ? 2_000 : 300,
      errors,
    })
  const ways = [
    ...(isWhole ? [] : [['whole', t('sources.whole'), t('sources.wholeHint')] as const]),
    ['acceptLosses', t('sources.acceptLosses'), t('sources.acceptLossesHint')] as const,
  ]
  return form(
    view,
    sourcePath(name),
    html`${field(view, { name: 'file', label: t('sources.file'), hint: html`${t('sources.fileHint', { megabytes })} <bdi dir="ltr">${expects}</bdi>`, errors }, (marks) => html`<input${marks} type="file" required />`)}
      <details${[...typedFields, 'whole', 'acceptLosses'].some((one) => errors.has(one) || typed[one as keyof Typed]) && html` open`}>
        <summary>${t('sources.notSaid')}</summary>
        <p>${t('sources.notSaidLead')}</p>
        ${typedField('licence', 'auto')} ${typedField('publisher', 'auto')} ${typedField('subjects', 'auto')} ${typedField('baseAddress', 'ltr')}
        ${ways.map(([way, label, hint]) => choices(view, { name: way, label, errors, isRequired: false, values: typed[way] ? ['yes'] : [], of: [{ value: 'yes', label: hint }] }))}
      </details>
      <button>${t('sources.preview')}</button>`,
    { takesFiles: true },
  )
}
