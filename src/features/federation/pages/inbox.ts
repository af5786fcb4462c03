/** What services elsewhere told of records here, and what this site announced to them, for curators. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import type { Announcement } from '../inbox/made.ts'
import type { Notification, NotificationList } from '../inbox/operations.ts'
import { announcementState, canBeTakenBack } from './announce.ts'

export type InboxPart = { state: string; after: string }
export const inboxAddress = ({ state, after }: InboxPart): string => {
  const query = new URLSearchParams(Object.entries({ state, after }).filter(([, value]) => value))
  return query.size > 0 ? `/inbox?${query}` : '/inbox'
}

export function inboxPage(
  view: View,
  { notifications, counts, next }: NotificationList,
  part: InboxPart,
): HttpResponse {
  const { t, f, href } = view
  return page(view, {
    title: t('inbox.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('inbox.title')}</h1>
      <p class="lead">${t('inbox.lead')}</p>
      <p><a href="${href('/inbox/announced')}">${t('announced.title')}</a></p>
      <form action="${href('/inbox')}" class="row-form">
          <label>${t('inbox.state')} <select name="state"><option value="">${t('inbox.any')}</option>${counts.map(({ state, count }) => html`<option value="${state}"${state === part.state && html` selected`}>${t(`inbox.state.${state}`)} (${f.number(count)})</option>`)}</select></label>
          <button>${t('inbox.show')}</button>
      </form>
      ${notifications.length === 0 ? html`<p>${t(part.state ? 'inbox.noneSuch' : 'inbox.none')}</p>` : html`<ul class="plain cards">${notifications.map((one) => item(view, one, part))}</ul>`}
      ${next !== null && html`<p><a class="button" rel="next" href="${href(inboxAddress({ ...part, after: next }))}">${t('search.next')}</a></p>`}`,
  })
}

const item = (view: View, one: Notification, part: InboxPart): Html => {
  const { t, f } = view
  const { id, pattern, recordId, title, objectUri, senderUri, senderName, state, receivedAt, answerTo } = one
  const isWeb = /^https?:\/\//.test(objectUri)
  const settle = (words: Content, to: string) =>
    press(view, `/inbox/${id}/settle`, words, { state: to, show: part.state, after: part.after })
  return html`<li class="card">
    <h2>${wordsOr(t, `inbox.pattern.${pattern}`, pattern)}</h2>
    <p><a href="${view.href(recordPath(recordId))}">${title}</a></p>
    <p>${t('inbox.from')} <bdi>${senderName}</bdi> <bdi class="long" dir="ltr">${senderUri}</bdi> · ${f.time(receivedAt)}</p>
    <p>${isWeb ? html`<a href="${objectUri}" rel="external nofollow noreferrer"><bdi class="long" dir="ltr">${objectUri}</bdi></a>` : html`<bdi class="long" dir="ltr">${objectUri}</bdi>`}</p>
    ${answerPart(view, one)}
    ${state === 'waiting' ? html`<div class="actions">${settle(t('inbox.accept'), 'accepted')} ${settle(t('inbox.dismiss'), 'dismissed')}</div>` : html`<p>${t(`inbox.state.${state}`)}</p>`}
    ${state === 'accepted' && answerTo && html`<p>${t('inbox.next')}</p>`}
    ${state === 'accepted' && pattern.endsWith('Announced') && html`<p>${t('inbox.shown')}</p>${settle(t('inbox.hide'), 'dismissed')}`}
  </li>`
}

const answerPart = ({ t }: View, { answerTo, answer, answerError, state }: Notification): Content => {
  if (!answerTo) return nothing
  if (state === 'waiting') return html`<p>${t('inbox.answerTo')} <bdi class="long" dir="ltr">${answerTo}</bdi></p>`
  if (answer === 'none') return nothing
  const why = answerError && html` ${wordsOr(t, `problem.${answerError}.title`, answerError)}`
  return html`<p>${t(`inbox.answer.${answer}`)}${why}</p>`
}

export function announcedPage(
  view: View,
  { announcements, next }: { announcements: readonly Announcement[]; next: string | null },
): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('announced.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: t('inbox.title'), path: '/inbox' },
    ])}
      <h1>${t('announced.title')}</h1>
      <p class="lead">${t('announced.lead')}</p>
      ${announcements.length === 0 ? html`<p>${t('announced.none')}</p>` : html`<ul class="plain cards">${announcements.map((one) => announcedItem(view, one))}</ul>`}
      ${next !== null && html`<p><a class="button" rel="next" href="${href(`/inbox/announced?after=${next}`)}">${t('search.next')}</a></p>`}`,
  })
}

const announcedItem = (view: View, { id, recordId, title, to, ...one }: Announcement): Html => {
  const { t, href } = view
  return html`<li class="card">
    <h2><a href="${href(recordPath(recordId))}">${title || t('announced.withdrawn')}</a></h2>
    <p>${t('announced.to')} <bdi class="long" dir="ltr">${to}</bdi></p>
    ${announcementState(view, one)}
    ${canBeTakenBack(one.state) && press(view, `/inbox/announced/${id}/undo`, t('announce.takeBack'))}
  </li>`
}
