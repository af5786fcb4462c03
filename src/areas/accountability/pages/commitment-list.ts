/** Commitments as a list, each with its state: on their own page, of a country, of an area. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { stateItem } from '#ui/state-item.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { CommitmentLine } from '../follow-up.ts'
import { silence, stateBadge } from './state-badge.ts'

export function commitmentList(view: View, lines: readonly CommitmentLine[]): Html {
  return html`<ul class="findings phase">
    ${lines.map((line) => item(view, line))}
  </ul>`
}

function item(view: View, line: CommitmentLine): Html {
  const { t, f } = view
  const { body } = line.record
  const labels = (field: string, list: string) =>
    [body[field] ?? []]
      .flat()
      .map((code) => plainLabel(view, list, String(code)))
      .join(f.comma)
  const completion = (code: string | null) =>
    code === null ? t('commitment.nothingYet') : plainLabel(view, 'completions', code)
  const facts = [
    labels('countries', 'countries'),
    labels('stakeholder', 'organisation-types'),
    labels('areas', 'areas'),
    `${t('commitment.selfReport')}${view.f.colon}${completion(line.reported)}`,
    `${t('commitment.assessment')}${view.f.colon}${completion(line.assessed)}`,
    silence(view, line.silentSince, line.reported !== null),
  ]
  return stateItem(view, { record: line.record, badge: stateBadge(view, line.state), facts })
}

const mostBeside = 10

/** On pages of others; nothing where nothing was promised. */
export function commitmentsBeside(view: View, lines: readonly CommitmentLine[], address: string): Content {
  if (lines.length === 0) return nothing
  return html`<section aria-labelledby="commitments">
    <h2 id="commitments">${view.t('commitments.title')}</h2>
    ${commitmentList(view, lines.slice(0, mostBeside))}
    <p class="more"><a href="${view.href(address)}">${view.t('commitments.all', { count: lines.length })}</a></p>
  </section>`
}
