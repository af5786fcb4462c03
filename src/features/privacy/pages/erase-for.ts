/** Before an operator erases an account: whose it is, what goes, what stays, and what they choose for that person. */
import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { AccountLine } from '#accounts/manage-accounts.ts'
import { passwordField } from '#accounts/pages/password-field.ts'
import { choices, errorSummary, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

export type EraseForParts = { account: AccountLine; chosen?: string; errors?: Errors }

export function eraseForPage(view: View, { account, chosen = '', errors = new Map() }: EraseForParts): HttpResponse {
  const { t, href } = view
  const title = t('eraseFor.title')
  const own = `/people/${account.id}`
  const labels: Record<string, string> = {
    keepName: t('eraseFor.keepName'),
    erasePassword: t('account.field.password'),
  }
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: t('people.title'), path: '/people' },
      { name: html`<bdi>${account.name || t('people.noName')}</bdi>`, path: own },
    ])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, (name) => labels[name] ?? name)}
        <p class="lead"><bdi>${account.name || t('people.noName')}</bdi> · <bdi class="long">${account.email}</bdi></p>
        <p>${t('eraseFor.who')}</p>
        <h2>${t('eraseFor.goes')}</h2>
        <p>${t('eraseFor.goesText')}</p>
        <h2>${t('eraseFor.stays')}</h2>
        <p>${t('eraseFor.staysText')}</p>
        ${form(
          view,
          `${own}/erase`,
          html`${choices(view, {
            name: 'keepName',
            label: labels.keepName,
            hint: t('eraseFor.keepNameHint'),
            errors,
            type: 'radio',
            values: [chosen],
            of: [
              { value: 'false', label: t('eraseFor.dropName') },
              { value: 'true', label: t('eraseFor.stayNamed') },
            ],
          })}
            ${passwordField(view, { name: 'erasePassword', hasPassword: true, errors, hint: t('people.vouchPassword') })}
            <p><button class="danger">${t('eraseFor.button')}</button> <a href="${href(own)}">${t('eraseFor.cancel')}</a></p>`,
        )}
      </div>`,
  })
}
