/** Findings of one study or intervention, drawn together where they have an effect size, listed where they have none. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { evidence } from '../evidence.ts'
import type { BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { effectChart, type Effect } from '#ui/charts.ts'
import { plainTitle, textOf, type View } from '#ui/view.ts'
import { factsOf, findingList, measuredBy } from './finding-list.ts'

export type Finding = StoredRecord<BodyOf<typeof evidence>>

const effectOf = (view: View, finding: Finding): Effect[] => {
  const { id, body } = finding
  if (body.effectSize === undefined) return []
  return [
    {
      name: measuredBy(view, body) || plainTitle(view, body),
      href: view.href(recordPath(id)),
      effect: body.effectSize,
      low: body.interval?.low,
      high: body.interval?.high,
      below: html`<span class="facts">${textOf(view, body.title, body.originalLanguage)}</span>
        <span class="facts">${factsOf(view, finding)}</span>`,
    },
  ]
}

/** The findings alone, without a heading. */
export function findingsDrawn(view: View, findings: readonly Finding[]): Content {
  if (findings.length === 0) return nothing
  const effects = findings.flatMap((finding) => effectOf(view, finding))
  const unsized = findings.filter(({ body }) => body.effectSize === undefined)
  const words = { id: 'effects', title: view.t('effect.title'), of: view.t('kind.evidence.one') }
  return html`${effects.length > 0 && effectChart(view, words, effects)} ${unsized.length > 0 && findingList(view, unsized)}`
}
