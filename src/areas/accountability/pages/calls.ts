/** Calls for funding and for partners: on their own page, to be narrowed, and beside others. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { page } from '#ui/layout.ts'
import { closingWords, openBadge } from '#ui/open-state.ts'
import { optionsOf } from '#ui/code-choices.ts'
import { select } from '#ui/select.ts'
import { stateItem } from '#ui/state-item.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import { monthsWithoutDeadline, openStates, type OpenState } from '#records/deadline.ts'
import type { CallLine } from '../calls.ts'

/** The name in the address, its code list, and the words above it. */
export const callFilters = [
  { name: 'type', list: 'call-types', words: 'field.callType' },
  { name: 'country', list: 'countries', words: 'facet.country' },
  { name: 'area', list: 'areas', words: 'facet.area' },
  { name: 'partner', list: 'organisation-types', words: 'field.partnerTypes' },
] as const
export type CallChoice = Partial<Record<(typeof callFilters)[number]['name'], string>> & { state?: OpenState }

type Shown = {
  calls: readonly CallLine[]
  total: number
  next: number | null
  counts: Readonly<Record<string, number>>
  chosen: CallChoice
}

export function callsPage(view: View, { calls, total, next, counts, chosen }: Shown): HttpResponse {
  const { t, href } = view
  const isEmpty = openStates.every((state) => !counts[state])
  const isNarrowed = callFilters.some(({ name }) => chosen[name])
  return page(view, {
    title: t('calls.title'),
    description: t('calls.lead'),
    main: html`<h1>${t('calls.title')}</h1>
      <p class="lead">${t('calls.lead')}</p>
      ${choices(view, chosen)}
      <p role="status"><strong>${t('calls.count', { count: total })}</strong></p>
      ${calls.length > 0 ? callList(view, calls) : html`<p>${isEmpty && !isNarrowed ? t('calls.none') : t('calls.noneSuch')}</p>`}
      ${next !== null && html`<p class="more"><a href="${href(`/calls?${new URLSearchParams({ ...chosen, after: String(next) })}`)}">${t('calls.next')}</a></p>`}
      ${!isEmpty && stateLinks(view, counts, chosen)}
      <p class="small">${t('calls.rule', { count: monthsWithoutDeadline })}</p>
      <p class="go not-printed"><a class="button" href="${href('/share?kind=call')}">${t('calls.add')}</a></p>
      <p>
        <a href="${href('/commitments')}">${t('commitments.title')}</a> · <a href="${href('/funding')}">${t('kind.funding.many')}</a>
      </p>`,
  })
}

const choices = (view: View, chosen: CallChoice): Html =>
  html`<form class="asking" action="${view.href('/calls')}">
    ${callFilters.map(({ name, list, words }) =>
      select(view, { name, label: view.t(words), options: optionsOf(view, list), chosen: [chosen[name] ?? ''] }),
    )}
    ${chosen.state && chosen.state !== 'open' && html`<input type="hidden" name="state" value="${chosen.state}" />`}
    <p class="go"><button>${view.t('commitments.show')}</button> <a href="${view.href('/calls')}">${view.t('commitments.reset')}</a></p>
  </form>`

const stateLinks = (view: View, counts: Shown['counts'], chosen: CallChoice): Html =>
  html`<ul class="facts">
    ${openStates
      .filter((state) => (counts[state] ?? 0) > 0 && state !== (chosen.state ?? 'open'))
      .map(
        (state) =>
          html`<li><a href="${view.href(`/calls?${new URLSearchParams({ ...chosen, state })}`)}">${openBadge(view, state)} ${view.f.number(counts[state]!)}</a></li>`,
      )}
  </ul>`

export const callList = (view: View, lines: readonly CallLine[]): Html =>
  html`<ul class="findings phase">
    ${lines.map((line) => item(view, line))}
  </ul>`

function item(view: View, line: CallLine): Html {
  const { t, f } = view
  const { body } = line.record
  const labels = (field: string, list: string) =>
    [body[field] ?? []]
      .flat()
      .map((code) => plainLabel(view, list, String(code)))
      .join(f.comma)
  const amount = body.amount as { amount: number; currency: string } | undefined
  const facts: Content[] = [
    labels('callType', 'call-types'),
    line.madeBy.length > 0 && line.madeBy.map(({ title, originalLanguage }) => textOf(view, title, originalLanguage)),
    amount && f.money(amount.amount, amount.currency),
    labels('countries', 'countries') || t('call.anyCountry'),
    labels('partnerTypes', 'organisation-types'),
    labels('areas', 'areas'),
    closingWords(view, { ...line, hasDeadline: line.record.body.closesOn !== undefined }),
  ]
  return stateItem(view, { record: line.record, badge: openBadge(view, line.state), facts })
}

/** On the page of a call: whether it is open, and until when. */
export const callPart = (view: View, line: Pick<CallLine, 'record' | 'state' | 'closesOn'>): Html =>
  html`<p>
    ${openBadge(view, line.state)} ${closingWords(view, { ...line, hasDeadline: line.record.body.closesOn !== undefined })}
    <a href="${view.href('/calls')}">${view.t('calls.others')}</a>
  </p>`

/** On pages of others: what is open; nothing where nothing is. */
export function callsBeside(view: View, { calls, total }: Pick<Shown, 'calls' | 'total'>, address: string): Content {
  if (calls.length === 0) return nothing
  return html`<section aria-labelledby="calls">
    <h2 id="calls">${view.t('calls.title')}</h2>
    ${callList(view, calls)}
    <p class="more"><a href="${view.href(address)}">${view.t('calls.all', { count: total })}</a></p>
  </section>`
}
