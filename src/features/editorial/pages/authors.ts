/** Who writes a draft, who is asked to, and who reviews it. */
import { html, type Html } from '#kernel/html/html.ts'
import { nobody } from '../drafts/nobody.ts'
import { takesAuthors } from '../drafts/states.ts'
import { form, input, press } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'
import type { DraftParts } from './draft.ts'
import { nothingRefused } from './refused.ts'

export function authorsOf(
  view: View,
  { draft, authors, assignments, invited, refused = nothingRefused }: DraftParts,
): Html {
  const { t, f } = view
  const at = `/drafts/${draft.id}/authors`
  return html`<h2>${t('draft.people')}</h2>
    <ul>
      ${draft.authorsUnnamed && html`<li><em>${t('draft.authorsUnnamed')}</em></li>`}
      ${draft.ownerId === nobody && !draft.authorsUnnamed && html`<li><em>${t('anonymous.author')}</em></li>`}
      ${authors.map((name) => html`<li><bdi>${name}</bdi> · ${t('draft.author')}</li>`)}
      ${invited.map(({ email }) => html`<li><bdi>${email}</bdi> · ${takesAuthors(draft.state) ? t('draft.invited') : t('draft.invitedTooLate')} ${press(view, `${at}/withdrawal`, t('draft.withdrawInvitation'), { email })}</li>`)}
      ${assignments.map((one) => html`<li><bdi>${one.reviewer}</bdi> · ${t('role.reviewer')}${one.dueOn && html` · ${t('queue.due', { day: f.day(one.dueOn) })}`}</li>`)}
    </ul>
    ${
      draft.mayWrite &&
      draft.ownerId !== nobody &&
      form(
        view,
        at,
        html`${input(view, { name: 'email', label: t('draft.invite'), hint: t('draft.inviteHint'), type: 'email', direction: 'ltr', errors: refused.errors, value: refused.typed.get('email') ?? '' })}
          <button>${t('draft.inviteButton')}</button>`,
      )
    }
    ${draft.mayWrite && authors.length > 1 && press(view, `${at}/leave`, t('draft.leave'))}`
}
