/** Findings, drawn: how large the effects were, and which way. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { evidence } from '../evidence.ts'
import { intervention } from '../intervention.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import { study } from '../study.ts'
import type { StoredRecord } from '#records/record.ts'
import { partOf } from '#ui/record-part.ts'
import { recordPath } from '#ui/cards.ts'
import { gradesBox } from './evidence-levels.ts'
import { findingList } from './finding-list.ts'
import { effectChart, type Effect } from '#ui/charts.ts'
import { plainLabel, plainTitle, type View } from '#ui/view.ts'

type Finding = StoredRecord<BodyOf<typeof evidence>>

const effectOf = (view: View, { id, body }: Finding): Effect[] => {
  if (body.effectSize === undefined) return []
  const domain = body.outcomeDomain && plainLabel(view, 'outcome-domains', body.outcomeDomain)
  const name = [domain, body.measure].filter(Boolean).join(' · ')
  return [
    {
      name: name || plainTitle(view, body),
      href: view.href(recordPath(id)),
      effect: body.effectSize,
      low: body.interval?.low,
      high: body.interval?.high,
    },
  ]
}

const drawn = (view: View, findings: readonly Finding[]): Content => {
  if (findings.length === 0) return nothing
  const effects = findings.flatMap((finding) => effectOf(view, finding))
  const unsized = findings.filter(({ body }) => body.effectSize === undefined)
  return html`<section>
    <h2>${view.t('record.findings')}</h2>
    ${effects.length > 0 && effectChart(view, { id: 'effects', title: view.t('effect.title'), of: view.t('kind.evidence.one') }, effects)}
    ${unsized.length > 0 && findingList(view, unsized)}
  </section>`
}

const findingsShown = 40

export const studyPart = partOf(study, { show: gradesBox })
export const interventionPart = partOf(intervention, {
  gathers: { rel: 'intervention', limit: findingsShown },
  show: (view, _record, findings) => drawn(view, findings.filter(isOf(evidence))),
})
export const evidencePart = partOf(evidence, {
  show: (view, record) =>
    html`${gradesBox(view, record)}${record.body.effectSize !== undefined && drawn(view, [record])}`,
})
