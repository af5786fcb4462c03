/** The figures that approaches are compared by: how they ended, how sure that is, how much it does, what it costs. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText, directionOf } from '#kernel/i18n/languages.ts'
import type { FacetCount } from '#records/facets.ts'
import type { Summary } from '../shapes.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { effectLine, effectWords, signed, usualReach } from '#ui/effect-line.ts'
import { label, plainLabel, textOf, type View } from '#ui/view.ts'

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
  basis?: string
  whatWasRead?: Record<string, string>
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
  return html`${effectLine(view, { effect: median, low: lowest, high: highest }, reach)}
    <strong>${effectWords(view, { effect: median })}</strong>
    <span class="small">${t('approaches.median', { count: withEffect, lowest: signed(view, lowest), highest: signed(view, highest) })}</span>`
}

export const directionsInOrder = ['positive', 'no-clear', 'negative', 'mixed']

/** What a study found, in words. */
export const directionName = (view: View, direction: string): string =>
  direction === 'mixed' ? view.t('approach.mixed') : plainLabel(view, 'directions', direction)

/** How the studies' findings are spread, the most frequent first: a level of evidence alone does not say which way it points. */
export function spreadInWords(view: View, directions: readonly FacetCount[], studies: number): string[] {
  const place = ({ value }: FacetCount) => directionsInOrder.indexOf(value)
  return directions
    .toSorted((a, b) => b.count - a.count || place(a) - place(b))
    .map(({ value, count }, at) => {
      const found = directionName(view, value)
      return at === 0
        ? view.t('approaches.spread', { found, count: view.f.number(count), total: studies })
        : `${found}${view.f.colon}${view.f.number(count)}`
    })
}

/** The effect and how findings are spread, which stands first where no figure is known. */
export function foundFigure(
  view: View,
  figure: EffectFigure & { directions: readonly FacetCount[] },
  studies: number,
): Content {
  const [most, ...others] = spreadInWords(view, figure.directions, studies)
  const size = effectFigure(view, figure)
  if (!most) return size
  const rest = others.length > 0 && html`<div class="small">${joined(others, view.f.comma)}</div>`
  return figure.median === undefined
    ? html`<strong>${most}</strong>${rest}<div class="small">${size}</div>`
    : html`${size}<div class="small">${most}</div>${rest}`
}

/** The same without marks, for a file. */
export function effectInWords(view: View, { withEffect, median, lowest, highest }: EffectFigure): string {
  if (median === undefined || lowest === undefined || highest === undefined)
    return view.t('approaches.few', { count: withEffect })
  const reach = { count: withEffect, lowest: view.f.signed(lowest), highest: view.f.signed(highest) }
  return `${view.t('effect.inWords', { effect: view.f.signed(median) })} (${view.t('approaches.median', reach)})`
}

/** The effect in words alone, for a sheet of paper. */
function foundTold(view: View, { effects }: Summary): Content {
  const { withEffect, median, lowest, highest, directions, studies } = effects
  const spread = spreadInWords(view, directions, studies.length).join(view.f.comma)
  if (median === undefined || lowest === undefined || highest === undefined)
    return html`<strong>${spread}</strong>
      <div class="small">${view.t('approaches.few', { count: withEffect })}</div>`
  return html`<strong>${effectWords(view, { effect: median })}</strong>
    <div class="small">${view.t('approaches.median', { count: withEffect, lowest: signed(view, lowest), highest: signed(view, highest) })}</div>
    <div class="small">${spread}</div>`
}

/** What an approach is chosen by, as terms and their values: what it costs, how sure that is, what it does, how often it worked. */
export function approachFacts(view: View, summary: Summary): Html {
  const { t } = view
  const { costs, effects, practices } = summary
  const [strongest] = effects.levels
  const facts: [string, Content][] = [
    [t('approaches.cost'), costFigure(view, costs.ranges)],
    [
      t('approaches.strength'),
      html`${strongest && html`<strong>${plainLabel(view, 'evidence-levels', strongest.value)}</strong> `}<span class="small">${t('approaches.studies', { count: effects.studies.length })}</span>`,
    ],
    [t('approaches.effect'), foundTold(view, summary)],
    [
      t('practice.outcome'),
      html`<strong>${t('approaches.practiceCount', { count: practices.total })}</strong> <span class="small">${endsInWords(view, practices.outcomes)}</span>`,
    ],
  ]
  return html`${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}`
}

const yearsOf = ({ fromYear, toYear }: CostRange) =>
  fromYear === undefined ? '' : fromYear === toYear ? String(fromYear) : `${fromYear}–${toYear}`

const amountOf = ({ f }: View, { lowest, highest, currency }: CostRange): string =>
  lowest === highest ? f.money(lowest, currency) : `${f.money(lowest, currency)} – ${f.money(highest, currency)}`

const groundsOf = (view: View, range: CostRange): string =>
  [view.t('approaches.practiceCount', { count: range.count }), yearsOf(range)].filter(Boolean).join(view.f.comma)

/** The same for a file. */
export const costInWords = (view: View, ranges: readonly CostRange[]): string =>
  ranges.map((range) => `${amountOf(view, range)} (${groundsOf(view, range)})`).join('; ')

/** By currency: nothing is converted. */
export function costFigure(view: View, ranges: readonly CostRange[]): Content {
  if (ranges.length === 0) return html`<span class="unsaid">${view.t('home.notTold')}</span>`
  return ranges.map(
    (range) =>
      html`<div>
        <strong><bdi>${amountOf(view, range)}</bdi></strong>
        <span class="small">${groundsOf(view, range)}</span>
      </div>`,
  )
}

/** The class that a panel gave, with its year, the way to it, and what it was about where that is not just this approach. */
export const panelClassOf = (view: View, { panelClass, year, url, note }: PanelSays): Content => {
  if (!panelClass) return nothing
  const name = label(view, 'panel-classes', panelClass)
  return html`<span class="panel ${panelClass}">${url ? html`<a href="${url}" rel="external">${name}</a>` : name}</span>
    <span class="small">${String(year)}</span> ${note && html`<div class="small">${textOf(view, note, 'en')}</div>`}`
}

/** The same for a file. */
export const panelInWords = (view: View, { panelClass = '', year, note }: PanelSays): string =>
  `${plainLabel(view, 'panel-classes', panelClass)} (${[String(year), note && bestText(note, view.language).text].filter(Boolean).join(view.f.colon)})`
