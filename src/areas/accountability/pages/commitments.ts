/** All commitments, to be narrowed, with the rule by which silence changes their state. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { FacetCount } from '#records/facets.ts'
import { optionsHeld, optionsOf } from '#ui/code-choices.ts'
import { page } from '#ui/layout.ts'
import { select } from '#ui/select.ts'
import type { View } from '#ui/view.ts'
import type { CommitmentLine } from '../follow-up.ts'
import { silenceRule, silenceStates } from '../silence.ts'
import { commitmentList } from './commitment-list.ts'
import { stateBadge, stateWord } from './state-badge.ts'

/** The name in the address, its code list, and the words above it. */
export const commitmentFilters = [
  { name: 'country', list: 'countries', words: 'facet.country' },
  { name: 'area', list: 'areas', words: 'facet.area' },
  { name: 'stakeholder', list: 'organisation-types', words: 'field.stakeholder' },
] as const
export type CommitmentChoice = Partial<Record<(typeof commitmentFilters)[number]['name'] | 'state', string>>

type Shown = {
  commitments: readonly CommitmentLine[]
  counts: Readonly<Record<string, number>>
  /** How many name each, to choose from. */
  countries: readonly FacetCount[]
  chosen: CommitmentChoice
}

export function commitmentsPage(view: View, { commitments, counts, countries, chosen }: Shown): HttpResponse {
  const { t, href } = view
  const isNarrowed = Object.keys(chosen).length > 0
  return page(view, {
    title: t('commitments.title'),
    description: t('commitments.lead'),
    main: html`<h1>${t('commitments.title')}</h1>
      <p class="lead">${t('commitments.lead')}</p>
      ${choices(view, chosen, countries)}
      <p role="status"><strong>${t('commitments.count', { count: commitments.length })}</strong></p>
      ${
        commitments.length > 0
          ? html`${stateCounts(view, counts, chosen)} ${commitmentList(view, commitments)}`
          : html`<p>${isNarrowed ? t('commitments.noneSuch') : t('commitments.none')}</p>`
      }
      <p class="go not-printed"><a class="button" href="${href('/share?kind=commitment')}">${t('commitments.add')}</a></p>
      ${theRule(view)}`,
  })
}

const choices = (view: View, chosen: CommitmentChoice, countries: readonly FacetCount[]): Html =>
  html`<form class="asking" action="${view.href('/commitments')}">
    ${commitmentFilters.map(({ name, list, words }) =>
      select(view, {
        name,
        label: view.t(words),
        options: name === 'country' ? optionsHeld(view, list, countries, chosen[name]) : optionsOf(view, list),
        chosen: [chosen[name] ?? ''],
      }),
    )}
    ${select(view, {
      name: 'state',
      label: view.t('commitment.state'),
      options: silenceStates.map((value) => ({ value, name: stateWord(view, value) })),
      chosen: [chosen.state ?? ''],
    })}
    <p class="go"><button>${view.t('commitments.show')}</button> <a href="${view.href('/commitments')}">${view.t('commitments.reset')}</a></p>
  </form>`

const stateCounts = (view: View, counts: Shown['counts'], chosen: CommitmentChoice): Html =>
  html`<ul class="facts">
    ${silenceStates
      .filter((state) => (counts[state] ?? 0) > 0)
      .map(
        (state) =>
          html`<li><a href="${view.href(`/commitments?${new URLSearchParams({ ...chosen, state })}`)}">${stateBadge(view, state)} ${view.f.number(counts[state]!)}</a></li>`,
      )}
  </ul>`

function theRule(view: View): Html {
  const { t, f } = view
  const { version, since, months } = silenceRule
  return html`<section aria-labelledby="rule">
    <h2 id="rule">${t('silence.title')}</h2>
    <p>${t('silence.from')}</p>
    <ul>
      <li>${stateBadge(view, 'current')} ${t('silence.current', { count: months.late })}</li>
      <li>${stateBadge(view, 'late')} ${t('silence.after', { count: months.late })}</li>
      <li>${stateBadge(view, 'overdue')} ${t('silence.after', { count: months.overdue })}</li>
      <li>${stateBadge(view, 'inactive')} ${t('silence.after', { count: months.inactive })}</li>
      <li>${stateBadge(view, 'completed')} ${t('silence.completed')}</li>
    </ul>
    <p class="small">${t('silence.version', { version, date: f.day(since) })}</p>
  </section>`
}
