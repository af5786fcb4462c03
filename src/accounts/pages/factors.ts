/** Two-factor authentication on the account page and the pages that lead to it. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Factors } from '../factors.ts'
import { errorSummary, form, input, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { passwordField } from './password-field.ts'
import type { View } from '#ui/view.ts'
import { qrPicture } from '#ui/qr-picture.ts'

type Part = { factors: Factors; hasPassword: boolean; errors: Errors }

/** One proof of who one is, and what to do with it. */
export function factorPart(view: View, { factors, hasPassword, errors }: Part): Html {
  const { t, f } = view
  const { appSince, codesLeft, isAsked } = factors
  const state = appSince
    ? t('factor.now.app', { date: f.time(appSince) })
    : t(isAsked ? 'factor.now.letter' : 'factor.now.none')
  const act = (does: string, words: string) => html`<button name="does" value="${does}">${words}</button>`
  // The first button is the one that Enter presses: it takes nothing away for good.
  return html`<p>${t('factor.lead')}</p>
    <p><strong>${state}</strong> ${t('factor.codesLeft', { count: codesLeft })}</p>
    ${codesLeft === 0 && (isAsked || appSince !== null) && html`<p class="warning">${t('factor.noCodes')}</p>`}
    ${form(
      view,
      '/account/second-step',
      html`${passwordField(view, { name: 'factorPassword', hasPassword, errors, hint: t('factor.passwordHint') })}
        <p class="acts">
${act('codes', t('factor.makeCodes'))}
          ${appSince ? act('disconnect', t('factor.disconnect')) : act('connect', t('factor.connect'))}
        </p>`,
    )}`
}

const narrow = (view: View, title: string, main: Content, errors: Errors = new Map()): HttpResponse =>
  page(view, {
    title: errors.size > 0 ? view.t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<div class="narrow"><h1>${title}</h1>${main}</div>`,
  })

export type AppSecret = { secret: string; address: string }

/** The secret, for a camera, for a finger and for typing; then a first code. */
export function connectPage(view: View, { secret, address }: AppSecret, isWrong = false): HttpResponse {
  const { t } = view
  const errors: Errors = isWrong ? new Map([['code', t('factor.codeWrong')]]) : new Map()
  return narrow(
    view,
    t('factor.connectTitle'),
    html`<p class="lead">${t('factor.connectLead')}</p>
      ${errorSummary(view, errors, () => t('factor.code'))}
      ${qrPicture(address, t('factor.picture'))}
      <p>${t('factor.secret')}${view.f.colon}<code class="long" dir="ltr">${secret.replaceAll(/.{4}(?!$)/g, '$& ')}</code></p>
      <p><a href="${address}">${t('factor.onThisDevice')}</a></p>
      ${form(
        view,
        '/account/second-step/code',
        html`${input(view, { name: 'code', label: t('factor.code'), hint: t('factor.codeHint'), autocomplete: 'one-time-code', direction: 'ltr', max: 50, errors })}
          <input type="hidden" name="secret" value="${secret}" /><input type="hidden" name="address" value="${address}" />
          <button>${t('factor.connectButton')}</button>`,
      )}
      <p><a href="${view.href('/account#factors')}">${t('account.back')}</a></p>`,
    errors,
  )
}

/** Codes for paper, shown once. */
export function recoveryCodesPage(view: View, codes: readonly string[]): HttpResponse {
  const { t } = view
  return narrow(
    view,
    t('factor.codesTitle'),
    html`<p class="lead">${t('factor.codesLead')}</p>
      <ol class="codes" dir="ltr">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ol>
      <p><a class="button" href="${view.href('/account?saved=factor')}">${t('factor.codesKept')}</a></p>`,
  )
}
