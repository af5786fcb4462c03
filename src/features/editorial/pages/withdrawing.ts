/** A record leaves the node, and comes back: each with a reason that readers see, and each can be undone by the other. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, field, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'

export const withdrawPath = (id: string) => `${recordPath(id)}/withdraw`
export const restorePath = (id: string) => `${recordPath(id)}/restore`

export const withdrawLink = (view: View, { id }: Pick<StoredRecord, 'id'>): Content =>
  html`<p class="not-printed"><a href="${view.href(withdrawPath(id))}">${view.t('withdraw.link')}</a></p>`

type Typed = { reason: string; errors: Errors }

export const withdrawPage = (view: View, { id, revision, body }: StoredRecord, typed: Typed): HttpResponse =>
  reasonPage(view, 'withdraw', {
    action: withdrawPath(id),
    back: { name: textOf(view, body.title, body.originalLanguage), path: recordPath(id) },
    revision,
    ...typed,
  })

/** What is withdrawn shows no title to anybody: it is named by what was said when it left. */
export const restorePage = (
  view: View,
  { id, revision, why, into }: { id: string; revision: number; why: string | null; into: string | undefined },
  typed: Typed,
): HttpResponse =>
  reasonPage(view, into ? 'unmerge' : 'restore', {
    action: restorePath(id),
    back: { name: view.t('record.history'), path: `${recordPath(id)}/history` },
    revision,
    told: html`${why && html`<blockquote dir="auto">${why}</blockquote>`}
    ${into && html`<p><a href="${view.href(recordPath(into))}">${view.t('unmerge.other')}</a></p>`}`,
    ...typed,
  })

type Parts = Typed & { action: string; back: { name: Content; path: string }; revision: number; told?: Html }

function reasonPage(view: View, act: 'withdraw' | 'restore' | 'unmerge', parts: Parts): HttpResponse {
  const { t, href } = view
  const { action, back, revision, told, reason, errors } = parts
  const label = t('withdraw.reason')
  return page(view, {
    title: t(`${act}.title`),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [back])}
      <div class="narrow">
        <h1>${t(`${act}.title`)}</h1>
        ${errorSummary(view, errors, (name) => (name === 'reason' ? label : wordsOr(t, `field.${name}`, name)))}
        <p class="lead">${t(`${act}.lead`)}</p>
        ${told ?? nothing}
        ${form(
          view,
          action,
          html`<input type="hidden" name="revision" value="${revision}" />
            ${field(view, { name: 'reason', label, hint: t('withdraw.reasonHint'), errors, isRequired: true }, (marks) => html`<textarea${marks} rows="3" maxlength="2000" dir="auto">${reason}</textarea>`)}
            <p><button class="${act === 'withdraw' ? 'danger' : 'button'}">${t(`${act}.button`)}</button> <a href="${href(back.path)}">${t('withdraw.cancel')}</a></p>`,
        )}
      </div>`,
  })
}
