/** Where is what I hold recognised? A form, and an answer by rule. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { optionsOf } from '#ui/code-choices.ts'
import { page } from '#ui/layout.ts'
import { select } from '#ui/select.ts'
import { stateItem } from '#ui/state-item.ts'
import { plainLabel, plainTitle, textOf, type View } from '#ui/view.ts'
import type { qualificationFramework } from '../qualification-framework.ts'
import type { recognitionDecision } from '../recognition-decision.ts'
import type { Misfit, RecognisedLine } from '../recognised.ts'
import { checkedPart } from './checked.ts'
import { validityBadge, validityDates } from './validity-badge.ts'

type Framework = StoredRecord<BodyOf<typeof qualificationFramework>>
export type RecognitionChoice = Partial<Record<'held' | 'framework' | 'awardedIn' | 'country', string>>

type Shown = {
  chosen: RecognitionChoice
  frameworks: readonly Framework[]
  level: number | null
  lines: readonly RecognisedLine[]
  alike: readonly { framework: Framework; codes: readonly string[] }[]
}

export const recognisedPath = '/recognition/where'

export function recognisedPage(view: View, shown: Shown): HttpResponse {
  const { t, href } = view
  const { lines, chosen } = shown
  const fitting = lines.filter(({ fits }) => fits === 'yes')
  const open = lines.filter(({ fits }) => fits === 'perhaps')
  const others = lines.filter(({ fits }) => fits === 'no')
  const isAsked = Object.keys(chosen).length > 0
  return page(view, {
    title: t('recognised.title'),
    description: t('recognised.lead'),
    main: html`<h1>${t('recognised.title')}</h1>
      <p class="lead">${t('recognised.lead')}</p>
      ${asking(view, shown)}
      ${isAsked && html`<p role="status"><strong>${t('recognised.count', { count: fitting.length })}</strong></p>`}
      ${lines.length === 0 && html`<p>${isAsked ? t('recognised.noneSuch') : t('recognised.none')}</p>`}
      ${
        isAsked
          ? html`${list(view, t('recognised.fits'), fitting)} ${list(view, t('recognised.perhaps'), open)}
            ${list(view, t('recognised.misses'), others)} ${comparison(view, shown)}`
          : briefly(view, lines)
      }
      <p class="small">${t('recognised.rule')}</p>
      <p class="go not-printed"><a class="button" href="${href('/share?kind=recognition-decision')}">${t('recognised.add')}</a></p>`,
  })
}

function asking(view: View, { chosen, frameworks }: Shown): Html {
  const { t, href } = view
  const levels = frameworks.flatMap((one) =>
    (one.body.frameworkLevels ?? []).map(({ code }) => ({
      value: `${one.id}:${code}`,
      name: `${plainTitle(view, one.body)}${view.f.colon}${code}`,
    })),
  )
  const choose = (name: 'held' | 'awardedIn' | 'country', list: string, label: string) =>
    select(view, { name, label, options: optionsOf(view, list), chosen: [chosen[name] ?? ''] })
  return html`<form class="asking" action="${href(recognisedPath)}">
    ${choose('held', 'held-learning', t('recognised.held'))}
    ${select(view, { name: 'framework', label: t('recognised.level'), options: levels, chosen: [chosen.framework ?? ''] })}
    ${choose('awardedIn', 'countries', t('recognised.awardedIn'))} ${choose('country', 'countries', t('recognised.country'))}
    <p class="go"><button>${t('recognised.show')}</button> <a href="${href(recognisedPath)}">${t('recognised.reset')}</a></p>
  </form>`
}

const list = (view: View, title: string, lines: readonly RecognisedLine[]): Content =>
  lines.length > 0 &&
  html`<h2>${title}</h2>
    <ul class="findings phase">
      ${lines.map((line) => item(view, line))}
    </ul>`

/** Before anything is chosen: what there is, in a line or two each. */
const briefly = (view: View, lines: readonly RecognisedLine[]): Content =>
  lines.length > 0 &&
  html`<h2>${view.t('recognised.all', { count: lines.length })}</h2>
    <ul class="findings phase">
      ${lines.map(({ decision, validity }) => stateItem(view, { record: decision, badge: validityBadge(view, validity), facts: factsOf(view, decision.body) }))}
    </ul>`

const countriesShown = 12

function factsOf(view: View, body: BodyOf<typeof recognitionDecision>) {
  const { t, f } = view
  const countries = (body.countries ?? []).map((code) => plainLabel(view, 'countries', code))
  const where =
    countries.length > countriesShown
      ? `${countries.slice(0, countriesShown).join(f.comma)}${f.comma}${t('recognised.andMore', { count: countries.length - countriesShown })}`
      : countries.join(f.comma)
  return [
    where,
    body.recognisedBy && textOf(view, body.recognisedBy, body.originalLanguage),
    body.recognitionGround && plainLabel(view, 'recognition-grounds', body.recognitionGround),
    validityDates(view, body),
  ]
}

function item(view: View, { decision, validity, misfits }: RecognisedLine): Html {
  const { t } = view
  const { body } = decision
  return stateItem(view, {
    record: decision,
    badge: validityBadge(view, validity),
    facts: factsOf(view, body),
    more: html`${body.recognisedAs && html`<p>${textOf(view, body.recognisedAs, body.originalLanguage)}</p>`}
      ${
        body.requirements &&
        html`<p>${t('recognised.needs')}</p>
          <ul>
            ${body.requirements.map(({ what }) => html`<li>${textOf(view, what, body.originalLanguage)}</li>`)}
          </ul>`
      }
      ${basis(view, body)} ${body.limits && html`<p class="small">${textOf(view, body.limits, body.originalLanguage)}</p>`}
      ${checkedPart(view, body)}
      ${misfits.length > 0 && html`<p class="small">${misfits.map((one) => misfitWord(view, one)).join(' ')}</p>`}`,
  })
}

/** The law, treaty or policy, and where it can be read. */
function basis(view: View, { legalBasis, document, originalLanguage }: BodyOf<typeof recognitionDecision>): Content {
  if (!legalBasis && !document) return nothing
  const link = document && html`<a href="${document}" rel="external">${view.t('recognised.document')}</a>`
  return html`<p class="small">${legalBasis && html`${view.t('recognised.basis')} ${textOf(view, legalBasis, originalLanguage)}`} ${link}</p>`
}

const misfitWord = ({ t }: View, misfit: Misfit): string =>
  ({
    level: t('recognised.misfit.level'),
    levelUnknown: t('recognised.misfit.levelUnknown'),
    awardedIn: t('recognised.misfit.awardedIn'),
    awardedInUnknown: t('recognised.misfit.awardedInUnknown'),
    ended: t('recognised.misfit.ended'),
    upcoming: t('recognised.misfit.upcoming'),
  })[misfit]

function comparison(view: View, { level, alike, chosen }: Shown): Content {
  const { t, f, href } = view
  if (!chosen.framework) return nothing
  if (level === null) return html`<p>${t('recognised.notReferenced')}</p>`
  return html`<section aria-labelledby="levels">
    <h2 id="levels">${t('recognised.levels')}</h2>
    <p>${t('recognised.eqf', { level: f.number(level) })}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('kind.qualification-framework.one')}</th>
          <th scope="col">${t('recognised.sameLevel')}</th>
          <th scope="col">${t('field.referencingReport')}</th>
        </tr>
      </thead>
      <tbody>
        ${alike.map(
          ({ framework: { id, body }, codes }) =>
            html`<tr>
              <th scope="row"><a href="${href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></th>
              <td>${codes.join(f.comma)}</td>
              <td>${body.referencingReport && html`<a href="${body.referencingReport}" rel="external">${t('recognised.report')}</a>`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="small">${t('recognised.noRecognition')}</p>
  </section>`
}
