/** Who gave, what for, and where it went: drawn, and as a table beside it. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { recordPath } from '#ui/cards.ts'
import { percent } from '#ui/chart-figure.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import { several, unsaid } from '../money/flows.ts'
import type { MoneyOverview } from '../money/overview.ts'
import { rest, sankey, type Band, type Node } from '../money/sankey.ts'
import { regionName } from './places.ts'

type Flows = Pick<MoneyOverview, 'flows' | 'names' | 'chosen'>
type Column = 'giver' | 'what' | 'place'
const columns: readonly Column[] = ['giver', 'what', 'place']
const headingOf = { giver: 'money.who', what: 'money.what', place: 'money.where' } as const
const mostRows = 25

/** Columns begin at these hundredths of the width; a bar is this broad, and its name stands beside it. */
const starts = [0, 36, 72]
const barWidth = 1.4
const nameWidth = 26

export function moneyFlow(view: View, { flows, names, chosen }: Flows): Content {
  if (!chosen || flows.length === 0) return ''
  const { t } = view
  const words = { currency: chosen.currency, measure: t(`money.measure.${chosen.measure}`) }
  const nameOf = (column: Column, key: string) => nameIn(view, names, column, key)
  return html`<section aria-labelledby="flows">
    <h2 id="flows">${t('money.flows')}</h2>
    <figure class="chart">
      <figcaption id="flow-title">${t('money.flowsOf', words)}</figcaption>
      ${drawing(view, flows, nameOf, chosen.currency)}
      <p class="small">${t('money.source')}</p>
    </figure>
    ${table(view, flows, nameOf, chosen.currency, names)}
    ${
      flows.some(({ amount }) => amount <= 0) &&
      html`<p class="small">${t('money.negative', { count: flows.filter(({ amount }) => amount <= 0).length })}</p>`
    }
  </section>`
}

type NameOf = (column: Column, key: string) => string

function nameIn(view: View, names: MoneyOverview['names'], column: Column, key: string): string {
  const { t } = view
  if (key === rest) return t('money.others')
  if (key === several) return t('money.several')
  if (key === unsaid) return t('money.unsaid')
  if (column === 'giver') {
    const named = names[key]
    return named ? plainTitle(view, named) : t('money.unsaid')
  }
  const [kind = '', code = '', region = ''] = key.split(':')
  if (kind === 'area') return plainLabel(view, 'areas', code)
  if (kind === 'sector')
    return termOf('education-sectors', code) ? plainLabel(view, 'education-sectors', code) : t('money.otherSectors')
  if (kind === 'region') return regionName(view, code, region)
  return plainLabel(view, 'countries', key)
}

const plainTitle = (view: View, { title, originalLanguage }: MoneyOverview['names'][string]): string =>
  title[view.language] ?? title[originalLanguage] ?? Object.values(title)[0] ?? ''

function drawing(view: View, flows: MoneyOverview['flows'], nameOf: NameOf, currency: string): Html {
  const picture = sankey(flows.map(({ giver, what, place, amount }) => ({ keys: [giver, what, place], amount })))
  const isMirrored = directionOf(view.language) === 'rtl'
  const across = (at: number, width = 0) => percent(isMirrored ? 100 - at - width : at)
  const { f } = view
  const say = (column: number, key: string, amount: number) =>
    `${nameOf(columns[column]!, key)}${view.f.colon}${f.money(amount, currency)}`
  const bandPath = ({ column, fromTop, toTop, height }: Band) => {
    const side = (x: number) => (isMirrored ? 100 - x : x).toFixed(2)
    const [left, right] = [starts[column]! + barWidth, starts[column + 1]!]
    const [a, b, middle] = [side(left), side(right), side((left + right) / 2)]
    const y = (value: number) => value.toFixed(1)
    return `M${a},${y(fromTop)}C${middle},${y(fromTop)} ${middle},${y(toTop)} ${b},${y(toTop)}V${y(toTop + height)}C${middle},${y(toTop + height)} ${middle},${y(fromTop + height)} ${a},${y(fromTop + height)}Z`
  }
  const bar = ({ column, key, amount, top, height, room }: Node) =>
    html`<rect class="bar" x="${across(starts[column]!, barWidth)}" y="${top.toFixed(1)}" width="${barWidth}%" height="${height.toFixed(1)}"><title>${say(column, key, amount)}</title></rect
      ><foreignObject x="${across(starts[column]! + barWidth, nameWidth)}" y="${top.toFixed(1)}" width="${nameWidth}%" height="${room.toFixed(1)}"><p class="name"><span dir="auto">${nameOf(columns[column]!, key)}</span><span class="n">${f.numberShort(amount)}</span></p></foreignObject>`
  return html`<svg class="flow" role="img" aria-labelledby="flow-title" height="${Math.ceil(picture.height)}">
    <svg viewBox="0 0 100 ${Math.ceil(picture.height)}" preserveAspectRatio="none" width="100%" height="${Math.ceil(picture.height)}">${picture.bands.map((band) => html`<path class="band" d="${bandPath(band)}"><title>${nameOf(columns[band.column]!, band.from)} → ${nameOf(columns[band.column + 1]!, band.to)}${view.f.colon}${f.money(band.amount, currency)}</title></path>`)}</svg>
    ${picture.nodes.map(bar)}
  </svg>`
}

function table(
  view: View,
  flows: MoneyOverview['flows'],
  nameOf: NameOf,
  currency: string,
  names: MoneyOverview['names'],
): Html {
  const { t, f, href } = view
  const sorted = flows.toSorted((a, b) => b.amount - a.amount)
  const left = sorted.slice(mostRows)
  const giver = (key: string): Content => {
    const named = names[key]
    return named
      ? html`<a href="${href(recordPath(key))}">${textOf(view, named.title, named.originalLanguage)}</a>`
      : nameOf('giver', key)
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="flow-table"><table>
    <caption id="flow-table">${t('money.table', { currency })}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col">${t(headingOf[column])}</th>`)}<th scope="col" class="amount">${t('field.amount')}</th></tr></thead>
    <tbody>${sorted.slice(0, mostRows).map((flow) => html`<tr><th scope="row">${giver(flow.giver)}</th><td>${nameOf('what', flow.what)}</td><td>${nameOf('place', flow.place)}</td><td class="amount">${f.money(flow.amount, currency)}</td></tr>`)}</tbody>
    ${
      left.length > 0 &&
      html`<tfoot><tr><th scope="row" colspan="3">${t('money.rows', { count: left.length })}</th><td class="amount">${f.money(
        left.reduce((sum, { amount }) => sum + amount, 0),
        currency,
      )}</td></tr></tfoot>`
    }
  </table></div>`
}
