/** Signing in and up, and what one-time links lead to. */
import { longestName } from '../inputs.ts'
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { shortestPassword } from '../password.ts'
import type { Waiting } from '../second-step.ts'
import { errorSummary, form, input, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { reachOperators } from '#ui/operators.ts'
import { passkeyOrigin } from '../webauthn.ts'
import { passkeyScript, passkeySignIn } from './passkeys.ts'
import { providerButton } from './oidc.ts'
import type { View } from '#ui/view.ts'

const noErrors: Errors = new Map()

/** A page with one form, narrow, not for search engines, never kept. */
function formPage(view: View, title: string, main: Html, errors: Errors = noErrors, head?: Html): HttpResponse {
  const { t } = view
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    ...(head && { head }),
    main: html`<div class="narrow"><h1>${title}</h1>${main}</div>`,
  })
}

/** One goes on to where one was going. */
const withNext = (path: string, next: string) => (next ? `${path}?next=${encodeURIComponent(next)}` : path)

const hidden = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => value && html`<input type="hidden" name="${name}" value="${value}" />`)

/** `resume`: a form that was sent when the session had ended; it is sent again after signing in. */
type SignIn = {
  /** What is told above the form, and what went wrong elsewhere. */
  note?: string
  error?: string
  email?: string
  next?: string
  /** Where to go on after signing up, where a form cannot be sent again. */
  onward?: string
  resume?: string
  refused?: 'wrong' | 'tooManyTries' | 'tooManyCodes' | 'codeOver' | 'passkeyWrong' | undefined
}

export function signInPage(
  view: View,
  {
    email = '',
    next = '',
    onward = next,
    resume = '',
    note = resume && view.t('resume.kept'),
    refused,
    error,
  }: SignIn = {},
): HttpResponse {
  const { t, href } = view
  const words = refused === 'passkeyWrong' ? t('passkey.refused.wrong') : refused ? t(`signIn.${refused}`) : error
  const errors: Errors = words ? new Map([['email', words]]) : noErrors
  return formPage(
    view,
    t('signIn.title'),
    html`${note && html`<p class="note" role="status">${note}</p>`}
      ${errorSummary(view, errors, () => t('signIn.title'))}
      ${form(
        view,
        '/sign-in',
        html`${input(view, { name: 'email', label: t('signIn.email'), value: email, type: 'email', autocomplete: 'username', direction: 'ltr', errors })}
          ${input(view, { name: 'password', label: t('signIn.password'), type: 'password', autocomplete: 'current-password', direction: 'ltr', errors: noErrors })}
          <input type="hidden" name="next" value="${next}" />${resume && html`<input type="hidden" name="resume" value="${resume}" />`}
          <button>${t('signIn.button')}</button>`,
      )}
      ${providerButton(view, next)}
      ${passkeySignIn(view, { origin: passkeyOrigin(view.site.address, view.absolute('/')), next, resume })}
      <p><a href="${href(withNext('/forgot-password', next))}">${t('signIn.forgot')}</a></p>
      <p>${t('signIn.none')} <a href="${href(withNext('/sign-up', onward))}">${t('signUp.title')}</a></p>
      <p><a href="${href('/lessons/anonymous')}">${t('anonymous.title')}</a></p>`,
    errors,
    passkeyScript(view),
  )
}

/** After the password: the code from the e-mail just sent, or from an authenticator app. */
export function codePage(
  view: View,
  { step, by, next, resume = '', isWrong = false }: Waiting & { next: string; resume?: string; isWrong?: boolean },
): HttpResponse {
  const { t } = view
  const words = (what: 'wrong' | 'lead' | 'hint' | 'nothing' | 'again') =>
    t(by === 'app' ? `code.${what}.app` : `code.${what}`)
  const errors: Errors = isWrong ? new Map([['code', words('wrong')]]) : noErrors
  return formPage(
    view,
    t('code.title'),
    html`${resume && html`<p class="note" role="status">${t('resume.kept')}</p>`}
      <p class="lead">${words('lead')}</p>
      ${errorSummary(view, errors, () => t('code.label'))}
      ${form(
        view,
        '/sign-in/code',
        html`${input(view, { name: 'code', label: t('code.label'), hint: words('hint'), autocomplete: 'one-time-code', direction: 'ltr', max: 50, errors })}
          ${hidden({ step, next, resume })}
          <button>${t('signIn.button')}</button>`,
      )}
      <p>${words('nothing')}</p>
      ${form(view, '/sign-in/again', html`${hidden({ next, resume })}<button class="quiet">${words('again')}</button>`)}`,
    errors,
  )
}

export function signUpPage(
  view: View,
  { next = '', ...values }: { name?: string; email?: string; next?: string } = {},
  errors: Errors = noErrors,
): HttpResponse {
  const { t, href } = view
  const labels: Record<string, string> = { name: t('signUp.name'), email: t('signIn.email') }
  return formPage(
    view,
    t('signUp.title'),
    html`<p class="lead">${t('signUp.lead')}</p>
      ${maillessNote(view)}
      ${errorSummary(view, errors, (name) => labels[name] ?? name)}
      ${form(
        view,
        '/sign-up',
        html`${input(view, { name: 'name', label: labels.name, hint: t('signUp.nameHint'), value: values.name ?? '', autocomplete: 'name', max: longestName, errors })}
          ${input(view, { name: 'email', label: labels.email, hint: t('signUp.emailHint'), value: values.email ?? '', type: 'email', autocomplete: 'email', direction: 'ltr', errors })}
          ${next && hidden({ next })}<button>${t('signUp.button')}</button>`,
      )}
      <p>${t('signUp.known')} <a href="${href(withNext('/sign-in', next))}">${t('signIn.title')}</a></p>`,
    errors,
  )
}

export function forgotPage(view: View, { email = '', next = '' } = {}, errors: Errors = noErrors): HttpResponse {
  const { t } = view
  return formPage(
    view,
    t('forgot.title'),
    html`${view.site.sendsMail ? html`<p class="lead">${t('forgot.lead')}</p>` : maillessNote(view)}
      ${errorSummary(view, errors, () => t('signIn.email'))}
      ${form(
        view,
        '/forgot-password',
        html`${input(view, { name: 'email', label: t('signIn.email'), value: email, type: 'email', autocomplete: 'email', direction: 'ltr', errors })}
          ${next && hidden({ next })}<button>${t('forgot.button')}</button>`,
      )}`,
    errors,
  )
}

/** Where no mail server is set, emails wait with the operators: who needs a link is told before and after asking. */
const maillessNote = (view: View): Content =>
  !view.site.sendsMail &&
  html`<div class="note">
    <p>${view.t('mailless.lead')}</p>
    ${reachOperators(view)}
  </div>`

export function letterSentPage(view: View, email: string): HttpResponse {
  const { t } = view
  if (!view.site.sendsMail)
    return formPage(
      view,
      t('mailless.title'),
      html`<p class="lead">${t('mailless.sent')}</p>
        <p><bdi class="long">${email}</bdi></p>
        ${reachOperators(view)}`,
    )
  return formPage(
    view,
    t('sent.title'),
    html`<p class="lead">${t('sent.lead')}</p>
      <p><bdi class="long">${email}</bdi></p>
      <p>${t('sent.next')}</p>`,
  )
}

export type Link = { purpose: string; name: string; email: string; asks: 'nothing' | 'code' | 'operator' }

/** Where a one-time link leads: a password is chosen, and of the first operator the name and address too. */
export function linkPage(
  view: View,
  token: string,
  { purpose, name, email, asks }: Link,
  values: { name?: string; email?: string } = {},
  errors: Errors = noErrors,
): HttpResponse {
  const { t, href } = view
  const isFirst = purpose === 'operator'
  const labels: Record<string, string> = {
    name: t('signUp.name'),
    email: t('signIn.email'),
    password: t('link.password'),
    code: t('link.code'),
  }
  if (asks === 'operator')
    return formPage(
      view,
      t(`link.${purpose}.title`),
      html`<p class="lead">${t('link.askOperator')}</p>
        <p><a class="button" href="${href('/sign-in')}">${t('signIn.title')}</a></p>`,
    )
  return formPage(
    view,
    t(`link.${purpose}.title`),
    html`<p class="lead">${t(`link.${purpose}.lead`, { name })}</p>
      ${errorSummary(view, errors, (one) => labels[one] ?? one)}
      ${form(
        view,
        `/account/link/${token}`,
        html`${
          isFirst
            ? html`${input(view, { name: 'name', label: labels.name, hint: t('signUp.nameHint'), value: values.name ?? '', autocomplete: 'name', max: longestName, errors })}
                ${input(view, { name: 'email', label: labels.email, value: values.email ?? '', type: 'email', autocomplete: 'username', direction: 'ltr', errors })}`
            : html`<input type="hidden" name="username" autocomplete="username" value="${email}" />`
        }
          ${input(view, { name: 'password', label: labels.password, hint: t('link.passwordHint', { least: shortestPassword }), type: 'password', autocomplete: 'new-password', direction: 'ltr', errors })}
          ${asks === 'code' && input(view, { name: 'code', label: labels.code, hint: t('link.codeHint'), autocomplete: 'one-time-code', direction: 'ltr', max: 50, errors })}
          <button>${t('link.button')}</button>`,
      )}`,
    errors,
  )
}
