/** What review found of a record, for every reader; and, for who is signed in, the way to mend it. */
import { html, type Html } from '#core/html/html.ts'
import type { Care } from '../care/care.ts'
import type { Review } from '../drafts/told.ts'
import type { Kept } from '../record/record.ts'
import { press } from './forms.ts'
import type { View } from './view.ts'

/** That nobody has looked after a record lately is said before anything else of it. */
export function careNotice({ t }: View, { stage }: Care): Html | false {
  return stage !== 'fresh' && html`<p class="warning">${t(`care.${stage}`)}</p>`
}

/** Who looks after it; for them, the button that says it is true still. */
export function careBox(view: View, { owner, ownerId, lookAgainOn, stage }: Care, id: string): Html | false {
  const { t, f, session } = view
  if (!lookAgainOn || !owner) return false
  const isOwn = session?.id === ownerId || session?.roles.includes('curator')
  return html`<p class="small">${t('care.owner', { name: owner, day: f.day(lookAgainOn) })}</p>
    ${isOwn && stage !== 'fresh' && press(view, `/records/${id}/care`, t('care.confirm'))}`
}

/** Not reviewed, under review, reviewed with weaknesses, reviewed and sound: never by colour alone. */
export function reviewBox(
  view: View,
  review: Review,
  record: Pick<Kept, 'id' | 'revision' | 'status'>,
  isOld: boolean,
): Html {
  const { t, f, session } = view
  const isOlder = review.revision !== null && review.revision < record.revision
  return html`<section class="review ${review.state}" aria-labelledby="review">
    <h2 id="review">${t('review.title')}</h2>
    <p><strong>${t(`review.${review.state}`)}</strong></p>
    ${review.at && html`<p>${t('review.by', { day: f.day(review.at.slice(0, 10)), people: review.reviewers.length > 0 ? f.list(review.reviewers) : t('review.unnamed') })}</p>`}
    ${isOlder && html`<p>${t('review.older', { revision: review.revision! })}</p>`}
    ${review.note && html`<blockquote dir="auto">${review.note}</blockquote>`}
    ${session && !isOld && press(view, `/records/${record.id}/change`, t('review.change'))}
  </section>`
}
