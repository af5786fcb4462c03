/** What quality agencies decided: on the page of a course, institution or platform, and of the agency. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { recordPath } from '#ui/cards.ts'
import { stateItem } from '#ui/state-item.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import type { QualityLine } from '../quality.ts'
import { validityBadge } from './validity-badge.ts'

/** The signed label, where it is read, and the page that verifies it. */
export const labelPath = (id: string): string => `/quality-labels/${id}`
export const verifyLabelPath = (view: View, id: string): string =>
  `/verify?address=${encodeURIComponent(view.absolute(labelPath(id)))}`

/** All quality agencies that the site knows. */
export const agenciesPath = '/search?kind=organisation&organisationType=quality-agency'

export function qualityPart(view: View, decisions: readonly QualityLine[]): Content {
  if (decisions.length === 0) return nothing
  return html`<section aria-labelledby="quality">
    <h2 id="quality">${view.t('kind.quality-decision.many')}</h2>
    <ul class="findings phase">
      ${decisions.map((one) => item(view, one))}
    </ul>
    <p class="small">${view.t('quality.rule')}</p>
  </section>`
}

function item(view: View, { decision, validity, agencies, label }: QualityLine): Html {
  const { t, f, href } = view
  const { body } = decision
  const facts: Content[] = [
    body.qualityResult && plainLabel(view, 'quality-results', body.qualityResult),
    body.qualityScope && plainLabel(view, 'quality-scopes', body.qualityScope),
    ...agencies.map(
      (one) => html`<a href="${href(recordPath(one.id))}">${textOf(view, one.title, one.originalLanguage)}</a>`,
    ),
    body.qualityStandard,
    body.decidedOn && f.day(body.decidedOn),
    body.validUntil && t('validity.until', { until: f.day(body.validUntil) }),
    label && html`<a href="${href(verifyLabelPath(view, label))}" rel="nofollow">${t('qualityLabel.verify')}</a>`,
    body.register && html`<a href="${body.register}" rel="external">${t('field.register')}</a>`,
  ]
  return stateItem(view, { record: decision, badge: validityBadge(view, validity), facts })
}
