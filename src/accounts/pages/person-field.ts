/** The field by which somebody who has an account is found: by name or address, then chosen of those who may be meant. */
import { html, type Html } from '#kernel/html/html.ts'
import { choices, input, type Errors } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'
import type { PersonFound } from '../find-people.ts'

type Parts = {
  label: string
  value: string
  errors: Errors
  /** Those who may be meant by what was typed. */
  found: readonly PersonFound[]
}

export function personField(view: View, { label, value, errors, found }: Parts): Html {
  const { t } = view
  return html`${input(view, { name: 'email', label, hint: t('person.hint'), value, max: 254, errors })}
    ${
      found.length > 0 &&
      html`<input type="hidden" name="accountFor" value="${value}" />${choices(view, {
        name: 'account',
        label: t('person.which'),
        errors,
        type: 'radio',
        values: [],
        of: found.map((one) => ({
          value: one.id,
          label: html`<bdi>${one.name}</bdi> <bdi class="soft">${one.address}</bdi>`,
        })),
      })}`
    }`
}
