/** What is issued to who completes a course or pathway: on its page, the learner’s page, the issuer’s setting, and who waits. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { choices, errorSummary, field, form, input, press, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { paragraphsOf, plainTitle, textOf, type View } from '#ui/view.ts'
import type { ClaimLine } from '../completion/claiming.ts'
import { completionsPath } from '../completion/claiming.ts'
import type { WaitingLine } from '../completion/confirming.ts'
import { settings, type OfferLine } from '../completion/offers.ts'
import type { Step } from '../completion/steps.ts'
import type { IssuingOrganisation } from '../issuers/issuers.ts'
import { issuePath } from './issue.ts'

export const completionPath = (record: string, part = ''): string => `${recordPath(record)}/completion${part}`
export const settingPath = (achievement: string): string => `/achievements/${achievement}/completion`
export const decisionPath = (claim: string, decision: 'confirm' | 'refuse'): string =>
  `${completionsPath}/${claim}/${decision}`
const alone = { unlisted: true, keep: false } as const
type Typed = Partial<Record<string, string>>

const issuerOf = (view: View, { organisation }: OfferLine): Content =>
  organisation
    ? html`<a href="${view.href(recordPath(organisation.id))}">${textOf(view, organisation.title, organisation.originalLanguage)}</a>`
    : view.site.name

/** On the page of a course or pathway. */
export function completionPart(view: View, record: string, offers: readonly OfferLine[]): Content {
  if (offers.length === 0) return nothing
  const { t, href } = view
  return html`<section aria-labelledby="on-completion">
    <h2 id="on-completion">${t('completion.title')}</h2>
    <ul>
      ${offers.map(
        (one) =>
          html`<li>
            <a href="${href(recordPath(one.achievement))}">${textOf(view, one.title, one.originalLanguage)}</a> · ${issuerOf(view, one)}
            <span class="small">${t(`completion.basis.${one.basis}`)}</span>
          </li>`,
      )}
    </ul>
    <p><a class="button" href="${href(completionPath(record))}" rel="nofollow">${t('completion.get')}</a></p>
  </section>`
}

type Asking = {
  record: StoredRecord
  steps: readonly (Step & { isCompleted: boolean })[]
  isCompleted: boolean
  offers: readonly OfferLine[]
  claims: readonly ClaimLine[]
  /** The form that was refused: that of the steps, or of the claim of this achievement. */
  refused?: { achievement?: string; typed: Typed; errors: Errors }
}

export function completionPage(view: View, asking: Asking): HttpResponse {
  const { t } = view
  const { record, offers, refused } = asking
  const errors: Errors = refused?.errors ?? new Map()
  const name = plainTitle(view, record.body)
  const title = t('completion.titleOf', { title: name })
  const labels: Record<string, string> = {
    steps: t('completion.steps'),
    name: t('completion.name'),
    note: t('completion.note'),
  }
  return page(view, {
    ...alone,
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    main: html`${crumbs(view, [{ name, path: recordPath(record.id) }])}
      <h1>${title}</h1>
      <p class="lead">${t('completion.lead')}</p>
      ${errorSummary(view, errors, (one) => labels[one] ?? one)}
      ${offers.length === 0 && html`<p>${t('completion.none')}</p>`} ${stepsForm(view, asking, errors)}
      ${offers.map((one) => offerSection(view, asking, one))}`,
  })
}

function stepsForm(view: View, { record, steps, refused }: Asking, errors: Errors): Html {
  const { t } = view
  return form(
    view,
    completionPath(record.id),
    html`${choices(view, {
      name: 'steps',
      label: t('completion.steps'),
      hint: t('completion.stepsHint'),
      errors: refused?.achievement === undefined ? errors : new Map(),
      of: steps.map(({ key, title }) => ({ value: key, label: textOf(view, title, record.body.originalLanguage) })),
      values: steps.filter(({ isCompleted }) => isCompleted).map(({ key }) => key),
    })}
      <p class="go"><button>${t('completion.save')}</button></p>`,
  )
}

function offerSection(view: View, asking: Asking, offer: OfferLine): Html {
  const { t } = view
  const { record, isCompleted, claims } = asking
  const claim = claims.find(({ achievement }) => achievement === offer.achievement)
  const id = `offer-${offer.achievement}`
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${textOf(view, offer.title, offer.originalLanguage)}</h2>
    <p>${t('completion.issuedBy')} ${issuerOf(view, offer)}. ${t(`completion.basisWhy.${offer.basis}`)}</p>
    ${claim && stateOf(view, claim, completionPath(record.id, '/take-back'))}
    ${(!claim || claim.state === 'refused') && (isCompleted ? claimForm(view, asking, offer) : html`<p>${t('completion.stepsFirst')}</p>`)}
  </section>`
}

function claimForm(view: View, { record, refused }: Asking, { achievement, basis }: OfferLine): Html {
  const { t } = view
  const isThis = refused?.achievement === achievement
  const of = {
    errors: isThis ? refused.errors : (new Map() as Errors),
    part: isThis || !refused ? undefined : achievement,
  }
  const typed = isThis ? refused.typed : {}
  return form(
    view,
    completionPath(record.id, '/claim'),
    html`<input type="hidden" name="achievement" value="${achievement}" />
      ${
        basis === 'confirmed' &&
        html`${input(view, { name: 'name', label: t('completion.name'), hint: t('completion.nameHint'), isRequired: false, max: 200, value: typed['name'] ?? '', ...of })}
        ${field(view, { name: 'note', label: t('completion.note'), hint: t('completion.noteHint'), ...of }, (marks) => html`<textarea${marks} rows="3" maxlength="1000">\n${typed['note'] ?? ''}</textarea>`)}`
      }
      <p class="go"><button>${t(basis === 'confirmed' ? 'completion.ask' : 'completion.claim')}</button></p>`,
  )
}

const stateWord = ({ t }: View, state: ClaimLine['state']): string =>
  ({
    waiting: t('completion.waiting'),
    issued: t('completion.issued'),
    refused: t('completion.refused'),
    revoked: t('claim.revoked'),
    suspended: t('claim.suspended'),
  })[state]

function stateOf(view: View, { id, state, reason, path }: ClaimLine, takeBackPath: string): Html {
  const { t, href } = view
  return html`<p>${stateWord(view, state)} ${reason && html`<bdi>${reason}</bdi>`}</p>
    ${state === 'issued' && html`<p>${path ? html`<a class="button" href="${href(path)}" rel="nofollow">${t('contribution.open')}</a>` : t('completion.notKept')}</p>`}
    ${press(view, takeBackPath, t(state === 'issued' ? 'contribution.takeBack' : 'completion.takeBack'), { claim: id })}`
}

/** On the account page: what one asked for. */
export function myCompletionsPart(view: View, claims: readonly ClaimLine[]): Content {
  if (claims.length === 0) return nothing
  const { t, href } = view
  return html`<section aria-labelledby="completions">
    <h2 id="completions">${t('completion.title')}</h2>
    <ul>
      ${claims.map(
        ({ record, title, originalLanguage, state }) =>
          html`<li>
            <a href="${href(completionPath(record))}" rel="nofollow">${textOf(view, title, originalLanguage)}</a>
            <span class="small">${stateWord(view, state)}</span>
          </li>`,
      )}
    </ul>
  </section>`
}

export const settingFields = ['organisation', 'basis'] as const
type Setting = {
  achievement: StoredRecord
  closes: readonly StoredRecord[]
  issuers: readonly IssuingOrganisation[]
  basis: string
  organisation: string
  errors?: Errors
}

/** Where an issuer says that an achievement is issued on completion. */
export function settingPage(view: View, setting: Setting): HttpResponse {
  const { t, href } = view
  const { achievement, closes, issuers, basis, organisation, errors = new Map() } = setting
  const name = plainTitle(view, achievement.body)
  const title = t('completion.settingTitle', { title: name })
  const labels: Record<string, string> = { organisation: t('award.organisation'), basis: t('completion.basis') }
  const parts = (one: string) => ({ name: one, label: labels[one]!, errors })
  const words = (one: (typeof settings)[number]) => ({
    value: one,
    label: t(`completion.setting.${one}`),
    hint: t(`completion.settingHint.${one}`),
  })
  return page(view, {
    ...alone,
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    main: html`${crumbs(view, [
      { name: t('issueBadge.title'), path: issuePath },
      { name, path: recordPath(achievement.id) },
    ])}
      <h1>${title}</h1>
      <p class="lead">${t('completion.settingLead')}</p>
      ${errorSummary(view, errors, (one) => labels[one] ?? one)}
      ${
        closes.length === 0
          ? html`<p>${t('completion.closesNothing')}</p>`
          : html`<p>${t('completion.closes')}</p>
              <ul>
                ${closes.map(({ id, body }) => html`<li><a href="${href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></li>`)}
              </ul>`
      }
      ${
        issuers.length === 0
          ? html`<p>${t('award.mayNot')}</p>`
          : form(
              view,
              settingPath(achievement.id),
              html`${select(view, {
                ...parts('organisation'),
                value: organisation,
                choices: issuers.map((one) => ({
                  value: one.id,
                  label: one.id ? plainTitle(view, one) : view.site.name,
                })),
              })}
                ${choices(view, { ...parts('basis'), type: 'radio', of: settings.map(words), values: [basis] })}
                <p class="go"><button>${t('completion.saveSetting')}</button></p>`,
            )
      }`,
  })
}

/** Who waits until somebody confirms what they completed. */
export function waitingPage(
  view: View,
  waiting: readonly WaitingLine[],
  refused?: { claim: string; reason: string; errors: Errors },
): HttpResponse {
  const { t } = view
  const errors: Errors = refused?.errors ?? new Map()
  const title = t('completion.waitingTitle')
  return page(view, {
    ...alone,
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    main: html`${crumbs(view, [{ name: t('issueBadge.title'), path: issuePath }])}
      <h1>${title}</h1>
      <p class="lead">${t('completion.waitingLead')}</p>
      ${errorSummary(view, errors, () => t('issueBadge.reason'))}
      ${waiting.length === 0 && html`<p>${t('completion.nobodyWaits')}</p>`}
      ${waiting.map((one) => waitingSection(view, one, refused))}`,
  })
}

function waitingSection(
  view: View,
  { id, achievement, record, completedOn, name, note }: WaitingLine,
  refused?: { claim: string; reason: string; errors: Errors },
): Html {
  const { t, f, href } = view
  const isThis = refused?.claim === id
  const of = { errors: isThis ? refused.errors : (new Map() as Errors), part: isThis ? undefined : id }
  return html`<section aria-labelledby="waits-${id}">
    <h2 id="waits-${id}">${name ? html`<bdi>${name}</bdi>` : t('completion.unnamed')}</h2>
    <dl>
      <dt>${t('kind.achievement.one')}</dt>
      <dd><a href="${href(recordPath(achievement.id))}">${textOf(view, achievement.title, achievement.originalLanguage)}</a></dd>
      <dt>${t('completion.completed')}</dt>
      <dd><a href="${href(recordPath(record.id))}">${textOf(view, record.title, record.originalLanguage)}</a>, ${f.day(completedOn)}</dd>
      <dt>${t('completion.noteSaid')}</dt>
      <dd dir="auto">${paragraphsOf(view, { [view.language]: note }, view.language)}</dd>
    </dl>
    ${form(view, decisionPath(id, 'confirm'), html`<p class="go"><button>${t('completion.confirm')}</button></p>`)}
    <details${isThis && html` open`}>
      <summary>${t('completion.refuse')}</summary>
      ${form(
        view,
        decisionPath(id, 'refuse'),
        html`${input(view, { name: 'reason', label: t('issueBadge.reason'), hint: t('completion.reasonHint'), max: 500, value: isThis ? refused.reason : '', ...of })}
          <p class="go"><button class="quiet">${t('completion.refuse')}</button></p>`,
      )}
    </details>
  </section>`
}
