/** What services elsewhere told of records here, for curators. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import type { Notification } from '../inbox/operations.ts'

export function inboxPage(view: View, notifications: readonly Notification[]): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('inbox.title'),
    unlisted: true,
    keep: false,
    main: html`<h1>${t('inbox.title')}</h1>
      <p class="lead">${t('inbox.lead')}</p>
      ${notifications.length === 0 ? html`<p>${t('inbox.none')}</p>` : html`<ul class="plain cards">${notifications.map((one) => item(view, one))}</ul>`}`,
  })
}

const item = (view: View, one: Notification): Html => {
  const { t, f } = view
  const { id, pattern, recordId, title, objectUri, senderUri, senderName, state, receivedAt, answerTo } = one
  const isWeb = /^https?:\/\//.test(objectUri)
  return html`<li class="card">
    <h2>${wordsOr(t, `inbox.pattern.${pattern}`, pattern)}</h2>
    <p><a href="${view.href(recordPath(recordId))}">${title}</a></p>
    <p>${t('inbox.from')} <bdi>${senderName}</bdi> <bdi class="long" dir="ltr">${senderUri}</bdi> · ${f.time(receivedAt)}</p>
    <p>${isWeb ? html`<a href="${objectUri}" rel="external nofollow noreferrer"><bdi class="long" dir="ltr">${objectUri}</bdi></a>` : html`<bdi class="long" dir="ltr">${objectUri}</bdi>`}</p>
    ${answerPart(view, one)}
    ${state === 'waiting' ? html`<div class="actions">${press(view, `/inbox/${id}/settle`, t('inbox.accept'), { state: 'accepted' })} ${press(view, `/inbox/${id}/settle`, t('inbox.dismiss'), { state: 'dismissed' })}</div>` : html`<p>${t(`inbox.state.${state}`)}</p>`}
    ${state === 'accepted' && answerTo && html`<p>${t('inbox.next')}</p>`}
    ${state === 'accepted' && pattern.endsWith('Announced') && html`<p>${t('inbox.shown')}</p>${press(view, `/inbox/${id}/settle`, t('inbox.hide'), { state: 'dismissed' })}`}
  </li>`
}

const answerPart = ({ t }: View, { answerTo, answer, answerError, state }: Notification): Content => {
  if (!answerTo) return nothing
  if (state === 'waiting') return html`<p>${t('inbox.answerTo')} <bdi class="long" dir="ltr">${answerTo}</bdi></p>`
  if (answer === 'none') return nothing
  const why = answerError && html` ${wordsOr(t, `problem.${answerError}.title`, answerError)}`
  return html`<p>${t(`inbox.answer.${answer}`)}${why}</p>`
}
