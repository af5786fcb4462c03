/** What a country does for open educational resources, by area of action of the Recommendation of 2019, and what is missing. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { LinkedName } from '#records/linked-names.ts'
import { recordPath } from '#ui/cards.ts'
import { languageNamed, plainLabel, textOf, valueName, type View } from '#ui/view.ts'
import { oerRule, type OerProgress } from '../oer.ts'

type Action = OerProgress['actions'][number]

const recommendationAddress = 'https://unesdoc.unesco.org/ark:/48223/pf0000373755'
const told = ['policy', 'commitment', 'call', 'practice'] as const

/** The whole report, with its rule. */
export function oerReport(view: View, { country, actions }: OerProgress): Html {
  const { t, f } = view
  const covered = actions.filter(({ records }) => records.policy.length > 0).length
  return html`<section aria-labelledby="oer">
    <h2 id="oer">${t('oer.title', { country: plainLabel(view, 'countries', country) })}</h2>
    <p>
      ${t('policies.oerCovered', { covered: f.number(covered), of: f.number(actions.length) })}
      <a href="${recommendationAddress}" rel="external">${t('policies.oerText')}</a>
    </p>
    ${actions.map((action) => actionPart(view, action))}
    <p class="small">${f.sentences(t('oer.rule'), t('oer.version', { version: oerRule.version, date: f.day(oerRule.since) }))}</p>
  </section>`
}

function actionPart(view: View, { action, records, resources, missing }: Action): Html {
  const { f } = view
  const lines = told.flatMap((kind) =>
    records[kind].length > 0
      ? [html`<li>${valueName(view, 'kind', kind)}${view.f.colon}${links(view, records[kind])}</li>`]
      : [],
  )
  const counts = resources.map(
    ({ language, count }) =>
      html`<a href="${view.href(`/search?${new URLSearchParams({ kind: 'resource', language })}`)}">${languageNamed(view, language)}</a> ${f.number(count)}`,
  )
  return html`<h3>${plainLabel(view, 'oer-action-areas', action)}</h3>
    <ul>
      ${lines}${counts.length > 0 && html`<li>${valueName(view, 'kind', 'resource')}${view.f.colon}${joined(counts, ' · ')}</li>`}
      ${missing.length > 0 && html`<li>${missingWords(view, missing)}</li>`}
    </ul>`
}

const links = (view: View, records: readonly LinkedName[]): Html =>
  joined(
    records.map(
      ({ id, title, originalLanguage }) =>
        html`<a href="${view.href(recordPath(id))}">${textOf(view, title, originalLanguage)}</a>`,
    ),
    ' · ',
  )

const missingWords = (view: View, missing: Action['missing']): string =>
  view.t('oer.missing', { kinds: missing.map((kind) => valueName(view, 'kind', kind)).join(view.f.comma) })

/** On the page of a country: how much of what, one line for each area; nothing where nothing at all is recorded. */
export function oerBeside(view: View, { country, actions }: OerProgress): Content {
  const counted = (action: Action) =>
    told.flatMap((kind) =>
      action.records[kind].length > 0
        ? [`${valueName(view, 'kind', kind)} ${view.f.number(action.records[kind].length)}`]
        : [],
    )
  if (actions.every((action) => counted(action).length === 0)) return nothing
  return html`<section aria-labelledby="oer">
    <h2 id="oer">${view.t('oer.heading')}</h2>
    <ul>
      ${actions.map((action) => {
        const found = [...counted(action), ...(action.missing.length > 0 ? [missingWords(view, action.missing)] : [])]
        return html`<li>${plainLabel(view, 'oer-action-areas', action.action)}${view.f.colon}<span class="small">${found.join(' · ')}</span></li>`
      })}
    </ul>
    <p class="more"><a href="${view.href(`/policies?country=${country}#oer`)}">${view.t('oer.report')}</a></p>
  </section>`
}
