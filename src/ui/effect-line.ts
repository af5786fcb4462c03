/** One effect: a point on a line with its interval, beside the words that say the same. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { label, type View } from './view.ts'

const width = 220
const height = 34
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
export function effectLine({ effect, low, high }: Measured, reach = usualReach): Html {
  const half = width / 2
  const at = (value: number) => (half + (value / reach) * (half - margin)).toFixed(1)
  const middle = height / 2
  const interval =
    low !== undefined && high !== undefined
      ? html`<line class="interval" x1="${at(low)}" x2="${at(high)}" y1="${middle}" y2="${middle}" />`
      : nothing
  return html`<svg class="effect-line" aria-hidden="true" viewBox="0 0 ${width} ${height}">
    <line class="axis" x1="${margin}" x2="${width - margin}" y1="${middle}" y2="${middle}" />
    <line class="zero" x1="${half}" x2="${half}" y1="4" y2="${height - 4}" />
    ${interval}<circle class="${effect < 0 ? 'less' : 'more'}" cx="${at(effect)}" cy="${middle}" r="6" />
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

/** `E5`: five steps of six, and the name of the level. */
export function strengthSign(view: View, level: unknown): Content {
  if (typeof level !== 'string') return nothing
  const reached = Number(level.slice(1))
  return html`<span class="strength-sign"
    ><svg aria-hidden="true" viewBox="0 0 ${steps * 12} 20">
      ${Array.from({ length: steps }, (_, step) => html`<rect class="${step < reached ? 'on' : 'off'}" x="${step * 12}" y="${14 - step * 2.4}" width="9" height="${6 + step * 2.4}" />`)}
    </svg>
    ${label(view, 'evidence-levels', level)}</span
  >`
}
