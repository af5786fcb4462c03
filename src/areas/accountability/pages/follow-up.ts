/** On the page of a commitment: its state, its milestones, and what was reported and assessed, beside one another. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import type { BodyOf } from '#records/kind.ts'
import { recordPath } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { label, paragraphsOf, textOf, type View } from '#ui/view.ts'
import type { commitment } from '../commitment.ts'
import type { commitmentAssessment } from '../commitment-assessment.ts'
import type { commitmentReport } from '../commitment-report.ts'
import { silenceRule, type SilenceState } from '../silence.ts'
import { silence, stateBadge } from './state-badge.ts'

type Report = StoredRecord<BodyOf<typeof commitmentReport>>
type Assessment = StoredRecord<BodyOf<typeof commitmentAssessment>>
export type FollowUp = {
  state: SilenceState
  silentSince: string
  reportDue: string
  today: string
  reports: readonly Report[]
  assessments: readonly Assessment[]
  mayReport: boolean
  mayAssess: boolean
}

export function followUpPart(view: View, record: StoredRecord<BodyOf<typeof commitment>>, of: FollowUp): Html {
  const { t, f } = view
  const isOpen = of.state !== 'completed'
  return html`<section aria-labelledby="follow-up">
      <h2 id="follow-up">${t('commitment.followUp')}</h2>
      <p>${stateBadge(view, of.state)}</p>
      <p>
        ${silence(view, of.silentSince, of.reports.length > 0)}
        ${isOpen && t('commitment.reportDue', { date: f.day(of.reportDue) })}
        <a href="${view.href('/commitments#rule')}">${t('silence.title')}${view.f.bracketed(silenceRule.version)}</a>
      </p>
      ${record.body.basis === 'public' && html`<p class="note">${label(view, 'commitment-bases', 'public')}</p>`}
      ${buttons(view, record.id, of)}
    </section>
    ${milestones(view, record, of)}
    <div class="beside">
      ${column(
        view,
        'reports',
        t('commitment.selfReports'),
        t('commitment.noReport'),
        of.reports.map((one) => reportItem(view, one)),
      )}
      ${column(
        view,
        'assessments',
        t('commitment.assessments'),
        t('commitment.noAssessment'),
        of.assessments.map((one) => assessmentItem(view, one)),
      )}
    </div>`
}

const buttons = (view: View, id: string, { mayReport, mayAssess }: FollowUp): Content => [
  mayReport && press(view, `/commitments/${id}/report`, view.t('commitment.report')),
  mayAssess && press(view, `/commitments/${id}/assess`, view.t('commitment.assess')),
]

function milestones(view: View, { body }: StoredRecord<BodyOf<typeof commitment>>, { today }: FollowUp): Content {
  const all = (body.milestones ?? []).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  if (all.length === 0) return nothing
  const isPast = (date: string) => date < today.slice(0, date.length)
  return html`<section aria-labelledby="milestones">
    <h2 id="milestones">${view.t('field.milestones')}</h2>
    <ol class="steps">
      ${all.map(
        ({ what, dueOn }) =>
          html`<li>
            <strong><time datetime="${dueOn}">${view.f.day(dueOn)}</time></strong>
            ${isPast(dueOn) && html`<span class="mark">${view.t('commitment.datePassed')}</span>`}
            ${paragraphsOf(view, what, body.originalLanguage)}
          </li>`,
      )}
    </ol>
  </section>`
}

const column = (view: View, id: string, title: string, none: string, items: readonly Html[]): Html =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${
      items.length > 0
        ? html`<ol class="plain">
            ${items}
          </ol>`
        : html`<p class="soft">${none}</p>`
    }
  </section>`

const head = (view: View, { id, body }: Report | Assessment): Html =>
  html`<h3><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></h3>
    <p class="small">${view.t('commitment.signed', { date: view.f.day(body.saidOn), name: body.signedBy })}</p>`

const reportItem = (view: View, report: Report): Html =>
  html`<li>
    ${head(view, report)}
    <p><strong>${view.t('field.completion')}${view.f.colon}</strong>${label(view, 'completions', report.body.completion)}</p>
    ${paragraphsOf(view, report.body.summary, report.body.originalLanguage)}
  </li>`

const scales = [
  ['completion', 'completions'],
  ['ambition', 'ambitions'],
  ['verifiability', 'verifiabilities'],
  ['earlyResults', 'early-results'],
] as const

const assessmentItem = (view: View, assessment: Assessment): Html => {
  const { body } = assessment
  return html`<li>
    ${head(view, assessment)}
    <ul>
      ${scales.map(([field, list]) => html`<li><strong>${view.t(`field.${field}`)}${view.f.colon}</strong>${label(view, list, body[field])}</li>`)}
    </ul>
    ${paragraphsOf(view, body.summary, body.originalLanguage)}
    <p class="small">
      ${view.t('field.hasInterest')}${view.f.colon}${label(view, 'interest-declarations', body.hasInterest)}${body.interest && html` · ${textOf(view, body.interest, body.originalLanguage)}`}
    </p>
  </li>`
}
