/** Whether an organisation is a verified issuer, and who may issue in its name. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { passwordField } from '#accounts/pages/password-field.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, form, input, press, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { plainTitle, type View } from '#ui/view.ts'
import { issuePath } from './issue.ts'

type Member = { account: string; name: string; at: string }
type Shown = {
  organisation: StoredRecord
  since: string | null
  members: readonly Member[]
  typed: string
  errors: Errors
}

export const issuerPath = (id: string): string => `/organisations/${id}/issuing`

export function issuerPage(view: View, { organisation, since, members, typed, errors }: Shown): HttpResponse {
  const { t, f } = view
  const { id, body } = organisation
  const name = plainTitle(view, body)
  const title = t('issuer.title', { organisation: name })
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('issueBadge.title'), path: issuePath },
      { name, path: recordPath(id) },
    ])}
      <h1>${title}</h1>
      <p class="lead">${t('issuer.lead')}</p>
      ${errorSummary(view, errors, (field) => t(field === 'issuerPassword' ? 'account.field.password' : 'issuer.email'))}
      <p>${since ? t('issuer.since', { date: f.day(since.slice(0, 10)) }) : t('issuer.not')}</p>
      ${since ? people(view, { organisation, since, members, typed, errors }) : press(view, issuerPath(id), t('issuer.verify'))}`,
  })
}

function people(view: View, { organisation: { id }, members, typed, errors }: Shown): Html {
  const { t } = view
  return html`<h2>${t('issuer.members')}</h2>
    ${
      members.length > 0
        ? html`<ul>
            ${members.map(
              ({ account, name, at }) =>
                html`<li>
                  <bdi>${name}</bdi> · ${t('validity.from', { from: view.f.day(at.slice(0, 10)) })}
                  ${press(view, `${issuerPath(id)}/remove`, t('issuer.removeMember', { name }), { account })}
                </li>`,
            )}
          </ul>`
        : html`<p>${t('issuer.noMembers')}</p>`
    }
    ${form(
      view,
      `${issuerPath(id)}/members`,
      html`${input(view, { name: 'email', label: t('issuer.email'), type: 'email', value: typed, errors, direction: 'ltr', max: 254 })}
        ${passwordField(view, { name: 'issuerPassword', hasPassword: true, errors, hint: t('account.proof.hint') })}
        <p class="go"><button>${t('issuer.addMember')}</button></p>`,
    )}
    <p>${t('issuer.endHint')}</p>
    ${press(view, `${issuerPath(id)}/end`, t('issuer.end'))}`
}
