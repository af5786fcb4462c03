/** The form that a reviewer fills in, and the reviews of a submission side by side. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText, directionOf, isLanguage } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import type { Criterion } from '../rubric.ts'
import type { Written, WrittenReviews } from '../reviewing/write.ts'
import { recordPath } from '#ui/cards.ts'
import { draftPath, draftTitle } from './draft.ts'
import { choices, errorSummary, field, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'

const none: Errors = new Map()
const verdicts = ['sound', 'weaknesses'] as const

/** The fields of the form, in their order: so that each error finds its place. */
export const fieldsOfReview = (criteria: readonly Criterion[]): string[] => [
  ...criteria.flatMap(({ code }) => [`level.${code}`, `reason.${code}`]),
  'summary',
  'strong',
  'weak',
  'verdict',
]

export type ReviewForm = {
  draft: DraftShape
  written: WrittenReviews
  /** What is in the fields: as it was saved, or as it was typed. */
  typed: ReadonlyMap<string, string>
  isSaved?: boolean
  errors?: Errors
}

const around = (view: View, draft: DraftShape) =>
  crumbs(view, [
    { name: view.t('nav.desk'), path: '/desk' },
    { name: draftTitle(view, draft), path: draftPath(draft.id) },
  ])

export function reviewFormPage(
  view: View,
  { draft, written, typed, isSaved = false, errors = none }: ReviewForm,
): HttpResponse {
  const { t, f, href } = view
  const { rubric } = written
  const criteria = rubric?.criteria ?? []
  const labels = new Map(
    criteria.map(({ code, name }) => [code, bestText(name, view.language, rubric!.originalLanguage).text]),
  )
  const labelOf = (name: string): string => {
    const [, part, code = ''] = /^(level|reason)\.(.+)$/.exec(name) ?? []
    if (!part) return wordsOr(t, `reviewing.${name}`, name)
    return part === 'reason'
      ? t('reviewing.reasonFor', { criterion: labels.get(code) ?? '' })
      : (labels.get(code) ?? '')
  }
  const area = (name: string, rows: number, isRequired: boolean, hint?: string) =>
    field(
      view,
      { name, label: labelOf(name), hint, errors, isRequired },
      (marks) => html`<textarea${marks} rows="${rows}" dir="auto">\n${typed.get(name) ?? ''}</textarea>`,
    )
  return page(view, {
    title: t('reviewing.title'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${around(view, draft)}
      <div class="narrow">
        <h1>${t('reviewing.title')}</h1>
        <p class="lead">${draftTitle(view, draft)}</p>
        <p>${f.sentences(t('reviewing.alone'), t(`reviewing.named.${draft.asks.reviewersNamed ? 'yes' : 'no'}`), t(`reviewing.published.${draft.asks.publishesReviews ? 'yes' : 'no'}`))}</p>
        ${rubric && html`<p><a href="${href(recordPath(rubric.id))}">${textOf(view, rubric.title, rubric.originalLanguage)}</a></p>`}
        ${isSaved && html`<p class="note" role="status">${t('draft.saved')}</p>`}
        ${errorSummary(view, errors, labelOf)}
        ${form(
          view,
          `${draftPath(draft.id)}/review`,
          html`${criteria.map((one) => criterionFields(view, one, { rubric: rubric!, typed, errors, area }))}
            ${area('summary', 4, false)} ${area('strong', 4, false)} ${area('weak', 4, false)}
            ${choices(view, { name: 'verdict', label: t('draft.field.verdict'), errors, type: 'radio', values: [typed.get('verdict') ?? ''], of: verdicts.map((one) => ({ value: one, label: t(`review.${one}`) })) })}
            <div class="row">
              <button class="quiet" name="go" value="save">${t('reviewing.save')}</button>
              <button name="go" value="handIn">${t('reviewing.handIn')}</button>
            </div>
            <p class="hint">${t('reviewing.final')}</p>`,
        )}
      </div>`,
  })
}

function criterionFields(
  view: View,
  { code, name, asks, levels }: Criterion,
  {
    rubric: { originalLanguage },
    typed,
    errors,
    area,
  }: {
    rubric: { originalLanguage: string }
    typed: ReadonlyMap<string, string>
    errors: Errors
    area: (name: string, rows: number, isRequired: boolean) => Html
  },
): Html {
  const level = `level.${code}`
  return html`<section class="criterion">
    ${choices(view, {
      name: level,
      label: textOf(view, name, originalLanguage),
      hint: asks && textOf(view, asks, originalLanguage),
      errors,
      type: 'radio',
      values: [typed.get(level) ?? ''],
      of: levels.map((one) => ({
        value: String(one.number),
        label: html`${view.f.number(one.number)} · ${textOf(view, one.name ?? one.description, originalLanguage)}`,
        ...(one.name && { hint: textOf(view, one.description, originalLanguage) }),
      })),
    })}
    ${area(`reason.${code}`, 2, true)}
  </section>`
}

/** Reviews of one submission: each criterion a row, each reviewer a column, and how far they agree. */
export function reviewsPage(view: View, draft: DraftShape, written: WrittenReviews): HttpResponse {
  const { t, f } = view
  const { reviews, waitingFor, needed, agreement } = written
  const handedIn = reviews.filter(({ handedInAt }) => handedInAt !== null)
  const numbered = handedIn.map((one, at): Numbered => ({ ...one, number: at + 1 }))
  const shown = numbered.filter(({ isEarlier }) => !isEarlier)
  const earlier = Map.groupBy(
    numbered.filter(({ isEarlier }) => isEarlier),
    ({ round }) => round,
  )
  return page(view, {
    title: t('reviewing.all'),
    unlisted: true,
    keep: false,
    main: html`${around(view, draft)}
      <h1>${t('reviewing.all')}</h1>
      <p class="lead">${draftTitle(view, draft)}</p>
      <p>${f.sentences(t('reviewing.count', { count: shown.length }), needed !== null && t('reviewing.needed', { count: needed }), waitingFor > 0 && t('reviewing.waiting', { count: waitingFor }))}</p>
      ${agreement && agreementBox(view, agreement)}
      ${shown.length > 0 && sideBySide(view, written, shown)}
      ${shown.map((one) => oneReview(view, written, one))}
      ${[...earlier].map(([round, all]) => earlierRound(view, written, round, all))}`,
  })
}

/** Those who stay unnamed are told apart by a number. */
type Numbered = Written & { number: number }

const nameOf = ({ t }: View, { reviewer, isOwn, number }: Numbered): Content =>
  isOwn ? t('reviewing.you') : reviewer ? html`<bdi>${reviewer}</bdi>` : t('reviewing.unnamed', { number })

/** What was found of the text before it was submitted anew. */
const earlierRound = (view: View, written: WrittenReviews, round: number, reviews: readonly Numbered[]): Html =>
  html`<section class="note" aria-labelledby="round-${round}">
    <h2 id="round-${round}">${view.t('reviewing.earlier', { round })}</h2>
    <p>${view.t('reviewing.earlierText')}</p>
    ${sideBySide(view, written, reviews)} ${reviews.map((one) => oneReview(view, written, one))}
  </section>`

const agreementBox = ({ t, f }: View, { alpha, reads, criteria }: NonNullable<WrittenReviews['agreement']>): Html =>
  html`<section class="note" aria-labelledby="agreement">
    <h2 id="agreement">${t('agreement.title')}</h2>
    <p><strong>${t(`agreement.${reads}`)}</strong>${alpha !== null && ` ${t('agreement.alpha', { alpha: f.decimal(alpha), count: criteria })}`}</p>
    <p class="small">${t('agreement.about')}</p>
  </section>`

function sideBySide(view: View, { rubric }: WrittenReviews, reviews: readonly Numbered[]): Html {
  const { t, f } = view
  const levelOf = ({ scores }: Written, code: string) => scores.find(({ criterion }) => criterion === code)?.level
  return html`<div class="wide" tabindex="0" role="region" aria-label="${t('scores.title')}">
    <table>
      <caption class="hidden">
        ${t('scores.title')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('scores.criterion')}</th>
          ${reviews.map((one) => html`<th scope="col">${nameOf(view, one)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${(rubric?.criteria ?? []).map(
          ({ code, name }) =>
            html`<tr>
              <th scope="row">${textOf(view, name, rubric!.originalLanguage)}</th>
              ${reviews.map((one) => html`<td>${levelOf(one, code) === undefined ? '—' : f.number(levelOf(one, code)!)}</td>`)}
            </tr>`,
        )}
        <tr>
          <th scope="row">${t('draft.field.verdict')}</th>
          ${reviews.map(({ verdict }) => html`<td>${verdict ? t(`review.${verdict}`) : '—'}</td>`)}
        </tr>
      </tbody>
    </table>
  </div>`
}

function oneReview(view: View, { rubric }: WrittenReviews, one: Numbered): Html {
  const { t, f } = view
  const said = (words: string): Content =>
    html`<p lang="${one.language}" dir="${isLanguage(one.language) ? directionOf(one.language) : 'auto'}">${words}</p>`
  const heading = (words: string) => (one.isEarlier ? html`<h4>${words}</h4>` : html`<h3>${words}</h3>`)
  const parts = (['summary', 'strong', 'weak'] as const).filter((name) => one[name].trim())
  return html`<section>
    ${one.isEarlier ? html`<h3>${nameOf(view, one)}</h3>` : html`<h2>${nameOf(view, one)}</h2>`}
    <p class="soft">${f.time(one.handedInAt!)}</p>
    ${parts.map((name) => html`${heading(t(`reviewing.${name}`))}${said(one[name])}`)}
    ${one.scores.length > 0 && html`${heading(t('reviewing.reasons'))}<ul>${one.scores.map(({ criterion, level, reason }) => html`<li>${criterionName(view, rubric, criterion)}${view.f.colon}${level === undefined ? '—' : f.number(level)} ${reason && said(reason)}</li>`)}</ul>`}
  </section>`
}

function criterionName(view: View, rubric: WrittenReviews['rubric'], criterion: string): Content {
  const asked = rubric?.criteria.find(({ code }) => code === criterion)
  return asked ? textOf(view, asked.name, rubric!.originalLanguage) : criterion
}

/** Beside a draft: the way to one’s review, and to those that are there. */
export function reviewLinks(view: View, draftId: string, { mayWrite, reviews, waitingFor }: WrittenReviews): Content {
  const { t, f, href } = view
  const handedIn = reviews.filter(({ handedInAt }) => handedInAt !== null)
  const count = handedIn.filter(({ isEarlier }) => !isEarlier).length
  const before = handedIn.length - count
  if (!mayWrite && handedIn.length === 0 && waitingFor === 0) return nothing
  return html`${mayWrite && html`<p><a class="button" href="${href(`${draftPath(draftId)}/review`)}">${t('reviewing.title')}</a></p>`}
    <p><a href="${href(`${draftPath(draftId)}/reviews`)}">${t('reviewing.all')}</a>${f.bracketed(f.sentences(t('reviewing.count', { count }), waitingFor > 0 && t('reviewing.waiting', { count: waitingFor }), before > 0 && t('reviewing.before', { count: before })))}</p>`
}
