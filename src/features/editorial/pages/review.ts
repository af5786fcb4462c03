/** What review found of a record, for every reader; and, for who is signed in, the way to mend it. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import type { Stewardship } from '#features/stewardship/stewardship.ts'
import type { Review } from '../drafts/timeline.ts'
import { isOf, type BodyOf, type Kind } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { review, type Score } from '../review.ts'
import { leaf } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { scoreFigure } from './scores.ts'
import { label, textOf, type View } from '#ui/view.ts'

/** That nobody has looked after a record lately is said before anything else of it. */
export function careNotice({ t }: View, { stage }: Stewardship): Html | false {
  return stage !== 'fresh' && html`<p class="warning">${t(`care.${stage}`)}</p>`
}

/** Who looks after it; for them, the button that says it is true still. */
export function careBox(view: View, { owner, ownerId, lookAgainOn, stage }: Stewardship, id: string): Html | false {
  const { t, f, session } = view
  if (!lookAgainOn || !owner) return false
  const isOwn = session?.id === ownerId || session?.roles.includes('curator')
  return html`<p class="small">${t('care.owner', { name: owner, day: f.day(lookAgainOn) })}</p>
    ${isOwn && stage !== 'fresh' && press(view, `/records/${id}/care`, t('care.confirm'))}`
}

/**
 * How far it was checked, in one place: by this node (not reviewed, under review, with weaknesses, sound: never by colour
 * alone), by its source, and how strong the evidence in it is; with a legend, as each says something of its own.
 */
export function reviewBox(
  view: View,
  kind: Kind,
  found: Review,
  record: StoredRecord,
  isOld: boolean,
  /** The reviews themselves, where they were published. */
  reviews: readonly StoredRecord[] = [],
): Html {
  const { t, f, href } = view
  const isOlder = found.changedSince && found.revision !== null && found.revision < record.revision
  return html`<section class="review ${found.state}" aria-labelledby="review">
    <h2 id="review">${t('trust.title')}</h2>
    ${signals(view, kind, found, record)}
    ${found.at && html`<p>${t('review.by', { day: f.day(found.at.slice(0, 10)), people: reviewersOf(view, found) })}</p>`}
    ${reviews.length > 0 && html`<ul>${reviews.filter(isOf(review)).map(({ id, body }) => html`<li><a href="${href(`/records/${id}`)}">${textOf(view, body.title, body.originalLanguage)} (${writersOf(view, body)})</a></li>`)}</ul>`}
    ${isOlder && html`<p>${t('review.older', { revision: found.revision! })}</p>`}
    ${found.note && html`<blockquote dir="auto">${found.note}</blockquote>`}
    ${changeButton(view, record, isOld)}
  </section>`
}

type Signal = { name: 'here' | 'source' | 'evidence'; said: Content; by?: string | undefined }

function signals(view: View, kind: Kind, { state }: Review, { body, origin }: StoredRecord): Html {
  const { t } = view
  const atSource = fieldsOf(kind).find(({ name }) => name === kind.checkedAtSource)
  const [status] = atSource?.valuesIn(body) ?? []
  const all: Signal[] = [
    { name: 'here', said: t(`review.${state}`), by: view.site.name },
    ...(atSource && status !== undefined
      ? [
          {
            name: 'source' as const,
            said: leaf(view, atSource.field, status),
            by: origin?.collection && view.site.collectionTitles.get(origin.collection),
          },
        ]
      : []),
    ...(typeof body.evidenceLevel === 'string'
      ? [{ name: 'evidence' as const, said: label(view, 'evidence-levels', body.evidenceLevel) }]
      : []),
  ]
  return html`<dl>
      ${all.map(({ name, said, by }) => html`<dt>${t(`trust.${name}`)}${by && html` <span class="small">(<bdi>${by}</bdi>)</span>`}</dt><dd><strong>${said}</strong></dd>`)}
    </dl>
    <details class="small">
      <summary>${t('trust.legend')}</summary>
      <ul>
        ${all.map(({ name }) => html`<li>${t(`trust.${name}`)}${view.f.colon}${t(`trust.${name}.about`)}</li>`)}
      </ul>
    </details>`
}

/** Anybody may suggest a change; who has not signed in does so first, and comes back. */
export const changeButton = (view: View, { id }: Pick<StoredRecord, 'id'>, isOld: boolean): Content =>
  isOld
    ? nothing
    : view.session
      ? press(view, `/records/${id}/change`, view.t('review.change'))
      : html`<p class="not-printed"><a href="${view.href(`/records/${id}/change`)}" rel="nofollow">${view.t('review.change')}</a></p>`

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
export function reviewScores(view: View, reviews: readonly StoredRecord[]): Content {
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
