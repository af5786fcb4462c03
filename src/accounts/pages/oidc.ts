/** Signing in at an OpenID Connect provider: the button, the redirect, linking an account, and what is linked. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { IdentityLine } from '../identities.ts'
import { errorSummary, form, select, type Errors } from '#ui/forms.ts'
import { passwordField } from './password-field.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

export const providerButton = (view: View, next: string): Html | undefined =>
  view.site.provider === undefined
    ? undefined
    : form(
        view,
        '/sign-in/provider',
        html`<input type="hidden" name="next" value="${next}" /><button>${view.t('provider.signIn', { name: view.site.provider })}</button>`,
      )

/**
 * A form may lead nowhere but to this site (the policy’s `form-action`, which browsers hold redirects to as well), so
 * the way there is a page of its own.
 */
export function goingPage(view: View, address: string, name: string): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('provider.going', { name }),
    unlisted: true,
    keep: false,
    head: html`<meta http-equiv="refresh" content="0; url=${address}" />`,
    main: html`<div class="narrow">
      <h1>${t('provider.going', { name })}</h1>
      <p class="lead">${t('provider.goingLead')}</p>
      <p><a class="button" href="${address}" rel="nofollow">${t('provider.continue')}</a></p>
    </div>`,
  })
}

/** Signed out here, and maybe not there: on a shared device that is the next one’s way in. */
export function signedOutPage(view: View, address: string, name: string): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('provider.out'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('provider.out')}</h1>
      <p class="lead">${t('provider.outLead', { name })}</p>
      <p><a class="button" href="${address}" rel="nofollow">${t('provider.outThere', { name })}</a></p>
      <p><a href="${href('/')}">${t('nav.home')}</a></p>
    </div>`,
  })
}

export function joinPage(view: View, name: string, errors: Errors = new Map()): HttpResponse {
  const { t } = view
  const title = t('provider.join', { name })
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${title}</h1>
      ${errorSummary(view, errors, () => t('account.field.password'))}
      <p class="lead">${t('provider.joinLead', { name })}</p>
      ${form(
        view,
        '/account/join',
        html`${passwordField(view, { name: 'joinPassword', hasPassword: true, errors, hint: t('provider.joinPassword') })}
          <button>${t('provider.join', { name })}</button>`,
      )}
      <p><a href="${view.href('/account')}">${t('account.back')}</a></p>
    </div>`,
  })
}

/** One who one is somewhere, as a form says it: no issuer holds a space (RFC 3986). */
export const valueOfIdentity = ({ issuer, subject }: Pick<IdentityLine, 'issuer' | 'subject'>) => `${issuer} ${subject}`

type Part = {
  identities: readonly IdentityLine[]
  hasPassword: boolean
  refused: { errors: Errors; typed?: URLSearchParams } | undefined
}

export function identityPart(view: View, { identities, hasPassword, refused }: Part): Html {
  const { t, f, site } = view
  if (identities.length === 0) return html`<p>${t('provider.none', { name: site.provider ?? '' })}</p>`
  const errors: Errors = refused?.errors ?? new Map()
  const nameOf = ({ host, createdAt }: IdentityLine) => `${host} · ${t('account.since')} ${f.time(createdAt)}`
  return html`<ul>
      ${identities.map((one) => html`<li><bdi>${nameOf(one)}</bdi></li>`)}
    </ul>
    <details${errors.size > 0 && html` open`}>
      <summary>${t('provider.removeOne')}</summary>
      ${form(
        view,
        '/account/identities/remove',
        html`${select(view, { name: 'removedIdentity', label: t('account.field.removedIdentity'), errors, value: refused?.typed?.get('removedIdentity') ?? '', choices: identities.map((one) => ({ value: valueOfIdentity(one), label: nameOf(one) })) })}
          ${passwordField(view, { name: 'identityPassword', hasPassword, errors, hint: t('passkey.passwordHint') })}
          <button class="danger">${t('provider.remove')}</button>`,
      )}
    </details>`
}
