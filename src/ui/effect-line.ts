/** One effect: a point on a line with its interval, beside the words that say the same. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { scaleLinear } from 'd3-scale'
import { label, plainLabel, type View } from './view.ts'

const width = 220
const height = 34
const numbersHeight = 14
const margin = 8
/** As far as most effects of teaching reach, in standard deviations; larger ones stretch the line. */
export const usualReach = 1

export type Measured = { effect: number; low?: number | undefined; high?: number | undefined }

export function measuredIn({ effectSize, interval }: StoredRecord['body']): Measured | undefined {
  if (typeof effectSize !== 'number') return undefined
  const { low, high } = (interval ?? {}) as { low?: number; high?: number }
  return { effect: effectSize, low, high }
}

export const reachOf = (all: readonly Measured[]): number =>
  Math.max(usualReach, ...all.flatMap(({ effect, low = 0, high = 0 }) => [effect, low, high].map(Math.abs)))

/** Less is left and more is right in every language, as in the studies themselves. */
export function effectLine({ f }: Pick<View, 'f'>, { effect, low, high }: Measured, reach = usualReach): Html {
  const half = width / 2
  const at = (value: number) => (half + (value / reach) * (half - margin)).toFixed(1)
  const middle = height / 2
  const interval =
    low !== undefined && high !== undefined
      ? html`<line class="interval" x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}" />`
      : nothing
  const ticks = scaleLinear([-reach, reach], [0, width]).ticks(4)
  return html`<svg class="effect-line" aria-hidden="true" viewBox="0 0 ${width} ${height + numbersHeight}">
    <line class="axis" x1="${margin}" x2="${width - margin}" y1="${middle}" y2="${middle}" />
    ${ticks.map((tick) => html`<line class="tick" x1="${at(tick)}" x2="${at(tick)}" y1="${middle - 4}" y2="${middle + 4}" />`)}
    <line class="zero" x1="${half}" x2="${half}" y1="4" y2="${height - 4}" />
    ${interval}<circle class="${effect < 0 ? 'less' : 'more'}" cx="${at(effect)}" cy="${middle}" r="6" />
    ${ticks.map((tick) => html`<text x="${at(tick)}" y="${height + 8}" text-anchor="middle" direction="ltr">${f.decimal(tick)}</text>`)}
  </svg>`
}

/** A sign stays before its number in a text that runs from right to left (UAX 9: an isolate). */
export const signed = ({ f }: Pick<View, 'f'>, value: number): string => `\u2066${f.signed(value)}\u2069`

export function effectWords(view: View, { effect, low, high }: Measured): string {
  const { t } = view
  const size = t('effect.inWords', { effect: signed(view, effect) })
  return low === undefined || high === undefined
    ? size
    : `${size}${view.f.bracketed(t('effect.interval', { low: signed(view, low), high: signed(view, high) }))}`
}

const steps = 6

/** `E5`: five steps of six, and the name of the level; where a legend stands near and room is little, `E5` alone. */
export function strengthSign(view: View, level: unknown, isShort = false): Content {
  if (typeof level !== 'string') return nothing
  const reached = Number(level.slice(1))
  return html`<span class="strength-sign"
    ><svg aria-hidden="true" viewBox="0 0 ${steps * 12} 20">
      ${Array.from({ length: steps }, (_, step) => html`<rect class="${step < reached ? 'on' : 'off'}" x="${step * 12}" y="${14 - step * 2.4}" width="9" height="${6 + step * 2.4}" />`)}
    </svg>
    ${isShort ? html`<bdi>${level}</bdi>` : label(view, 'evidence-levels', level)}</span
  >`
}

type Grounds = Readonly<Record<string, unknown>>

/** What a level must not be read without: that nobody appraised the study, and that those who run it studied it. */
export function levelQualifiers(view: View, grounds: Grounds): string[] {
  const { ratings, independent } = grounds as { ratings?: unknown; independent?: unknown }
  const all = (Array.isArray(ratings) ? ratings : []) as { scheme?: string }[]
  const isUnappraised = all.length > 0 && all.every(({ scheme }) => scheme === 'design')
  return [
    isUnappraised ? plainLabel(view, 'rating-schemes', 'design') : '',
    independent === 'no' ? view.t('effect.notIndependent') : '',
  ].filter(Boolean)
}

/** A level with what it must not be read without. */
export function qualifiedLevel(view: View, level: unknown, grounds: Grounds, isShort = false): Content {
  if (typeof level !== 'string') return nothing
  const qualifiers = levelQualifiers(view, grounds)
  return html`${strengthSign(view, level, isShort)}${qualifiers.length > 0 && html` <span>${joined(qualifiers, ' · ')}</span>`}`
}

const levels = ['E6', 'E5', 'E4', 'E3', 'E2', 'E1', 'E0']

/** What the levels stand for, wherever they are shown. */
export const levelsLegend = (view: View): Html =>
  html`<details class="small">
    <summary>${view.t('effect.levels')}</summary>
    <ul>${levels.map((level) => html`<li>${label(view, 'evidence-levels', level)}</li>`)}</ul>
    <p>${view.t('effect.designAlone')} <a href="${view.href('/evidence-levels')}">${view.t('effect.levelsMore')}</a></p>
  </details>`
