/** On the page of an offer or a request: whether it is open, what it meets and why, and what came of it. */
import { html, joined, type Content, type Html } from '#kernel/html/html.ts'
import type { BodyOf } from '#records/kind.ts'
import type { OpenState } from '#records/deadline.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { closingWords, openBadge } from '#ui/open-state.ts'
import { languageNamed, plainLabel, textOf, type View } from '#ui/view.ts'
import type { cooperationOutcome } from '../cooperation-outcome.ts'
import type { Criterion } from '../matching.ts'
import type { SupportMatch } from '../support.ts'
import { supportItem } from './offers.ts'

type Outcome = StoredRecord<BodyOf<typeof cooperationOutcome>>
type Found = { state: OpenState; closesOn: string; matches: readonly SupportMatch[]; outcomes: readonly Outcome[] }

const matchesShown = 10

export function matchesPart(view: View, record: StoredRecord, { matches, outcomes, ...dates }: Found): Content {
  const { t, href } = view
  const isOffer = record.kind === 'offer'
  return html`<p>
      ${openBadge(view, dates.state)} ${closingWords(view, { ...dates, hasDeadline: record.body.closesOn !== undefined })}
      <a href="${href('/offers')}">${t('offers.others')}</a>
    </p>
    <section aria-labelledby="matches">
      <h2 id="matches">${isOffer ? t('matches.requests') : t('matches.offers')}</h2>
      ${
        matches.length > 0
          ? html`<ul class="findings phase">
              ${matches.slice(0, matchesShown).map((one) => supportItem(view, one.line, reasons(view, one)))}
            </ul>`
          : html`<p>${isOffer ? t('matches.noRequests') : t('matches.noOffers')}</p>`
      }
      ${matches.length > matchesShown && html`<p class="small">${t('matches.more', { count: matches.length - matchesShown })}</p>`}
      <p class="small">${t('matches.rule')}</p>
    </section>
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">${t('matches.outcomes')}</h2>
      ${
        outcomes.length > 0
          ? html`<ul>
              ${outcomes.map((one) => outcome(view, one))}
            </ul>`
          : html`<p>${t('matches.noOutcome')}</p>`
      }
      <div class="not-printed">${press(view, `/offers/${record.id}/outcome`, t('matches.addOutcome'))}</div>
    </section>`
}

function reasons(view: View, { shared, differing }: SupportMatch): Html {
  const { t, f } = view
  const fits = shared.map(
    ({ on, values }) =>
      `${criterionName(view, on)}${view.f.colon}${values.map((value) => valueName(view, on, value)).join(f.comma)}`,
  )
  const differs = differing.map((on) => criterionName(view, on))
  return html`<p class="small">${t('matches.fits', { reasons: fits.join('; ') })}</p>
    ${differs.length > 0 && html`<p class="small">${t('matches.differs', { reasons: differs.join(f.comma) })}</p>`}`
}

const criterionName = ({ t }: View, on: Criterion): string =>
  ({
    supportTypes: t('field.supportTypes'),
    countries: t('field.countries'),
    areas: t('field.areas'),
    workingLanguages: t('field.workingLanguages'),
    levels: t('field.levels'),
  })[on]

const lists: Partial<Record<Criterion, string>> = {
  supportTypes: 'support-types',
  countries: 'countries',
  areas: 'areas',
  levels: 'levels',
}
const valueName = (view: View, on: Criterion, value: string): string =>
  lists[on] ? plainLabel(view, lists[on], value) : languageNamed(view, value)

const outcome = (view: View, { id, body }: Outcome): Html =>
  html`<li>
    <a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>
    <span class="small">${joined([plainLabel(view, 'cooperation-results', body.cooperationResult), view.f.day(body.saidOn)], ' · ')}</span>
  </li>`
