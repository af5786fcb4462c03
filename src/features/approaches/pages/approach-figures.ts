/** The figures that approaches are compared by: how they ended, how sure that is, how much it does, what it costs. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { FacetCount } from '#records/facets.ts'
import type { Summary } from '../shapes.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { effectLine, effectWords, signed, usualReach } from '#ui/effect-line.ts'
import { label, plainLabel, type View } from '#ui/view.ts'

export type CostRange = {
  currency: string
  lowest: number
  highest: number
  count: number
  fromYear?: number | undefined
  toYear?: number | undefined
}
export type PanelSays = {
  panel: string
  panelTopic: string
  panelClass?: string
  panelCost?: number
  panelStrength?: number
  panelMonths?: number
  year: number
  url?: string
  note?: Record<string, string>
}

const barWidth = 100

/** Shares as a small bar; the words beside it say the same. */
export function endsBar(view: View, outcomes: readonly FacetCount[]): Html {
  const total = outcomes.reduce((sum, { count }) => sum + count, 0)
  const known = new Map(outcomes.map(({ value, count }) => [value === 'unsaid' ? 'untold' : value, count]))
  const isMirrored = directionOf(view.language) === 'rtl'
  let begun = 0
  const parts = [...Object.keys(codeList('outcomes')!.terms), 'untold'].flatMap((outcome) => {
    const count = known.get(outcome)
    if (!count) return []
    const width = (count / total) * barWidth
    const x = isMirrored ? barWidth - begun - width : begun
    begun += width
    return [html`<rect class="o-${outcome}" x="${Math.round(x)}" width="${Math.round(width)}" height="8" />`]
  })
  return html`<svg class="ends-bar" aria-hidden="true" viewBox="0 0 ${barWidth} 8" preserveAspectRatio="none">${parts}</svg>`
}

/** `3 worked, 1 stopped`; where a verb would have to agree with the number, `worked: 3`. */
export const endsInWords = (view: View, outcomes: readonly FacetCount[]): string =>
  outcomes
    .map(({ value, count }) => {
      const name = value === 'unsaid' ? view.t('home.notTold') : plainLabel(view, 'outcomes', value)
      const outcome = name.toLocaleLowerCase(view.language)
      return view.t('approaches.outcomeCount', { count: view.f.number(count), outcome })
    })
    .join(view.f.comma)

export type EffectFigure = {
  withEffect: number
  median?: number | undefined
  lowest?: number | undefined
  highest?: number | undefined
}

/** The median where enough studies give one; else how few there are. */
export function effectFigure(view: View, { withEffect, median, lowest, highest }: EffectFigure): Content {
  const { t } = view
  if (median === undefined || lowest === undefined || highest === undefined)
    return html`<span class="unsaid">${t('approaches.few', { count: withEffect })}</span>`
  const reach = Math.max(usualReach, Math.abs(lowest), Math.abs(highest))
  return html`${effectLine({ effect: median, low: lowest, high: highest }, reach)}
    <strong>${effectWords(view, { effect: median })}</strong>
    <span class="small">${t('approaches.median', { count: withEffect, lowest: signed(view, lowest), highest: signed(view, highest) })}</span>`
}

/** The effect in words alone, for a sheet of paper. */
const effectTold = (view: View, figure: EffectFigure): Content => {
  const { withEffect, median, lowest, highest } = figure
  if (median === undefined || lowest === undefined || highest === undefined) return effectFigure(view, figure)
  return html`<strong>${effectWords(view, { effect: median })}</strong>
    <span class="small">${view.t('approaches.median', { count: withEffect, lowest: signed(view, lowest), highest: signed(view, highest) })}</span>`
}

/** What an approach is chosen by, as terms and their values: what it costs, what it does, how often it worked. */
export function approachFacts(view: View, { costs, effects, practices }: Summary): Html {
  const { t } = view
  const facts: [string, Content][] = [
    [t('approaches.cost'), costFigure(view, costs.ranges)],
    [t('approaches.effect'), effectTold(view, effects)],
    [t('practice.outcome'), practices.total > 0 ? endsInWords(view, practices.outcomes) : nothing],
  ]
  return html`${facts.map(([name, value]) => value !== nothing && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}`
}

const yearsOf = ({ fromYear, toYear }: CostRange) =>
  fromYear === undefined ? '' : fromYear === toYear ? String(fromYear) : `${fromYear}–${toYear}`

/** By currency: nothing is converted. */
export function costFigure(view: View, ranges: readonly CostRange[]): Content {
  const { t, f } = view
  if (ranges.length === 0) return html`<span class="unsaid">${t('home.notTold')}</span>`
  return ranges.map((range) => {
    const amount =
      range.lowest === range.highest
        ? f.money(range.lowest, range.currency)
        : `${f.money(range.lowest, range.currency)} – ${f.money(range.highest, range.currency)}`
    return html`<div>
      <strong><bdi>${amount}</bdi></strong>
      <span class="small">${joined([t('approaches.practiceCount', { count: range.count }), yearsOf(range)].filter(Boolean), view.f.comma)}</span>
    </div>`
  })
}

/** The class that a panel gave, with its year and the way to it. */
export const panelClassOf = (view: View, { panelClass, year, url }: PanelSays): Content => {
  if (!panelClass) return nothing
  const name = label(view, 'panel-classes', panelClass)
  return html`<span class="panel ${panelClass}">${url ? html`<a href="${url}" rel="external">${name}</a>` : name}</span>
    <span class="small">${String(year)}</span>`
}
