/** All policies, to be narrowed; of one country also what they do for open educational resources. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import type { OerProgress } from '../oer.ts'
import { oerReport } from './oer.ts'
import type { FacetCount } from '#records/facets.ts'
import { optionsHeld, optionsOf } from '#ui/code-choices.ts'
import { page } from '#ui/layout.ts'
import { select } from '#ui/select.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import type { policy } from '../policy.ts'

type Policy = StoredRecord<BodyOf<typeof policy>>

/** The name in the address, its code list, and the words above it. */
export const policyFilters = [
  { name: 'country', list: 'countries', words: 'facet.country' },
  { name: 'area', list: 'areas', words: 'facet.area' },
  { name: 'instrument', list: 'policy-instruments', words: 'field.instrument' },
] as const
export type PolicyChoice = Partial<Record<(typeof policyFilters)[number]['name'], string>>

type Shown = {
  policies: readonly Policy[]
  /** Of the country that is chosen. */
  oer?: OerProgress | undefined
  /** How many name each, to choose from. */
  countries: readonly FacetCount[]
  chosen: PolicyChoice
}

export function policiesPage(view: View, { policies, oer, countries, chosen }: Shown): HttpResponse {
  const { t, href } = view
  const isNarrowed = Object.keys(chosen).length > 0
  return page(view, {
    title: t('policies.title'),
    description: t('policies.lead'),
    main: html`<h1>${t('policies.title')}</h1>
      <p class="lead">${t('policies.lead')}</p>
      ${choices(view, chosen, countries)}
      <p role="status"><strong>${t('policies.count', { count: policies.length })}</strong></p>
      ${policies.length > 0 ? policyList(view, policies) : html`<p>${isNarrowed ? t('policies.noneSuch') : t('policies.none')}</p>`}
      ${oer && oerReport(view, oer)}
      <p class="go not-printed"><a class="button" href="${href('/share?kind=policy')}">${t('policies.add')}</a></p>`,
  })
}

const choices = (view: View, chosen: PolicyChoice, countries: readonly FacetCount[]): Html =>
  html`<form class="asking" action="${view.href('/policies')}">
    ${policyFilters.map(({ name, list, words }) =>
      select(view, {
        name,
        label: view.t(words),
        options: name === 'country' ? optionsHeld(view, list, countries, chosen[name]) : optionsOf(view, list),
        chosen: [chosen[name] ?? ''],
      }),
    )}
    <p class="go"><button>${view.t('commitments.show')}</button> <a href="${view.href('/policies')}">${view.t('commitments.reset')}</a></p>
  </form>`

export const policyList = (view: View, policies: readonly Policy[]): Html =>
  html`<ul>
    ${policies.map((one) => item(view, one))}
  </ul>`

const linkTo = (view: View, { id, body }: Policy): Html =>
  html`<a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>`

function item(view: View, one: Policy): Html {
  const { body } = one
  const facts = [
    (body.countries ?? []).map((code) => plainLabel(view, 'countries', code)).join(view.f.comma),
    body.instrument && plainLabel(view, 'policy-instruments', body.instrument),
    body.adoptedOn && view.f.day(body.adoptedOn),
  ].filter(Boolean)
  return html`<li>
    ${linkTo(view, one)}${facts.length > 0 && html` <span class="small">${joined(facts, ' · ')}</span>`}
    ${
      body.replaces &&
      html`<span class="small">· <a href="${view.href(recordPath(body.replaces))}">${view.t('policies.before')}</a></span>`
    }
  </li>`
}

const mostBeside = 10

/** On the page of a country; nothing where there is none. */
export function policiesBeside(view: View, policies: readonly Policy[], address: string): Content {
  if (policies.length === 0) return nothing
  return html`<section aria-labelledby="policies">
    <h2 id="policies">${view.t('policies.title')}</h2>
    ${policyList(view, policies.slice(0, mostBeside))}
    <p class="more"><a href="${view.href(address)}">${view.t('policies.all', { count: policies.length })}</a></p>
  </section>`
}
