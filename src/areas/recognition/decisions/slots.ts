/** What stands on pages of others: whether decisions count, what was decided on them, and rules of a country. */
import { html, nothing } from '#kernel/html/html.ts'
import { isOf } from '#records/kind.ts'
import type { Fills } from '#ui/mounting.ts'
import { knownMark } from './pages/checked.ts'
import { qualityPart } from './pages/quality.ts'
import { recognisedPath } from './pages/recognised.ts'
import { validityBadge, validityDates } from './pages/validity-badge.ts'
import { decisionValidity, qualityOf } from './quality.ts'
import { qualityDecision } from './quality-decision.ts'
import { whereRecognised } from './recognised.ts'
import { recognitionDecision } from './recognition-decision.ts'

const isRecognition = isOf(recognitionDecision)
const isQuality = isOf(qualityDecision)
const decidedOn = new Set(['course', 'pathway', 'organisation', 'platform', 'solution', 'resource', 'practice'])

export const decisionSlots: Fills = {
  recordTop: async ({ ask, view: viewFor }, request, record) => {
    const view = viewFor(request)
    if (isRecognition(record) || isQuality(record)) {
      const { validity, ...dates } = await ask(decisionValidity, { id: record.id })
      return html`<p>
        ${validityBadge(view, validity)} ${validityDates(view, dates)}
        ${dates.register && html`<a href="${dates.register}" rel="external">${view.t('field.register')}</a>`}
        ${isRecognition(record) && html`<a href="${view.href(recognisedPath)}">${view.t('recognised.title')}</a>`}
      </p>
      ${isRecognition(record) && !record.body.consulted?.length && knownMark(view)}`
    }
    return nothing
  },
  record: async ({ ask, view: viewFor }, request, record) => {
    const view = viewFor(request)
    if (!decidedOn.has(record.kind)) return nothing
    return qualityPart(view, (await ask(qualityOf, { id: record.id })).decisions)
  },
  country: async ({ ask, view: viewFor }, request, country) => {
    const view = viewFor(request)
    const { lines } = await ask(whereRecognised, { country })
    const count = lines.filter(({ fits }) => fits !== 'no').length
    if (count === 0) return nothing
    return html`<p>
      <a href="${view.href(`${recognisedPath}?country=${country}`)}">${view.t('recognised.ofCountry', { count })}</a>
    </p>`
  },
}
