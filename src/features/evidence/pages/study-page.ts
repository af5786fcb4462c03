/** The page of a study: what it found, and the practices and lessons that rest on it. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { outcomeBadge } from '#ui/badges.ts'
import { textOf, type View } from '#ui/view.ts'
import { evidence } from '../evidence.ts'
import { byStrength } from './finding-list.ts'
import { findingsDrawn } from './findings-drawn.ts'

export type StudyLead = {
  record: StoredRecord
  findings: readonly StoredRecord[]
  /** All that there are, shown or not. */
  findingCount: number
  /** Records that rest on the study, or on one of its findings. */
  resting: readonly StoredRecord[]
}

export const studyLead = (view: View, lead: StudyLead): Html =>
  html`<div class="lead-part">${found(view, lead)} ${restingOn(view, lead)}</div>`

const found = (view: View, { record, findings, findingCount }: StudyLead): Content =>
  findings.length > 0 &&
  html`<section aria-labelledby="found">
    <h2 id="found">${view.t('record.findings')}</h2>
    ${findingsDrawn(view, byStrength(findings).filter(isOf(evidence)))}
    ${findingCount > findings.length && html`<p><a href="${view.href(`/search?linked=study%3A${record.id}`)}">${view.t('record.allLinks', { count: findingCount })}</a></p>`}
  </section>`

const restingOn = (view: View, { resting }: StudyLead): Content =>
  resting.length > 0 &&
  html`<section aria-labelledby="cited-by">
    <h2 id="cited-by">${view.t('link.evidence')}</h2>
    <ul class="links">
      ${resting.map(({ id, kind, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a> <span class="small">${view.t(`kind.${kind}.one`)} ${outcomeBadge(view, body.outcome)}</span></li>`)}
    </ul>
  </section>`
