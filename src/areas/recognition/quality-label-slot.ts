/** On the pages of quality decisions: their signed labels, and the way to issue them. */
import { html, nothing } from '#kernel/html/html.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Fill } from '#ui/mounting.ts'
import { listIssuers } from './issuers/issuers.ts'
import { labelsPart, labelsPath } from './pages/quality-label.ts'
import { listQualityLabels } from './quality-labels/labels.ts'

export const qualityLabelSlot: Fill<'record'> = async (
  { ask, askForPart, view: viewFor },
  request,
  record: StoredRecord,
) => {
  if (record.kind !== 'quality-decision' || isDemonstration(record)) return nothing
  const view = viewFor(request)
  const mine = view.session ? await askForPart(request.who, listIssuers, {}) : undefined
  const organisations = new Set([...(mine?.isCurator ? [''] : []), ...(mine?.issuers ?? []).map(({ id }) => id)])
  const agencies = (record.body['agencies'] as readonly string[] | undefined) ?? []
  const mayIssue = organisations.has('') || agencies.some((one) => organisations.has(one))
  const { labels } = await ask(listQualityLabels, { decision: record.id })
  return html`${labelsPart(view, labels, (organisation) => organisations.has(organisation))}
  ${mayIssue && html`<p><a href="${view.href(labelsPath(record.id))}">${view.t('qualityLabel.link')}</a></p>`}`
}
