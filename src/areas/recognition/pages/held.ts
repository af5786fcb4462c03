/** On the account page: credentials that were issued to its email address, and all of them as one file. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { press } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'
import type { HeldLine } from '../learner-records/operations.ts'

export const heldPath = '/account/learner-record'

export function heldPart(view: View, lines: readonly HeldLine[]): Content {
  if (lines.length === 0) return nothing
  const { t, href } = view
  const count = lines.filter(({ state }) => state === 'valid').length
  return html`<section aria-labelledby="credentials">
    <h2 id="credentials">${t('learnerRecord.mine')}</h2>
    <ul>
      ${lines.map(
        ({ title, issuer, state, path }) =>
          html`<li>
            <a href="${href(path)}" rel="nofollow"><bdi>${title}</bdi></a> · <bdi>${issuer}</bdi>
            ${state !== 'valid' && t(state === 'revoked' ? 'issueBadge.revoked' : 'issueBadge.suspended')}
          </li>`,
      )}
    </ul>
    ${count > 0 && html`<p>${t('learnerRecord.mineLead', { count })}</p> ${press(view, heldPath, t('learnerRecord.go'))}`}
  </section>`
}
