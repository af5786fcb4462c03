/** Who is verified to speak for an organisation; curators add people and take them out. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { passwordField } from '#accounts/pages/password-field.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, form, input, press, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { plainTitle, textOf, type View } from '#ui/view.ts'

type Member = { account: string; name: string; at: string }
type Shown = { organisation: StoredRecord; members: readonly Member[]; typed: string; errors: Errors }

export const membersPath = (id: string): string => `/organisations/${id}/members`

export function membersPage(view: View, { organisation, members, typed, errors }: Shown): HttpResponse {
  const { t, href } = view
  const { id, body } = organisation
  return page(view, {
    title: t('members.title', { organisation: plainTitle(view, body) }),
    status: errors.size > 0 ? 422 : 200,
    main: html`<h1>${t('members.title', { organisation: plainTitle(view, body) })}</h1>
      <p class="lead">${t('members.lead')}</p>
      <p><a href="${href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></p>
      ${errorSummary(view, errors, (name) => t(name === 'appointPassword' ? 'account.field.password' : 'members.email'))}
      ${
        members.length > 0
          ? html`<ul>
              ${members.map((one) => member(view, id, one))}
            </ul>`
          : html`<p>${t('members.none')}</p>`
      }
      ${form(
        view,
        membersPath(id),
        html`${input(view, { name: 'email', label: t('members.email'), type: 'email', value: typed, errors, direction: 'ltr', max: 254 })}
          ${passwordField(view, { name: 'appointPassword', hasPassword: true, errors, hint: t('account.proof.hint') })}
          <p class="go"><button>${t('members.verify')}</button></p>`,
      )}`,
  })
}

const member = (view: View, id: string, { account, name, at }: Member): Html =>
  html`<li>
    ${name} · ${view.t('members.since', { date: view.f.day(at.slice(0, 10)) })}
    ${press(view, `${membersPath(id)}/end`, view.t('members.end', { name }), { account })}
  </li>`
