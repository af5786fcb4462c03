/** Offers of support and requests for it: on their own page, to be narrowed, and beside others. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { monthsWithoutDeadline, openStates, type OpenState } from '#records/deadline.ts'
import { optionsOf } from '#ui/code-choices.ts'
import { page } from '#ui/layout.ts'
import { closingWords, openBadge } from '#ui/open-state.ts'
import { select } from '#ui/select.ts'
import { stateItem } from '#ui/state-item.ts'
import { languageNamed, plainLabel, textOf, type View } from '#ui/view.ts'
import type { SupportLine } from '../support.ts'

export const supportKinds = ['offer', 'request'] as const
export type SupportKind = (typeof supportKinds)[number]

/** The name in the address, its code list, and the words above it. */
export const supportFilters = [
  { name: 'type', list: 'support-types', words: 'field.supportTypes' },
  { name: 'country', list: 'countries', words: 'facet.country' },
  { name: 'area', list: 'areas', words: 'facet.area' },
] as const
export type SupportChoice = Partial<Record<(typeof supportFilters)[number]['name'], string>> & {
  kind?: SupportKind
  state?: OpenState
}

type Shown = {
  lines: readonly SupportLine[]
  total: number
  next: number | null
  counts: Readonly<Record<string, number>>
  chosen: SupportChoice
}

export function offersPage(view: View, { lines, total, next, counts, chosen }: Shown): HttpResponse {
  const { t, href } = view
  const isEmpty = openStates.every((state) => !counts[state])
  const isNarrowed = chosen.kind !== undefined || supportFilters.some(({ name }) => chosen[name])
  return page(view, {
    title: t('offers.title'),
    description: t('offers.lead'),
    main: html`<h1>${t('offers.title')}</h1>
      <p class="lead">${t('offers.lead')}</p>
      ${choices(view, chosen)}
      <p role="status"><strong>${t('offers.count', { count: total })}</strong></p>
      ${lines.length > 0 ? supportList(view, lines) : html`<p>${isEmpty && !isNarrowed ? t('offers.none') : t('offers.noneSuch')}</p>`}
      ${next !== null && html`<p class="more"><a href="${href(`/offers?${new URLSearchParams({ ...chosen, after: String(next) })}`)}">${t('offers.next')}</a></p>`}
      ${!isEmpty && stateLinks(view, counts, chosen)}
      <p class="small">${t('offers.rule', { count: monthsWithoutDeadline })}</p>
      <p class="go not-printed">
        <a class="button" href="${href('/share?kind=offer')}">${t('offers.addOffer')}</a>
        <a class="button" href="${href('/share?kind=request')}">${t('offers.addRequest')}</a>
      </p>`,
  })
}

const kindWord = ({ t }: View, kind: string): string =>
  kind === 'offer' ? t('kind.offer.many') : t('kind.request.many')

const choices = (view: View, chosen: SupportChoice): Html =>
  html`<form class="asking" action="${view.href('/offers')}">
    ${select(view, {
      name: 'kind',
      label: view.t('offers.kind'),
      options: supportKinds.map((value) => ({ value, name: kindWord(view, value) })),
      chosen: [chosen.kind ?? ''],
    })}
    ${supportFilters.map(({ name, list, words }) =>
      select(view, { name, label: view.t(words), options: optionsOf(view, list), chosen: [chosen[name] ?? ''] }),
    )}
    ${chosen.state && chosen.state !== 'open' && html`<input type="hidden" name="state" value="${chosen.state}" />`}
    <p class="go"><button>${view.t('offers.show')}</button> <a href="${view.href('/offers')}">${view.t('offers.reset')}</a></p>
  </form>`

const stateLinks = (view: View, counts: Shown['counts'], chosen: SupportChoice): Html =>
  html`<ul class="facts">
    ${openStates
      .filter((state) => (counts[state] ?? 0) > 0 && state !== (chosen.state ?? 'open'))
      .map(
        (state) =>
          html`<li><a href="${view.href(`/offers?${new URLSearchParams({ ...chosen, state })}`)}">${openBadge(view, state)} ${view.f.number(counts[state]!)}</a></li>`,
      )}
  </ul>`

export const supportList = (view: View, lines: readonly SupportLine[]): Html =>
  html`<ul class="findings phase">
    ${lines.map((line) => supportItem(view, line))}
  </ul>`

export function supportItem(view: View, line: SupportLine, more: Content = nothing): Html {
  const { f, t } = view
  const { body, kind } = line.record
  const codes = (field: string) => [body[field] ?? []].flat().map(String)
  const labels = (field: string, list: string) =>
    codes(field)
      .map((code) => plainLabel(view, list, code))
      .join(f.comma)
  const facts: Content[] = [
    kind === 'offer' ? t('kind.offer.one') : t('kind.request.one'),
    labels('supportTypes', 'support-types'),
    line.by.length > 0 && line.by.map(({ title, originalLanguage }) => textOf(view, title, originalLanguage)),
    labels('countries', 'countries') || t('offers.anyCountry'),
    codes('workingLanguages')
      .map((code) => languageNamed(view, code))
      .join(f.comma),
    labels('areas', 'areas'),
    closingWords(view, { ...line, hasDeadline: body.closesOn !== undefined }),
    line.from && html`${t('offers.from')} ${textOf(view, line.from.name)}`,
  ]
  return stateItem(view, { record: line.record, badge: openBadge(view, line.state), facts, more })
}

/** On pages of countries and areas: what is open; nothing where nothing is. */
export function supportBeside(view: View, { lines, total }: Pick<Shown, 'lines' | 'total'>, address: string): Content {
  if (lines.length === 0) return nothing
  return html`<section aria-labelledby="support">
    <h2 id="support">${view.t('offers.title')}</h2>
    ${supportList(view, lines)}
    <p class="more"><a href="${view.href(address)}">${view.t('offers.all', { count: total })}</a></p>
  </section>`
}
