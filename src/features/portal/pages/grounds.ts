/** Which finding the outcome of a practice rests on: the rule stands in docs/guide/approaches.md. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { byStrength } from '#features/evidence/pages/finding-list.ts'
import { qualifiedLevel } from '#ui/effect-line.ts'
import { label, plainLabel, type View } from '#ui/view.ts'

const textOf = ({ body }: StoredRecord, name: 'direction' | 'evidenceLevel') => {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/** What a finding must say to speak for an outcome. Of the other outcomes a finding says nothing: those may rest on any. */
const directionsFor: Readonly<Record<string, readonly string[]>> = {
  worked: ['positive'],
  'partly-worked': ['positive', 'no-clear'],
  'did-not-work': ['no-clear', 'negative'],
}

export type Grounds = {
  /** The strongest finding that says what the outcome says; where none does, the strongest of all. */
  rests: StoredRecord | undefined
  /** A stronger one that says otherwise. */
  against: StoredRecord | undefined
}

export function groundsOf(outcome: unknown, findings: readonly StoredRecord[]): Grounds {
  const all = byStrength(findings)
  const wanted = directionsFor[String(outcome)]
  const rests = all.find((one) => !wanted || wanted.includes(textOf(one, 'direction'))) ?? all[0]
  const [strongest] = all
  const isStronger =
    rests !== undefined &&
    strongest !== undefined &&
    textOf(strongest, 'evidenceLevel') > textOf(rests, 'evidenceLevel')
  return { rests, against: isStronger ? strongest : undefined }
}

/** The grade, and what the finding with that grade says: beside an outcome, a grade alone would seem to speak for it. */
export function groundsCell(view: View, outcome: unknown, findings: readonly StoredRecord[]): Content {
  const { rests, against } = groundsOf(outcome, findings)
  if (!rests) return html`<span class="unsaid">${view.t('practice.notMeasured')}</span>`
  const direction = textOf(rests, 'direction')
  return html`${qualifiedLevel(view, textOf(rests, 'evidenceLevel') || undefined, rests.body)}
    ${direction && html`<div class="small">${label(view, 'directions', direction)}</div>`}
    ${against ? html`<div class="small">${otherwise(view, against)}</div>` : nothing}`
}

const otherwise = (view: View, finding: StoredRecord): string => {
  const direction = textOf(finding, 'direction')
  return view.t('practice.strongestOther', {
    level: textOf(finding, 'evidenceLevel'),
    found: direction ? plainLabel(view, 'directions', direction) : view.t('home.notTold'),
  })
}
