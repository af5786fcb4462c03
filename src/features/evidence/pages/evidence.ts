/** Findings, drawn: how large the effects were, and which way. */
import { html, type Content } from '#kernel/html/html.ts'
import { evidence } from '../evidence.ts'
import { intervention } from '../intervention.ts'
import { isOf } from '#records/kind.ts'
import { study } from '../study.ts'
import { partOf } from '#ui/record-part.ts'
import { gradesBox } from './evidence-levels.ts'
import { findingsDrawn, type Finding } from './findings-drawn.ts'
import type { View } from '#ui/view.ts'

const drawn = (view: View, findings: readonly Finding[]): Content =>
  findings.length > 0 &&
  html`<section>
    <h2>${view.t('record.findings')}</h2>
    ${findingsDrawn(view, findings)}
  </section>`

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
