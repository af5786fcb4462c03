/** Findings, drawn: how large the effects were, and which way. */
import { html, nothing, type Content } from '#core/html/html.ts'
import type { Kept } from '../record/record.ts'
import type { RecordPart } from '../view-part.ts'
import { recordPath } from './cards.ts'
import { gradesBox } from './evidence-levels.ts'
import { effectChart, type Effect } from './charts.ts'
import { plainTitle, type View } from './view.ts'

const effectOf = (view: View, { id, body }: Kept): Effect[] => {
  if (typeof body.effectSize !== 'number') return []
  const interval = body.interval as { low: number; high: number } | undefined
  const name = [body.outcomeDomain, body.measure].filter((one) => typeof one === 'string').join(' · ')
  return [
    {
      name: name || plainTitle(view, body),
      href: view.href(recordPath(id)),
      effect: body.effectSize,
      low: interval?.low,
      high: interval?.high,
    },
  ]
}

const drawn = (view: View, findings: readonly Kept[]): Content => {
  const effects = findings.flatMap((finding) => effectOf(view, finding))
  if (effects.length === 0) return nothing
  return html`<section>
    <h2>${view.t('record.findings')}</h2>
    ${effectChart(view, { id: 'effects', title: view.t('effect.title'), of: view.t('kind.evidence.one') }, effects)}
  </section>`
}

const findingsShown = 40

export const studyPart: RecordPart = {
  gathers: { rel: 'study', limit: findingsShown },
  show: (view, record, findings) => html`${gradesBox(view, record)}${drawn(view, findings)}`,
}
export const interventionPart: RecordPart = {
  gathers: { rel: 'intervention', limit: findingsShown },
  show: (view, _record, findings) => drawn(view, findings),
}
export const evidencePart: RecordPart = {
  show: (view, record) => html`${gradesBox(view, record)}${drawn(view, [record])}`,
}
