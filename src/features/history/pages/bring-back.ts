/** Before an earlier version comes back: which, and of what. */
import { html, nothing } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { choices, errorSummary, field, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { languageWithin, textOf, type View } from '#ui/view.ts'
import { differencePath } from './changes.ts'

export const bringBackPath = (id: string, revision: number) => `${recordPath(id)}/versions/${revision}/bring-back`

export type BringingBack = {
  record: StoredRecord
  old: StoredRecord
  mayWhole: boolean
  languages: readonly string[]
  chosen?: string
  reason?: string
  errors?: Errors
  isConflict?: boolean
}

export function bringBackPage(view: View, parts: BringingBack): HttpResponse {
  const { t, f, href } = view
  const { record, old, mayWhole, languages, chosen, reason = '', errors = new Map(), isConflict = false } = parts
  const title = t('bringBack.title', { revision: old.revision })
  const of = [
    ...(mayWhole ? [{ value: 'whole', label: t('bringBack.whole') }] : []),
    ...languages.map((one) => ({
      value: one,
      label: t('bringBack.translation', { language: languageWithin(view, one) }),
    })),
  ]
  const labels: Record<string, string> = { what: t('bringBack.what'), reason: t('bringBack.reason') }
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: isConflict ? 409 : errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: textOf(view, record.body.title, record.body.originalLanguage), path: recordPath(record.id) },
      { name: t('record.history'), path: `${recordPath(record.id)}/history` },
    ])}
      <h1>${title}</h1>
      <p class="lead">${t('bringBack.lead', { at: f.time(old.changedAt) })}</p>
      ${isConflict && html`<p class="errors" role="alert">${t('bringBack.conflict')}</p>`}
      ${errorSummary(view, errors, (name) => labels[name] ?? name)}
      <p><a href="${href(`${recordPath(record.id)}/versions/${old.revision}`)}">${t('bringBack.look')}</a> · <a href="${href(differencePath(record.id, old.revision, record.revision))}">${t('bringBack.compare')}</a></p>
      <div class="narrow">
        ${form(
          view,
          bringBackPath(record.id, old.revision),
          html`<input type="hidden" name="revision" value="${record.revision}" />
            ${of.length > 1 || errors.has('what') ? choices(view, { name: 'what', label: labels.what, errors, type: 'radio', values: [chosen ?? of[0]!.value], of }) : html`<input type="hidden" name="what" value="${of[0]!.value}" /><p>${of[0]!.label}</p>`}
            ${mayWhole ? field(view, { name: 'reason', label: labels.reason, hint: t('bringBack.reasonHint'), errors, isRequired: false }, (marks) => html`<textarea${marks} rows="2" dir="auto" maxlength="2000">\n${reason}</textarea>`) : nothing}
            <button>${t('bringBack.button')}</button>`,
        )}
      </div>`,
  })
}
