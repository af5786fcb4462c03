/** On the account page: credentials of what somebody published and reviewed. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { recordPath } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { textOf, type View } from '#ui/view.ts'
import type { ContributionLine } from '../contributions/contributions.ts'

export const contributionsPath = '/account/contributions'
export const takeBackPath = `${contributionsPath}/take-back`

export function contributionsPart(view: View, lines: readonly ContributionLine[]): Content {
  if (lines.length === 0) return nothing
  const { t } = view
  return html`<section aria-labelledby="contributions">
    <h2 id="contributions">${t('contribution.title')}</h2>
    <p>${t('contribution.lead')}</p>
    <ul>
      ${lines.map((line) => lineOf(view, line))}
    </ul>
  </section>`
}

function lineOf(view: View, line: ContributionLine): Content {
  const { t, f, href } = view
  const { record, title, originalLanguage, role, isUnnamed, day } = line
  return html`<li>
    <p>
      <a href="${href(recordPath(record))}">${textOf(view, title, originalLanguage)}</a>
      ${day && html`<span class="small">${t(`contribution.${role}`)}, ${f.day(day)}</span>`}
    </p>
    ${isUnnamed && html`<p class="small">${t('contribution.unnamedHint')}</p>`}
    ${line.credential ? havingOf(view, line) : askingOf(view, line)}
  </li>`
}

function havingOf(view: View, { credential, state, path }: ContributionLine): Content {
  const { t, href } = view
  return html`<p>
      ${
        state === 'valid' || state === 'none'
          ? path
            ? html`<a href="${href(path)}" rel="nofollow">${t('contribution.open')}</a>`
            : t('contribution.notKept')
          : t(state === 'revoked' ? 'claim.revoked' : 'claim.suspended')
      }
    </p>
    ${press(view, takeBackPath, t('contribution.takeBack'), { credential })}`
}

const askingOf = (view: View, { record, name }: ContributionLine): Content =>
  html`${press(view, contributionsPath, view.t('contribution.ask'), { record })}
  ${name && press(view, contributionsPath, view.t('contribution.askNamed', { name }), { record, named: 'yes' })}`
