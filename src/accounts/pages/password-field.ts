/** Whose password it is, for password managers; it is not sent. */
export const usernameOf = ({ session }: View): Content =>
  session?.email
    ? html`<input type="text" autocomplete="username" value="${session.email}" hidden readonly />`
    : nothing

/** The field in which a signed-in person confirms their password; people without one still see what is wrong. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { fieldId, input, type Errors } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'

type Parts = { name: string; hasPassword: boolean; errors: Errors; hint?: string }

export function passwordField(view: View, { name, hasPassword, errors, hint }: Parts): Html | undefined {
  if (hasPassword)
    return html`${usernameOf(view)} ${input(view, {
      name,
      label: view.t('account.field.password'),
      ...(hint && { hint }),
      type: 'password',
      autocomplete: 'current-password',
      direction: 'ltr',
      errors,
    })}`
  const error = errors.get(name)
  return error ? html`<p class="error" id="${fieldId(name)}" tabindex="-1">${error}</p>` : undefined
}
