/** Passkeys on the account page, and the button to sign in with one. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { PasskeyLine } from '../passkeys.ts'
import { input, press, type Errors } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'

export const passkeyScript = ({ site }: View): Html =>
  html`<script src="${site.assets('passkeys.js')}" type="module"></script>`

/** What a reader is told who has no script, no passkeys, or came by another address. */
const needs = ({ t, href, address, absolute }: View, origin: string): Html =>
  html`<p class="soft" data-passkey-needs>
    ${t('passkey.needs', { address: origin })}
    ${new URL(absolute('/')).origin !== origin && html`<a href="${origin}${href(address)}">${t('passkey.goThere', { address: origin })}</a>`}
  </p>`

const reasons = ['wrong', 'tooManyTries', 'tooMany', 'known', 'cancelled', 'failed'] as const
/** On the sign-in page there is nobody yet who could sign in again. */
const reasonsOf = { create: ['anew', ...reasons], get: reasons } as const
const dashed = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

type Form = {
  does: 'create' | 'get'
  action: string
  origin: string
  words?: Partial<Record<(typeof reasonsOf.create)[number], string>>
}

/** Hidden until the script has found that it can be used. */
function passkeyForm(view: View, { does, action, origin, words = {} }: Form, content: Content): Html {
  const { t, href, session } = view
  return html`<form method="post" action="${href(action)}" class="form" novalidate hidden data-passkey="${does}" data-options="${href(`${action}/options`)}" data-origin="${origin}"${reasonsOf[does].map((one) => html` data-${dashed(one)}="${words[one] ?? t(`passkey.refused.${one}`)}"`)}>
    ${session && html`<input type="hidden" name="csrf" value="${session.csrf}" />`}
    <input type="hidden" name="response" value="" />
    <p class="error" role="alert"></p>
    ${content}
  </form>`
}

type Part = { passkeys: readonly PasskeyLine[]; hasPassword: boolean; origin: string; errors: Errors }

export function passkeyPart(view: View, { passkeys, hasPassword, origin, errors }: Part): Html {
  const { t } = view
  const wrong = t('passkey.refused.proof')
  return html`<p>${t('passkey.lead')}</p>
    ${passkeys.length > 0 && passkeyTable(view, passkeys)} ${needs(view, origin)}
    ${passkeyForm(
      view,
      { does: 'create', action: '/account/passkeys', origin, words: { wrong } },
      html`${input(view, { name: 'passkeyName', label: t('passkey.name'), hint: t('passkey.nameHint'), errors, max: 100 })}
        ${hasPassword && input(view, { name: 'passkeyPassword', label: t('account.field.password'), hint: t('passkey.passwordHint'), type: 'password', autocomplete: 'current-password', direction: 'ltr', errors })}
        <button>${t('passkey.addButton')}</button>`,
    )}`
}

function passkeyTable(view: View, passkeys: readonly PasskeyLine[]): Html {
  const { t, f, href, session } = view
  const nameForm = ({ id, name }: PasskeyLine) =>
    html`<form method="post" action="${href('/account/passkeys/rename')}">
      <input type="hidden" name="csrf" value="${session?.csrf ?? ''}" /><input type="hidden" name="id" value="${id}" />
      <input name="passkeyName" value="${name}" maxlength="100" dir="auto" aria-label="${t('passkey.name')}" />
      <button class="quiet">${t('passkey.renameButton')}</button>
    </form>`
  return html`<div class="wide" role="group" aria-label="${t('passkey.title')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('passkey.name')}</th>
          <th scope="col">${t('account.since')}</th>
          <th scope="col">${t('account.seen')}</th>
          <th scope="col"><span class="hidden">${t('passkey.remove')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${passkeys.map(
          (one) =>
            html`<tr>
              <td>${nameForm(one)}</td>
              <td>${f.time(one.createdAt)}</td>
              <td>${one.lastUsedAt ? f.time(one.lastUsedAt) : t('account.never')}</td>
              <td>${press(view, '/account/passkeys/remove', t('passkey.remove'), { id: one.id })}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** Below the form for address and password; what was being sent when the session ended is kept. */
export const passkeySignIn = (view: View, { origin, next, resume }: { origin: string; next: string; resume: string }) =>
  html`${passkeyForm(
    view,
    { does: 'get', action: '/sign-in/passkey', origin },
    html`<input type="hidden" name="next" value="${next}" />${resume && html`<input type="hidden" name="resume" value="${resume}" />`}<button>${view.t('passkey.signIn')}</button>`,
  )}
  ${needs(view, origin)}`
