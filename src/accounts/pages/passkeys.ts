/** Passkeys on the account page, and the button to sign in with one. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { PasskeyLine } from '../passkeys.ts'
import { fieldId, form, input, select, type Errors } from '#ui/forms.ts'
import { passwordField, usernameOf } from './password-field.ts'
import type { View } from '#ui/view.ts'

const none: Errors = new Map()

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

type Refused = { part: string; errors: Errors; typed?: URLSearchParams } | undefined
type Part = { passkeys: readonly PasskeyLine[]; hasPassword: boolean; origin: string; refused: Refused }

export function passkeyPart(view: View, { passkeys, hasPassword, origin, refused }: Part): Html {
  const { t } = view
  const of = (part: string) => (refused?.part === part ? refused : undefined)
  const errors = of('passkey')?.errors ?? none
  const wrong = t('passkey.refused.proof')
  return html`<p>${t('passkey.lead')}</p>
    ${passkeys.length > 0 && html`${passkeyTable(view, passkeys, of('passkeyRename'))} ${removing(view, { passkeys, hasPassword, refused: of('passkeyRemove') })}`} ${needs(view, origin)}
    ${passkeyForm(
      view,
      { does: 'create', action: '/account/passkeys', origin, words: { wrong } },
      html`${input(view, { name: 'passkeyName', label: t('passkey.name'), hint: t('passkey.nameHint'), value: of('passkey')?.typed?.get('passkeyName') ?? '', errors, max: 100 })}
        ${hasPassword && html`${usernameOf(view)} ${input(view, { name: 'passkeyPassword', label: t('account.field.password'), hint: t('passkey.passwordHint'), type: 'password', autocomplete: 'current-password', direction: 'ltr', errors })}`}
        <button>${t('passkey.addButton')}</button>`,
    )}`
}

function passkeyTable(view: View, passkeys: readonly PasskeyLine[], refused: Refused): Html {
  const { t, f, href, session } = view
  // Of the names of several, the one that was refused is where the summary leads to.
  const nameForm = ({ id, name }: PasskeyLine, at: number) => {
    const own = refused?.typed?.get('id') === id ? refused : undefined
    const [field, error] = [fieldId(own ? 'newPasskeyName' : `newPasskeyName.${at}`), own?.errors.get('newPasskeyName')]
    return html`<form method="post" action="${href('/account/passkeys/rename')}" novalidate>
      <input type="hidden" name="csrf" value="${session?.csrf ?? ''}" /><input type="hidden" name="id" value="${id}" />
      ${error && html`<p class="error" id="${field}-error">${error}</p>`}
      <input id="${field}" name="newPasskeyName" value="${own?.typed?.get('newPasskeyName') ?? name}" maxlength="100" dir="auto" aria-label="${t('passkey.name')}"${error && html` aria-invalid="true" aria-describedby="${field}-error"`} />
      <button class="quiet">${t('passkey.renameButton')}</button>
    </form>`
  }
  return html`<div class="wide" role="group" aria-label="${t('passkey.title')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('passkey.name')}</th>
          <th scope="col">${t('account.since')}</th>
          <th scope="col">${t('account.seen')}</th>
        </tr>
      </thead>
      <tbody>
        ${passkeys.map(
          (one, at) =>
            html`<tr>
              <td>${nameForm(one, at)}</td>
              <td>${f.time(one.createdAt)}</td>
              <td>${one.lastUsedAt ? f.time(one.lastUsedAt) : t('account.never')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function removing(view: View, { passkeys, hasPassword, refused }: Omit<Part, 'origin'>): Html {
  const { t } = view
  const errors = refused?.errors ?? none
  return html`<details${errors.size > 0 && html` open`}>
    <summary>${t('passkey.removeOne')}</summary>
    ${form(
      view,
      '/account/passkeys/remove',
      html`${select(view, { name: 'removedPasskey', label: t('account.field.removedPasskey'), errors, value: refused?.typed?.get('removedPasskey') ?? '', choices: passkeys.map(({ id, name }) => ({ value: id, label: name })) })}
        ${passwordField(view, { name: 'removePassword', hasPassword, errors, hint: t('passkey.passwordHint') })}
        <button class="danger">${t('passkey.remove')}</button>`,
    )}
  </details>`
}

/** Below the form for address and password; what was being sent when the session ended is kept. */
export const passkeySignIn = (view: View, { origin, next, resume }: { origin: string; next: string; resume: string }) =>
  html`${passkeyForm(
    view,
    { does: 'get', action: '/sign-in/passkey', origin },
    html`<input type="hidden" name="next" value="${next}" />${resume && html`<input type="hidden" name="resume" value="${resume}" />`}<button>${view.t('passkey.signIn')}</button>`,
  )}
  ${needs(view, origin)}`
