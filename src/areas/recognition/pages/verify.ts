/** Verifying a credential: where it is given, and the list of checks. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { largestCarrier } from '#codecs/open-badges/read-carrier.ts'
import { errorSummary, field, form, input, press, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { picture } from '#ui/pictures.ts'
import type { View } from '#ui/view.ts'
import type { RegisteredEntry } from '../register/register.ts'
import type { Check, CredentialFacts, Verification, Within } from '../verification/verification.ts'
import demonstrationCredential from '../verification/demonstration-credential.json' with { type: 'json' }
import { countsOf, nameOf, reasonOf, toldStateOf, verdictOf } from './check-words.ts'

export type Asked = { credential?: string; address?: string }
/** `entries`: what the register of this site says of it, where it is one of this site. */
type Outcome = { told?: Verification; entries?: readonly RegisteredEntry[]; errors?: Errors }

const megabytes = largestCarrier / (1024 * 1024)

export function verifyPage(
  view: View,
  asked: Asked,
  { told, entries = [], errors = new Map() }: Outcome = {},
): HttpResponse {
  const { t } = view
  const title = t('verifyCredential.title')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    description: t('verifyCredential.lead'),
    keep: told === undefined,
    main: html`<h1>${title}</h1>
      <p class="lead">${t('verifyCredential.lead')}</p>
      ${errorSummary(view, errors, (name) => labels(view)[name] ?? name)}
      ${told && outcome(view, told, entries)}
      ${told ? html`<h2 id="again">${t('verifyCredential.again')}</h2>` : nothing}
      ${asking(view, asked, errors)}
      ${!told && trying(view)}
      <p class="small">${t('verifyCredential.private')}</p>`,
  })
}

const labels = ({ t }: View): Record<string, string> => ({
  credential: t('verifyCredential.text'),
  file: t('verifyCredential.file'),
  address: t('verifyCredential.address'),
})

const asking = (view: View, { credential = '', address = '' }: Asked, errors: Errors): Html => {
  const { t } = view
  const parts = (name: string) => ({ name, label: labels(view)[name]!, errors, isRequired: false })
  return form(
    view,
    '/verify',
    html`${field(view, { ...parts('file'), hint: t('verifyCredential.fileHint', { megabytes }) }, (marks) => html`<input${marks} type="file" accept=".json,.jsonld,.jwt,.png,.jpg,.jpeg,.svg,.pdf,.txt" />`)}
      ${field(view, { ...parts('credential'), hint: t('verifyCredential.textHint') }, (marks) => html`<textarea${marks} rows="6" dir="ltr" spellcheck="false">\n${credential}</textarea>`)}
      ${input(view, { ...parts('address'), value: address, type: 'url', direction: 'ltr', hint: t('verifyCredential.addressHint') })}
      <p class="go"><button>${t('verifyCredential.go')}</button></p>`,
    { takesFiles: true },
  )
}

/** A credential that is about nothing real, to see what the checks say; the key that signed it is kept by nobody. */
const trying = (view: View): Html =>
  press(view, '/verify', view.t('verifyCredential.try'), { credential: JSON.stringify(demonstrationCredential) })

function outcome(view: View, told: Verification, entries: readonly RegisteredEntry[]): Html {
  const { t, f } = view
  const { ok: passed, ...others } = countsOf(told)
  return html`<section aria-labelledby="outcome">
    ${verdict(view, told)}
    <p>${t('verifyCredential.counts', { passed, ...others })}</p>
    ${told.credential && facts(view, told.credential)}
    ${checkList(view, told.checks)} ${withinList(view, told.within)}
    ${entries.length > 0 && registered(view, entries)}
    <p class="small">${t('verifyCredential.when', { time: f.time(told.checkedAt) })}</p>
  </section>`
}

/** What to make of it, and why not to rely on it, before all that passed. */
const verdict = (view: View, told: Verification): Html => {
  const failed = told.checks.filter(({ state }) => state === 'failed')
  const heading = html`<h2 id="outcome">${verdictOf(view, told)}</h2>`
  if (failed.length === 0) return html`<div role="status">${heading}</div>`
  return html`<div class="notice" role="status">
    ${heading}
    <ul>${failed.map((check) => html`<li><strong>${nameOf(view, check)}</strong>${view.f.colon}${reasonOf(view, check)}</li>`)}</ul>
  </div>`
}

/** What it says of itself: anybody can write it, so it stands as what it is. */
export function facts(
  view: View,
  { name, description, issuerName, issuerId, subjectName, subjectId, validFrom, validUntil }: CredentialFacts,
): Html {
  const { t, f } = view
  const line = (label: string, value: string | null | Html) =>
    value && html`<dt>${label}</dt><dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : value}</dd>`
  const named = (words: string | null, id: string | null) =>
    (words ?? id) === null
      ? null
      : html`<bdi>${words ?? ''}</bdi> ${id && html`<code class="long" dir="ltr">${id}</code>`}`
  const day = (iso: string | null) => iso && f.day(iso.slice(0, 10))
  return html`<p>${t('verifyCredential.says')}</p>
    <dl>
      ${line(t('verifyCredential.name'), name)} ${line(t('verifyCredential.description'), description)}
      ${line(t('verifyCredential.issuer'), named(issuerName, issuerId))} ${line(t('verifyCredential.subject'), named(subjectName, subjectId))}
      ${line(t('verifyCredential.from'), day(validFrom))} ${line(t('verifyCredential.until'), day(validUntil))}
    </dl>`
}

/** What stands within it: each folded, with its own verdict before it is opened. */
export function withinList(view: View, within: readonly Within[]): Html {
  const { t } = view
  const credentials = within.filter(({ role }) => role === 'credential')
  const endorsements = within.filter(({ role }) => role === 'endorsement')
  return html`${
    credentials.length > 0 &&
    listOfThem(view, 'within', t('verifyCredential.within', { count: credentials.length }), credentials)
  } ${
    endorsements.length > 0 &&
    listOfThem(view, 'endorsements', t('verifyCredential.endorsements', { count: endorsements.length }), endorsements)
  }`
}

const listOfThem = (view: View, id: string, title: string, within: readonly Within[]): Html => {
  const nameIn = ({ role, credential }: Within) =>
    (role === 'endorsement' ? credential?.issuerName : credential?.name) ?? credential?.id ?? ''
  return html`<section aria-labelledby="${id}">
    <h3 id="${id}">${title}</h3>
    ${within.map(
      (one, at) =>
        html`<details${one.failed > 0 && html` open`}>
          <summary>${view.f.number(at + 1)}. <bdi>${nameIn(one)}</bdi> · ${verdictOf(view, one)}</summary>
          ${one.credential && facts(view, one.credential)} ${checkList(view, one.checks)}
        </details>`,
    )}
  </section>`
}

/** What happened to it, with the proof that the transparency log holds of each. */
function registered(view: View, entries: readonly RegisteredEntry[]): Html {
  const { t, f, href } = view
  const proof = ({ record, revision }: NonNullable<RegisteredEntry['entered']>) =>
    html`<a href="${href(`/records/${record}/proof?revision=${revision}`)}">${t('credentialRegister.proof')}</a>`
  return html`<h3>${t('credentialRegister.ofCredential')}</h3>
    <ul>${entries.map(({ action, at, entered }) => html`<li>${t(`credentialRegister.${action}`, { time: f.time(at) })} ${entered ? proof(entered) : t('credentialRegister.waiting')}</li>`)}</ul>`
}

const signs = { ok: 'worked', failed: 'did-not-work', unchecked: 'partly-worked' } as const

/** The result of a check: a sign and its word, so that colour says nothing alone. */
const resultOf = (view: View, check: Check): Html => {
  const state = toldStateOf(check)
  const words = {
    ok: view.t('credentialState.ok'),
    failed: view.t('credentialState.failed'),
    unchecked: view.t('credentialState.unchecked'),
  }
  return html`<span class="outcome ${signs[state]}" data-state="${state}">${picture(view, signs[state])} ${words[state]}</span>`
}

/** A list and no table: on a phone the reason must not be out of sight. */
export const checkList = (view: View, checks: readonly Check[]): Html =>
  html`<h3>${view.t('verifyCredential.checks')}</h3>
    <dl>${checks.map((check) => html`<dt>${nameOf(view, check)} ${resultOf(view, check)}</dt><dd>${reasonOf(view, check)}</dd>`)}</dl>`
