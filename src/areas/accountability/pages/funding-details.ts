/** What a funding activity says in lists: shares, sectors, markers, budgets, transactions; and how its file was found. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { termOf } from '#records/vocabularies/index.ts'
import type { LinkedName } from '#records/linked-names.ts'
import { recordPath } from '#ui/cards.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import type { Funding } from '../money/flows.ts'
import { regionName } from './places.ts'

type Names = Readonly<Record<string, LinkedName>>
const mostShown = 100

export const nameLink = (view: View, named: LinkedName | undefined): Content =>
  named && html`<a href="${view.href(recordPath(named.id))}">${textOf(view, named.title, named.originalLanguage)}</a>`

export function fundingPart(view: View, body: Funding, names: Names): Html {
  return html`${factsPart(view, body)} ${transactionsPart(view, body, names)} ${budgetsPart(view, body)}
    ${validationPart(view, body)}
    <p class="more"><a href="${view.href(`/funding${body.countries?.length === 1 ? `?country=${body.countries[0]}` : ''}`)}">${view.t('money.onPage')}</a></p>`
}

function factsPart(view: View, body: Funding): Content {
  const { t } = view
  const facts: [string, Content[]][] = [
    [t('field.sectors'), (body.sectors ?? []).map((one) => sectorOf(view, body, one))],
    [
      t('field.recipientRegions'),
      (body.recipientRegions ?? []).map(({ code, vocabulary }) => regionName(view, vocabulary, code)),
    ],
    [t('field.countryShares'), (body.countryShares ?? []).map((one) => shareOf(view, body, one))],
    [
      t('field.policyMarkers'),
      (body.policyMarkers ?? []).map(({ marker, significance }) =>
        joined(
          [
            plainLabel(view, 'policy-markers', marker),
            significance && plainLabel(view, 'policy-significances', significance),
          ].filter(Boolean),
          ': ',
        ),
      ),
    ],
  ]
  const told = facts.filter(([, values]) => values.length > 0)
  if (told.length === 0) return nothing
  return html`<dl class="facts">
    ${told.map(([name, values]) => html`<dt>${name}</dt><dd>${joined(values, view.f.comma)}</dd>`)}
  </dl>`
}

/** By our own name of the code, else by the publisher's. */
function sectorOf(view: View, { originalLanguage }: Funding, one: NonNullable<Funding['sectors']>[number]): string {
  const { vocabulary, code, name, percentage } = one
  const isOfDac = ['1', '2'].includes(vocabulary) && termOf('education-sectors', code) !== undefined
  const named = isOfDac
    ? plainLabel(view, 'education-sectors', code)
    : name
      ? bestText(name, view.language, originalLanguage).text
      : view.t('money.sector', { code, vocabulary })
  return percentage === undefined || percentage === 100
    ? named
    : view.t('money.share', { place: named, percentage: view.f.percentTenths(percentage / 100) })
}

function shareOf(view: View, { recipientRegions = [] }: Funding, share: { place: string; percentage: number }): string {
  const region = recipientRegions.find(({ code }) => code === share.place)
  const place = region ? regionName(view, region.vocabulary, region.code) : plainLabel(view, 'countries', share.place)
  return view.t('money.share', { place, percentage: view.f.percentTenths(share.percentage / 100) })
}

const tableOf = (id: string, title: string, head: readonly Content[], rows: readonly (readonly Content[])[]): Html =>
  html`<h2 id="${id}">${title}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${id}"><table>
      <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => (at === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`)}</tbody>
    </table></div>`

function transactionsPart(view: View, { transactions = [] }: Funding, names: Names): Content {
  if (transactions.length === 0) return nothing
  const { t, f } = view
  const newest = transactions.toSorted((a, b) => (a.date < b.date ? 1 : -1))
  const rows = newest
    .slice(0, mostShown)
    .map(({ date, transactionType, value, currency, provider, receiver }) => [
      f.day(date),
      plainLabel(view, 'transaction-types', transactionType),
      f.money(value, currency),
      provider && nameLink(view, names[provider]),
      receiver && nameLink(view, names[receiver]),
    ])
  const head = ['field.date', 'field.transactionType', 'field.amount', 'field.provider', 'field.receiver'] as const
  return html`${sumsPart(view, transactions)}
    ${tableOf(
      'transactions',
      t('field.transactions'),
      head.map((key) => t(key)),
      rows,
    )}
    ${newest.length > mostShown && html`<p class="small">${t('money.moreTransactions', { count: newest.length - mostShown })}</p>`}`
}

function sumsPart(view: View, transactions: NonNullable<Funding['transactions']>): Html {
  const sums = new Map<string, { type: string; currency: string; amount: number }>()
  for (const { transactionType: type, currency, value } of transactions) {
    const key = `${type.padStart(2, '0')} ${currency}`
    sums.set(key, { type, currency, amount: (sums.get(key)?.amount ?? 0) + value })
  }
  const said = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { type, currency, amount }]) => [
      plainLabel(view, 'transaction-types', type),
      view.f.money(amount, currency),
    ])
  return tableOf('sums', view.t('money.sums'), [view.t('field.transactionType'), view.t('field.amount')], said)
}

function budgetsPart(view: View, { budgets = [] }: Funding): Content {
  if (budgets.length === 0) return nothing
  const { t, f } = view
  const head = ['field.from', 'field.to', 'field.amount', 'field.budgetType', 'field.budgetStatus'] as const
  const rows = budgets
    .slice(0, mostShown)
    .map(({ from, to, value, currency, budgetType, budgetStatus }) => [
      f.day(from),
      f.day(to),
      f.money(value, currency),
      budgetType && plainLabel(view, 'budget-types', budgetType),
      budgetStatus && plainLabel(view, 'budget-statuses', budgetStatus),
    ])
  return tableOf(
    'budgets',
    t('field.budgets'),
    head.map((key) => t(key)),
    rows,
  )
}

/** As the file was when it was read: readers see it beside the data, whatever it says. */
function validationPart(view: View, { validation }: Funding): Content {
  if (!validation) return nothing
  const { t, f } = view
  const { severity, version, findings = [] } = validation
  return html`<section aria-labelledby="validation">
    <h2 id="validation">${t('iati.validation')}</h2>
    <p><strong class="severity ${severity}">${plainLabel(view, 'validation-severities', severity)}</strong> · ${t('iati.checkedBy', { version })}</p>
    ${
      findings.length > 0 &&
      html`<ul>
        ${findings.map(({ rule, severity: of, message, count }) => html`<li>${plainLabel(view, 'validation-severities', of)} · ${rule}${view.f.colon}<span lang="en">${message}</span>${count > 1 && html` (${f.number(count)})`}</li>`)}
      </ul>`
    }
  </section>`
}

type Paying = { id: string; body: Funding }

/** On the page of a practice or a commitment. */
export function whoPaid(view: View, fundings: readonly Paying[], names: Names): Content {
  if (fundings.length === 0) return nothing
  const { t, f } = view
  return html`<section aria-labelledby="who-paid">
    <h2 id="who-paid">${t('money.paidBy')}</h2>
    <ul>
      ${fundings.map(({ id, body }) => {
        const givers = (body.funders ?? []).map((giver) => nameLink(view, names[giver])).filter(Boolean)
        const facts = [
          ...(givers.length > 0 ? [joined(givers, f.comma)] : []),
          body.amount && f.money(body.amount.amount, body.amount.currency),
          body.startsOn?.slice(0, 4),
        ].filter(Boolean)
        return html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>${facts.length > 0 && html` <span class="small">${joined(facts, ' · ')}</span>`}</li>`
      })}
    </ul>
  </section>`
}
