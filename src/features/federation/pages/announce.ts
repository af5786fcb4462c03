/** On the page of a review or an endorsement, for curators: where it can be announced, and what came of that. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { press } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'
import type { AnnouncementTarget } from '../inbox/announcements.ts'
import type { Announcement } from '../inbox/made.ts'

export function announcePart(view: View, id: string, targets: readonly AnnouncementTarget[]): Content {
  if (targets.length === 0) return nothing
  const { t } = view
  return html`<section aria-labelledby="announce" class="not-printed">
    <h2 id="announce">${t('announce.title')}</h2>
    <p>${t('announce.lead')}</p>
    <ul class="plain cards">${targets.map((one) => html`<li class="card">${target(view, id, one)}</li>`)}</ul>
  </section>`
}

/** Pressed again, it is announced anew. */
const again = { open: 'press', failed: 'again', takenBack: 'anew', notTakenBack: 'anew' } as const
export const canBeTakenBack = (state: AnnouncementTarget['state']): boolean => state === 'sent' || state === 'waiting'

function target(view: View, id: string, { request, to, state, made, ...told }: AnnouncementTarget): Html {
  const { t } = view
  const words = again[state as keyof typeof again]
  return html`<p>${t(request ? 'announce.toAsker' : 'announce.toPage')} <bdi class="long" dir="ltr">${to}</bdi></p>
    ${state !== 'open' && announcementState(view, { state, ...told })}
    ${words && press(view, `/records/${id}/announce`, t(`announce.${words}`), request ? { request } : {})}
    ${canBeTakenBack(state) && press(view, `/records/${id}/announce`, t('announce.takeBack'), { undo: made })}`
}

/** What came of it, why, and when it was asked for. */
export function announcementState(
  view: View,
  { state, error, at }: Pick<Announcement, 'state' | 'error' | 'at'>,
): Html {
  const { t, f } = view
  const why = error === 'noInbox' ? t('announce.noInbox') : error && wordsOr(t, `problem.${error}.title`, error)
  return html`<p>${t(`announce.state.${state}`)}${why && html` ${why}`}${at && html` <span class="small">${f.time(at)}</span>`}</p>`
}
