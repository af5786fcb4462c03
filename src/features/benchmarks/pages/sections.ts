/** Benchmarks and groups of countries, on the pages of countries and indicators. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { areaName, breakdownWords, changeWords, titleOf, valueWords } from '#features/indicators/pages/value-words.ts'
import { recordPath } from '#ui/cards.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { Assessed } from '../assess.ts'
import type { Group } from '../groups.ts'
import { ruleVersion } from '../progress.ts'

export function benchmarkSection(view: View, on: 'country' | 'indicator', all: readonly Assessed[]): Content {
  if (all.length === 0) return nothing
  const { t } = view
  return html`<section>
    <h2 id="benchmarks">${t('benchmarks.title')}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="benchmarks">
      <table>
        <thead>
          <tr>
            <th scope="col">${on === 'country' ? t('benchmarks.indicator') : t('benchmarks.country')}</th>
            <th scope="col" class="amount">${t('benchmarks.first')}</th>
            <th scope="col" class="amount">${t('benchmarks.newest')}</th>
            <th scope="col" class="amount">${t('benchmarks.target')}</th>
            <th scope="col">${t('benchmarks.progress')}</th>
          </tr>
        </thead>
        <tbody>
          ${all.map((one) => row(view, on, one))}
        </tbody>
      </table>
    </div>
    <p class="small">${t('benchmarks.rule', { version: ruleVersion })}</p>
  </section>`
}

function row(view: View, on: 'country' | 'indicator', one: Assessed): Html {
  const { t, href } = view
  const { code, title, country, unit, dimensions, target, first, newest, pace, needed } = one
  const breakdown = breakdownWords(view, dimensions)
  const name = on === 'country' ? titleOf(view, title) : areaName(view, country)
  const address = on === 'country' ? `/indicators/${code}?area=${country}` : `/countries/${country}`
  const point = (told: Assessed['newest']) =>
    told ? html`${valueWords(view, unit, told.value)} <span class="small">${String(told.period)}</span>` : '–'
  return html`<tr>
    <th scope="row"><a href="${href(address)}">${name}</a> ${breakdown && html`<span class="small">${breakdown}</span>`}</th>
    <td class="amount">${point(first)}</td>
    <td class="amount">${point(newest)}</td>
    <td class="amount"><a href="${href(recordPath(one.id))}">${point(target)}</a></td>
    <td>
      ${one.isReached ? t('benchmarks.reached') : t(`benchmarks.class.${one.class}`)}
      ${pace !== null && needed !== null && html`<span class="small">${t('benchmarks.pace', { pace: changeWords(view, unit, pace), needed: changeWords(view, unit, needed) })}</span>`}
    </td>
  </tr>`
}

export function groupSection(view: View, unit: string, groups: readonly Group[]): Content {
  if (groups.every(({ median }) => median === null)) return nothing
  const { t } = view
  return html`<section>
    <h2 id="groups">${t('benchmarks.groups')}</h2>
    ${groupTable(view, unit, 'region', groups)} ${groupTable(view, unit, 'income', groups)}
    <p class="small">${t('benchmarks.groupsAbout')}</p>
  </section>`
}

function groupTable(view: View, unit: string, by: Group['by'], all: readonly Group[]): Html {
  const { t } = view
  const name = ({ group }: Group) =>
    by === 'region' ? areaName(view, group) : plainLabel(view, 'income-groups', group)
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${t(`benchmarks.by.${by}`)}">
    <table>
      <thead>
        <tr>
          <th scope="col">${t(`benchmarks.by.${by}`)}</th>
          <th scope="col" class="amount">${t('benchmarks.median')}</th>
          <th scope="col">${t('benchmarks.coverage')}</th>
        </tr>
      </thead>
      <tbody>
        ${all
          .filter((one) => one.by === by)
          .map(
            (one) =>
              html`<tr>
                <th scope="row">${name(one)}</th>
                <td class="amount">${one.median === null ? t('benchmarks.tooFew') : valueWords(view, unit, one.median)}</td>
                <td>${t('benchmarks.covered', { count: one.countries, of: one.of })} ${one.from !== null && html`<span class="small">${one.from === one.to ? String(one.to) : `${one.from}–${one.to}`}</span>`}</td>
              </tr>`,
          )}
      </tbody>
    </table>
  </div>`
}
