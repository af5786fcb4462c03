/** Signed labels of a quality decision: on its page, and the page on which they are issued. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, form, select, type Choice, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { plainTitle, textOf, type View } from '#ui/view.ts'
import { labelPath, verifyLabelPath } from '../decisions/pages/quality.ts'
import type { QualityLabelLine } from '../quality-labels/labels.ts'
import { issuePath } from './issue.ts'

export const labelsPath = (decision: string): string => `${recordPath(decision)}/quality-label`

/** `mayChange`: the reader may revoke those of this organisation. */
export function labelsPart(
  view: View,
  labels: readonly QualityLabelLine[],
  mayChange: (organisation: string) => boolean,
): Content {
  if (labels.length === 0) return nothing
  const { t } = view
  return html`<section aria-labelledby="quality-labels">
    <h2 id="quality-labels">${t('qualityLabel.many')}</h2>
    <ul>
      ${labels.map((one) => item(view, one, mayChange(one.organisation)))}
    </ul>
  </section>`
}

function item(view: View, line: QualityLabelLine, isChangeable: boolean): Html {
  const { t, f, href } = view
  const { id, target, title, originalLanguage, state, at, validUntil } = line
  return html`<li>
    <a href="${href(recordPath(target))}">${textOf(view, title, originalLanguage)}</a> · ${stateWord(view, state)}
    <span class="small">${f.day(at.slice(0, 10))} ${validUntil && t('validity.until', { until: f.day(validUntil) })}</span>
    <a class="small" href="${href(verifyLabelPath(view, id))}" rel="nofollow">${t('qualityLabel.verify')}</a>
    <a class="small" href="${labelPath(id)}" download rel="nofollow">${t('qualityLabel.file')}</a>
    ${isChangeable && html`<a class="small" href="${href(`${issuePath}/${id}`)}">${t('endorse.revoke')}</a>`}
  </li>`
}

const stateWord = ({ t }: View, state: QualityLabelLine['state']): string =>
  ({
    valid: t('issueBadge.valid'),
    ended: t('validity.ended'),
    revoked: t('issueBadge.revoked'),
    suspended: t('issueBadge.suspended'),
  })[state]

type Issuing = {
  decision: StoredRecord
  labels: readonly QualityLabelLine[]
  organisations: readonly Choice[]
  isCurator: boolean
  typed?: string
  errors?: Errors
}

export const issueLabelFields = ['organisation', 'decision'] as const

export function issueLabelsPage(view: View, issuing: Issuing): HttpResponse {
  const { t } = view
  const { decision, labels, organisations, isCurator, typed = '', errors = new Map() } = issuing
  const name = plainTitle(view, decision.body)
  const title = t('qualityLabel.titleOf', { title: name })
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name, path: recordPath(decision.id) }])}
      <h1>${title}</h1>
      <p class="lead">${t('qualityLabel.lead')}</p>
      ${errorSummary(view, errors, () => t('qualityLabel.organisation'))}
      ${form(
        view,
        labelsPath(decision.id),
        html`${select(view, {
          name: 'organisation',
          label: t('qualityLabel.organisation'),
          errors,
          value: typed,
          choices: organisations,
          ...(isCurator && { empty: view.site.name, isRequired: false }),
        })}
          <p class="go"><button>${t('qualityLabel.go')}</button></p>`,
      )}
      ${labelsPart(view, labels, () => true)}`,
  })
}
