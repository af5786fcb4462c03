/** The official focal point of a country submits a record in its name, or takes that back. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Hindrance } from '../submit.ts'
import type { Linked } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, field, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'

const rel = 'submitsNationally'
export const nationalPath = (id: string) => `${recordPath(id)}/national-submission`

/** Above all else of a record: which countries have submitted it. */
export function nationalNotice(view: View, links: readonly Linked[]): Content {
  const found = links.filter((one) => one.direction === 'from' && one.rel === rel)
  if (found.length === 0) return nothing
  return html`<p class="note national">
    ${found.map((one) => html`<a href="${view.href(recordPath(one.id))}">${textOf(view, one.title, one.originalLanguage)}</a> `)}
  </p>`
}

/** For focal points: the way to submit it. */
export const nationalLink = (view: View, { id, body }: Pick<StoredRecord, 'id' | 'body'>): Content =>
  view.session?.roles.includes('focal-point') && body.countries
    ? html`<p class="not-printed"><a href="${view.href(nationalPath(id))}">${view.t('national.link')}</a></p>`
    : nothing

export type NationalOffer = { country: string; hindrance: Hindrance | null; submission: string | null }

export function nationalPage(
  view: View,
  { record, offer, typed, errors }: { record: StoredRecord; offer: NationalOffer; typed: string; errors: Errors },
): HttpResponse {
  const { t } = view
  const country = plainLabel(view, 'countries', offer.country)
  const title = t('national.title', { country })
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: textOf(view, record.body.title, record.body.originalLanguage), path: recordPath(record.id) }])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, (name) => wordsOr(t, `national.field.${name}`, name))}
        ${offer.hindrance === null ? submitForm(view, record.id, { typed, errors }) : hindered(view, record.id, offer, { country, typed, errors })}
      </div>`,
  })
}

type Given = { typed: string; errors: Errors }

const submitForm = (view: View, id: string, { typed, errors }: Given): Html => html`
  <p class="lead">${view.t('national.lead')}</p>
  ${form(
    view,
    nationalPath(id),
    html`${longField(view, 'statement', { typed, errors }, false)}
      <button>${view.t('national.button')}</button>`,
  )}
`

function hindered(
  view: View,
  id: string,
  { hindrance, submission }: NationalOffer,
  given: Given & { country: string },
): Html {
  const { t, href } = view
  if (hindrance !== 'done')
    return html`<p class="notice">${t(`national.hindrance.${hindrance!}`, { country: given.country })}</p>`
  return html`<p class="notice">
      ${t('national.done', { country: given.country })}
      ${submission && html`<a href="${href(recordPath(submission))}">${t('national.see')}</a>`}
    </p>
    <h2>${t('national.retract')}</h2>
    ${form(
      view,
      `${nationalPath(id)}/retraction`,
      html`${longField(view, 'reason', given, true)}
        <button class="danger">${t('national.retractButton')}</button>`,
    )}`
}

const longField = (view: View, name: 'statement' | 'reason', { typed, errors }: Given, isRequired: boolean): Html =>
  field(
    view,
    { name, label: view.t(`national.field.${name}`), hint: view.t(`national.hint.${name}`), errors, isRequired },
    (marks) => html`<textarea${marks} rows="4" dir="auto">${typed}</textarea>`,
  )
