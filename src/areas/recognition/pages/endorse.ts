/** Endorsing an achievement or an issuer, and the endorsements on their pages. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, field, form, input, select, type Choice, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { plainTitle, textOf, type View } from '#ui/view.ts'
import type { EndorsementLine } from '../endorsements/endorsements.ts'
import { issuePath } from './issue.ts'

export const endorsePath = (id: string): string => `/records/${id}/endorse`
export const endorsementPath = (id: string): string => `/credential-endorsements/${id}`
export const endorseFields = ['organisation', 'comment', 'until'] as const

type Shown = {
  target: StoredRecord
  organisations: readonly Choice[]
  isCurator: boolean
  typed?: Partial<Record<string, string>>
  errors?: Errors
}

export function endorsePage(
  view: View,
  { target, organisations, isCurator, typed = {}, errors = new Map() }: Shown,
): HttpResponse {
  const { t } = view
  const name = plainTitle(view, target.body)
  const title = t('endorse.title', { title: name })
  const labels: Record<string, string> = {
    organisation: t('endorse.organisation'),
    comment: t('endorse.comment'),
    until: t('issueBadge.until'),
  }
  const parts = (one: string) => ({ name: one, label: labels[one]!, errors, value: typed[one] ?? '' })
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name, path: recordPath(target.id) }])}
      <h1>${title}</h1>
      <p class="lead">${t('endorse.lead')}</p>
      ${errorSummary(view, errors, (one) => labels[one] ?? one)}
      ${form(
        view,
        endorsePath(target.id),
        html`${select(view, { ...parts('organisation'), choices: organisations, ...(isCurator && { empty: view.site.name, isRequired: false }) })}
          ${field(view, { ...parts('comment'), hint: t('endorse.commentHint') }, (marks) => html`<textarea${marks} rows="4" maxlength="2000">\n${typed['comment'] ?? ''}</textarea>`)}
          ${input(view, { ...parts('until'), isRequired: false, type: 'date' })}
          <p class="go"><button>${t('endorse.go')}</button></p>`,
      )}`,
  })
}

/** `mayRevoke`: the reader may issue for this one. */
export function endorsementPart(
  view: View,
  lines: readonly EndorsementLine[],
  mayRevoke: (organisation: string) => boolean,
): Html {
  if (lines.length === 0) return nothing
  const { t, f, href } = view
  return html`<section aria-labelledby="signed-endorsements">
    <h2 id="signed-endorsements">${t('endorse.many')}</h2>
    <ul>
      ${lines.map(
        ({ id, organisation, title, originalLanguage, comment, at, validUntil }) =>
          html`<li>
            ${organisation ? html`<a href="${href(recordPath(organisation))}">${textOf(view, title, originalLanguage)}</a>` : view.site.name},
            ${f.day(at.slice(0, 10))}${view.f.colon}<bdi>${comment}</bdi>
            ${validUntil && html`<span class="small">${t('validity.until', { until: f.day(validUntil) })}</span>`}
            <a class="small" href="${href(`/verify?address=${encodeURIComponent(view.absolute(endorsementPath(id)))}`)}" rel="nofollow">${t('endorse.verify')}</a>
            ${mayRevoke(organisation) && html`<a class="small" href="${href(`${issuePath}/${id}`)}">${t('endorse.revoke')}</a>`}
          </li>`,
      )}
    </ul>
  </section>`
}
