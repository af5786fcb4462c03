/** What this site added to a record of others: shown apart on its page, and where curators add to it. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, field, form, input, press, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import type { AdditionLine } from '../additions/operations.ts'

export const additionFields = ['note', 'keywords'] as const
export type TypedAddition = Partial<Record<(typeof additionFields)[number], string>>
export type Shown = AdditionLine & { by: string }

export const additionsPath = (id: string) => `${recordPath(id)}/additions`

const additionItem = (view: View, { language, note, keywords, by, at }: Shown, more: Content = nothing): Html => {
  const { t, f, href } = view
  const inLanguage = html`lang="${language}" dir="${directionOf(language)}"`
  const found = (word: string) =>
    html`<a href="${href(`/search?q=${encodeURIComponent(word)}`)}" ${inLanguage}>${word}</a>`
  return html`<li>
    ${note && note.split(/\n{2,}/).map((part) => html`<p ${inLanguage}>${part}</p>`)}
    ${keywords.length > 0 && html`<p>${t('additions.keywords')}${view.f.colon}${keywords.map((word, n) => html`${n > 0 && ' · '}${found(word)}`)}</p>`}
    <p class="soft">${by && html`<bdi>${by}</bdi> · `}${f.day(at.slice(0, 10))}</p>
    ${more}
  </li>`
}

/** On the page of the record. */
export function additionsPart(view: View, recordId: string, shown: readonly Shown[], mayAdd: boolean): Content {
  if (shown.length === 0 && !mayAdd) return nothing
  const { t, href } = view
  return html`${
    shown.length > 0 &&
    html`<h2 id="additions">${t('additions.title')}</h2>
      <p class="soft">${t('additions.lead')}</p>
      <ul class="plain">${shown.map((one) => additionItem(view, one))}</ul>`
  }
  ${mayAdd && html`<p><a href="${href(additionsPath(recordId))}" rel="nofollow">${t('additions.add')}</a></p>`}`
}

export function additionsPage(
  view: View,
  record: StoredRecord,
  shown: readonly Shown[],
  typed: TypedAddition = {},
  errors: Errors = new Map(),
): HttpResponse {
  const { t } = view
  const path = additionsPath(record.id)
  const labels = { note: t('additions.note'), keywords: t('additions.keywords') }
  const title = t('additions.title')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: textOf(view, record.body.title, record.body.originalLanguage), path: recordPath(record.id) }])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, (one) => labels[one as keyof typeof labels] ?? one)}
        <p class="lead">${t('additions.lead')}</p>
        ${shown.length > 0 && html`<ul class="plain">${shown.map((one) => additionItem(view, one, press(view, `${path}/${one.id}/remove`, t('additions.remove'))))}</ul>`}
        <h2>${t('additions.add')}</h2>
        ${form(
          view,
          path,
          html`${field(
            view,
            { name: 'note', label: labels.note, isRequired: false, errors },
            (marks) => html`<textarea${marks} rows="5" dir="auto" maxlength="5000">\n${typed.note ?? ''}</textarea>`,
          )}
            ${input(view, { name: 'keywords', label: labels.keywords, hint: t('additions.keywordsHint'), isRequired: false, value: typed.keywords ?? '', max: 2_000, errors })}
            <button>${t('additions.save')}</button>`,
        )}
      </div>`,
  })
}
