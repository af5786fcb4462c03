/** What stands on pages of others: whether decisions count, what was decided on them, and rules of a country. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { isOf } from '#records/kind.ts'
import { recordPath } from '#ui/cards.ts'
import type { Fills } from '#ui/mounting.ts'
import { textOf, type View } from '#ui/view.ts'
import { knownMark } from './pages/checked.ts'
import { qualityPart } from './pages/quality.ts'
import { recognisedPath } from './pages/recognised.ts'
import { validityBadge, validityDates } from './pages/validity-badge.ts'
import { decisionValidity, qualityOf } from './quality.ts'
import { qualityDecision } from './quality-decision.ts'
import { whereRecognised, type RecognisedLine } from './recognised.ts'
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
    const covering = lines.filter(({ fits }) => fits !== 'no')
    const count = covering.length
    if (count === 0) return nothing
    const prior = covering.filter(({ decision }) => decision.body.heldLearning?.includes('experience'))
    return html`${prior.length > 0 && priorLearning(view, prior)}
    <p>
      <a href="${view.href(`${recognisedPath}?country=${country}`)}">${view.t('recognised.ofCountry', { count })}</a>
    </p>`
  },
}

/** Rules by which a country recognises what was learned at work and in life, each by its name. */
const priorLearning = (view: View, lines: readonly RecognisedLine[]): Html =>
  html`<section aria-labelledby="prior-learning">
    <h2 id="prior-learning">${view.t('recognised.priorLearning')}</h2>
    <ul class="links">
      ${lines.map(({ decision: { id, body } }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></li>`)}
    </ul>
  </section>`
