/** What review found of a record, for every reader; and, for who is signed in, the way to mend it. */
import { html, nothing, type Content, type Html } from '#core/html/html.ts'
import { bestText } from '#core/languages/languages.ts'
import type { Care } from '../care/care.ts'
import type { Review } from '../drafts/told.ts'
import { isOf, type BodyOf } from '../kind.ts'
import type { Kept } from '../record/record.ts'
import { review, type Score } from '../review.ts'
import { press } from './forms.ts'
import { scoreFigure } from './scores.ts'
import { textOf, type View } from './view.ts'

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
  found: Review,
  record: Pick<Kept, 'id' | 'revision' | 'status'>,
  isOld: boolean,
  /** The reviews themselves, where they were published. */
  reviews: readonly Kept[] = [],
): Html {
  const { t, f, href } = view
  const isOlder = found.revision !== null && found.revision < record.revision
  return html`<section class="review ${found.state}" aria-labelledby="review">
    <h2 id="review">${t('review.title')}</h2>
    <p><strong>${t(`review.${found.state}`)}</strong></p>
    ${found.at && html`<p>${t('review.by', { day: f.day(found.at.slice(0, 10)), people: reviewersOf(view, found) })}</p>`}
    ${reviews.length > 0 && html`<ul>${reviews.filter(isOf(review)).map(({ id, body }) => html`<li><a href="${href(`/records/${id}`)}">${textOf(view, body.title, body.originalLanguage)} (${writersOf(view, body)})</a></li>`)}</ul>`}
    ${isOlder && html`<p>${t('review.older', { revision: found.revision! })}</p>`}
    ${found.note && html`<blockquote dir="auto">${found.note}</blockquote>`}
    ${changeButton(view, record, isOld)}
  </section>`
}

/** For who is signed in. */
export const changeButton = (view: View, { id }: Pick<Kept, 'id'>, isOld: boolean): Content =>
  view.session && !isOld ? press(view, `/records/${id}/change`, view.t('review.change')) : nothing

/** By whom a review is, so that several can be told apart. */
const writersOf = ({ t, f }: View, { creators = [] }: BodyOf<typeof review>): Content => {
  const names = creators.map(({ name }) => name)
  return names.length > 0 ? html`<bdi>${f.list(names)}</bdi>` : t('comment.unnamed')
}

/** Who reviewed it, or who appointed those that stay unnamed. */
function reviewersOf(view: View, { reviewers, appointedBy }: Review): string {
  const { t, f, language } = view
  if (reviewers.length > 0) return f.list(reviewers)
  if (!appointedBy) return t('review.unnamed')
  return t('review.appointed', { collection: bestText(appointedBy.title, language, appointedBy.originalLanguage).text })
}

/** What reviewers gave on average for each criterion, of the reviews by one rubric of the newest version reviewed. */
export function reviewScores(view: View, reviews: readonly Kept[]): Content {
  const all = reviews.filter(isOf(review))
  const newest = Math.max(0, ...all.map(({ body }) => body.revision ?? 0))
  const of = all.filter(({ body }) => !body.earlierText && (body.revision ?? 0) === newest && body.scores)
  const same = of.filter(({ body }) => body.rubric === of[0]!.body.rubric)
  const given = same.flatMap(({ body }) => body.scores ?? [])
  const averages = [...new Set(given.map(({ criterion }) => criterion))].map((criterion): Score => {
    const all = given.filter((one) => one.criterion === criterion)
    const { reason: _, ...first } = all[0]!
    return { ...first, level: all.reduce((sum, { level }) => sum + level, 0) / all.length }
  })
  if (averages.length === 0) return nothing
  return html`<section>
    <h2>${view.t('review.scores', { count: same.length })}</h2>
    ${scoreFigure(view, averages, same[0]!.body.originalLanguage, 'review-scores')}
  </section>`
}
